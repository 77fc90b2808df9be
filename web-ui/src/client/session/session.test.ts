import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANN, BEA, CY, liveOn, settle, TestNetwork } from '../testing/network';
import { EdgeError } from './edge-api';
import { NoLink } from './link';

describe('a session', () => {
  let net: TestNetwork;
  beforeEach(() => {
    vi.useFakeTimers();
    net = new TestNetwork();
  });
  afterEach(() => vi.useRealTimers());

  it('entersFirstAndIsConnectedOnceWelcomed', async () => {
    net.session().start();
    await settle();
    expect(net.wire.requests[0]).toMatchObject({ case: 'enter', value: { resume: '', attempt: 1 } });
    expect(net.phase).toBe('connecting');
    net.wire.welcome();
    expect(net.state).toMatchObject({ phase: 'connected', edge: 'a', suspect: false, whole: true });
    expect(net.wire.requests[1]).toMatchObject({ case: 'ping' });
  });

  it('pingsEveryTwoSecondsWhileOthersAreHeard', async () => {
    await net.join();
    const before = net.wire.pings.length;
    for (let passed = 0; passed < 6000; passed += 20) {
      await vi.advanceTimersByTimeAsync(20);
      net.wire.hear();
    }
    expect(net.wire.pings.length - before).toBe(3);
    expect(net.phase).toBe('connected');
  });

  it('reconnectsToItsOnlyEdgeAfterSixSecondsOfSilenceWithItsToken', async () => {
    await net.join();
    const silent = net.wire;
    await vi.advanceTimersByTimeAsync(5900);
    expect(net.wires).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(silent.closedWith).toBe('connection_lost');
    expect(net.phase).toBe('waiting');
    await vi.advanceTimersByTimeAsync(300);
    expect(net.wires).toHaveLength(2);
    expect(net.wire.enter).toEqual({ resume: 'a-token', attempt: 2 });
  });

  it('reconnectsWithGrowingPausesAndKeepsTheWishToBeMuted', async () => {
    const session = await net.join();
    session.request({ kind: 'mute', muted: true });
    net.apiFailure = new EdgeError(503, 'draining', '');
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300 + 600 + 1200);
    expect(net.asked).toBe(4);
    net.apiFailure = null;
    await vi.advanceTimersByTimeAsync(2400);
    net.wire.welcome();
    expect(net.phase).toBe('connected');
    expect(net.wire.asked).toEqual(['enter', 'setMuted']);
    expect(net.wishes.at(-1)).toEqual([true, false]);
  });

  it('asksForTheHandAndTheNameOfAnOutageOnceTheOutageIsOver', async () => {
    const session = await net.join();
    net.wire.end('shutdown');
    session.request({ kind: 'raise-hand', raised: true });
    session.request({ kind: 'rename', name: 'Anna' });
    expect(net.present[0]).toMatchObject({ name: 'Anna', handRaised: true });
    await vi.advanceTimersByTimeAsync(300);
    net.wire.welcome({ resumed: true });
    expect(net.wire.asked).toEqual(['enter', 'raiseHand', 'rename']);
    expect(net.resumes.length).toBeGreaterThan(0);
    net.wire.send({
      kind: { case: 'updated', value: { participant: { ...ANN, name: 'Anna', handRaised: true } } },
    });
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(600);
    net.wire.welcome({ resumed: true, you: { ...ANN, name: 'Anna' } });
    // The hand was lowered meanwhile, and that holds.
    expect(net.wire.asked).toEqual(['enter']);
  });

  it('raisesTheHandAgainInANewSession', async () => {
    const session = await net.join();
    session.request({ kind: 'raise-hand', raised: true });
    net.wire.send({ kind: { case: 'updated', value: { participant: { ...ANN, handRaised: true } } } });
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    net.wire.welcome({ resumed: false });
    expect(net.wire.asked).toEqual(['enter', 'raiseHand']);
  });

  it('makesTheNextPauseShortAgainOnlyAfterAConnectionThatHeld', async () => {
    await net.join();
    for (const pause of [300, 600, 1200]) {
      net.wire.end('internal_error');
      expect(net.state).toMatchObject({ phase: 'waiting', wait: pause });
      await vi.advanceTimersByTimeAsync(pause);
      net.wire.welcome();
    }
    await liveOn(net.wire, 5200);
    net.wire.end('internal_error');
    expect(net.state).toMatchObject({ phase: 'waiting', wait: 300 });
  });

  it.each(['left', 'protocol_violation', 'kicked', 'expired', 'superseded'] as const)(
    'endsFor %s',
    async (reason) => {
      await net.join();
      net.wire.end(reason);
      expect(net.state).toEqual({ phase: 'ended', failure: { kind: 'ending', ending: reason } });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(net.wires).toHaveLength(1);
    },
  );

  it('endsWhenTheFirstJoinIsNotAdmitted', async () => {
    net.apiFailure = new EdgeError(429, 'rate_limited', 'Slow down.');
    net.session().start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(net.state).toMatchObject({ phase: 'ended', failure: { code: 'rate_limited' } });
    expect(net.asked).toBe(1);
  });

  it('endsWhenTheOnlyTransportAskedForFails', async () => {
    net.down.add('a');
    net.session({ only: 'webtransport' }).start();
    await settle();
    expect(net.phase).toBe('ended');
  });

  it('goesToTheNextEdgeOfTheListWhenTheFirstFails', async () => {
    net.listed = ['a', 'b'];
    net.down.add('a');
    net.session().start();
    await settle();
    expect(net.wire.welcome().edge).toBe('b');
    expect(net.phase).toBe('connected');
  });

  it('givesUpAnEdgeThatDoesNotWelcomeIt', async () => {
    net.session().start();
    await vi.advanceTimersByTimeAsync(4000);
    expect(net.wire.closedWith).toBe('connection_lost');
    await vi.advanceTimersByTimeAsync(300);
    expect(net.wire.enter?.attempt).toBe(2);
  });

  it('reportsToItsEdgeWhatCameIn', async () => {
    const session = await net.join();
    session.report(50, 3);
    expect(net.wire.requests.at(-1)).toMatchObject({
      case: 'receiverReport',
      value: { received: 50, lost: 3 },
    });
    net.wire.end('shutdown');
    session.report(1, 0);
    await vi.advanceTimersByTimeAsync(300);
    net.wire.welcome({ resumed: true });
    expect(net.wire.asked).toEqual(['enter']);
  });

  it('tellsWhatIsSaidAndShownByThoseWhoAreThere', async () => {
    const session = await net.join();
    net.wire.send({ kind: { case: 'said', value: { number: ANN.number, text: '<b>hi</b>' } } });
    net.wire.send({ kind: { case: 'said', value: { number: 99, text: 'nobody' } } });
    net.wire.send({ kind: { case: 'reacted', value: { number: ANN.number, reaction: 3 } } });
    net.wire.send({ kind: { case: 'reacted', value: { number: ANN.number, reaction: 77 as never } } });
    expect(net.words).toEqual([
      ['Ann', '<b>hi</b>'],
      ['Ann', 'heart'],
    ]);
    session.request({ kind: 'say', text: 'hello' });
    session.request({ kind: 'react', reaction: 'party' });
    session.request({ kind: 'raise-hand', raised: true });
    expect(net.wire.asked.slice(-3)).toEqual(['say', 'react', 'raiseHand']);
  });

  it('tellsWhoRaisedAHandOnce', async () => {
    await net.join();
    net.wire.send({ kind: { case: 'updated', value: { participant: { ...ANN, handRaised: true } } } });
    net.wire.send({
      kind: { case: 'updated', value: { participant: { ...ANN, handRaised: true, muted: true } } },
    });
    expect(net.present[0]?.handRaised).toBe(true);
    expect(net.notices).toEqual([{ kind: 'raised-hand', name: 'Ann' }]);
  });

  it('tellsWhatTheRoomIsCalled', async () => {
    await net.join();
    net.wire.send({ kind: { case: 'roomChanged', value: { name: 'Weekly' } } });
    expect(net.roomNames).toEqual(['', 'Weekly']);
  });

  it('tellsThatWhatIsGrantedEnds', async () => {
    await net.join();
    net.wire.send({ kind: { case: 'grantEnds', value: { inMs: 30_000 } } });
    expect(net.grantEnds).toEqual([30_000]);
  });

  it('tellsWhoSpeaksAndThatNobodyDoesOnAnotherEdgeUntilItSaysSo', async () => {
    await net.join();
    const say = (...numbers: number[]) => net.wire.send({ kind: { case: 'speakers', value: { numbers } } });
    say(3, 2 ** 32 - 2);
    say();
    say(2);
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    net.wire.welcome({ resumed: true });
    expect(net.speakers).toEqual([[3, 2 ** 32 - 2], [], [2], []]);
    say(2);
    expect(net.speakers.at(-1)).toEqual([2]);
  });

  it('closesWhenAnEventCannotBeRead', async () => {
    await net.join();
    net.wire.garble();
    expect(net.wire.closedWith).toBe('protocol_violation');
    expect(net.phase).toBe('ended');
  });

  it('goesOnByAnotherConnectionWhenItsEdgeTakesNoRequestsAnyMore', async () => {
    const session = await net.join();
    const stuck = net.wire;
    stuck.full = true;
    for (let i = 0; i < 3; i++) session.request({ kind: 'raise-hand', raised: true });
    await settle();
    expect(stuck.closedWith).toBe('slow_consumer');
    expect(net.state).toMatchObject({ phase: 'waiting', wait: 300, failure: { ending: 'slow_consumer' } });
    expect(net.overflows).toBe(1);
    await vi.advanceTimersByTimeAsync(300);
    net.wire.welcome({ resumed: true });
    expect(net.phase).toBe('connected');
    expect(net.wires).toHaveLength(2);
  });

  it('saysGoodbyeAndHearsNothingAfterIt', async () => {
    const session = await net.join();
    session.leave();
    expect(net.wire.asked).toContain('leave');
    expect(net.wire.closedWith).toBe('left');
    const states = net.states.length;
    net.wire.end('connection_lost');
    net.wire.welcome();
    session.leave();
    expect(net.states).toHaveLength(states);
  });

  it('doesNotWaitForTheRestOfThePauseWhenTheNetworkIsBack', async () => {
    const session = await net.join();
    net.apiFailure = new NoLink('refused');
    net.wire.end('connection_lost');
    await vi.advanceTimersByTimeAsync(300 + 600 + 1200 + 10);
    const { asked } = net;
    session.hurry();
    await settle();
    expect(net.asked).toBe(asked + 1);
  });

  it('leavesASilentConnectionAtOnceWhenTheNetworkIsBack', async () => {
    const session = await net.join();
    const silent = net.wire;
    await vi.advanceTimersByTimeAsync(1500);
    session.hurry();
    await settle();
    expect(silent.closedWith).toBe('connection_lost');
    net.wire.welcome({ resumed: true });
    expect(net.wires).toHaveLength(2);
    expect(net.phase).toBe('connected');
  });
});

describe('a session that comes back', () => {
  let net: TestNetwork;
  beforeEach(() => {
    vi.useFakeTimers();
    net = new TestNetwork();
  });
  afterEach(() => vi.useRealTimers());

  it('showsTheLatestTokenAndAnAttemptMore', async () => {
    await net.join();
    net.wire.pong('newer');
    net.wire.pong('');
    net.wire.end('slow_consumer');
    await vi.advanceTimersByTimeAsync(300);
    expect(net.wire.enter).toEqual({ resume: 'newer', attempt: 2 });
    expect(net.resumes.at(-1)).toEqual({ token: 'newer', attempt: 2 });
  });

  it('goesOnWhereTheSessionOfAnotherPageStopped', async () => {
    await net.join({ resume: { token: 'kept', attempt: 4 } });
    expect(net.wire.enter).toEqual({ resume: 'kept', attempt: 5 });
    expect(net.states[0]).toMatchObject({ phase: 'connecting', again: true });
  });

  it('endsWhenThereHasBeenNoEdgeForTwoMinutes', async () => {
    await net.join();
    net.apiFailure = new EdgeError(503, 'draining', '');
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(119_000);
    expect(net.phase).not.toBe('ended');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(net.state).toEqual({ phase: 'ended', failure: { kind: 'ending', ending: 'connection_lost' } });
    const { asked } = net;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(net.asked).toBe(asked);
  });

  it('doesNotCountTheTimeBetweenTwoOutages', async () => {
    await net.join();
    for (let outage = 0; outage < 3; outage++) {
      net.apiFailure = new EdgeError(503, 'draining', '');
      net.wire.end('shutdown');
      await vi.advanceTimersByTimeAsync(100_000);
      net.apiFailure = null;
      await vi.advanceTimersByTimeAsync(10_000);
      net.wire.welcome({ resumed: true });
      expect(net.phase).toBe('connected');
    }
  });

  it('keepsItsPlaceAtTheEdgeWhenThePageGoes', async () => {
    const session = await net.join();
    session.suspend();
    expect(net.wire.closedWith).toBe('unloaded');
    expect(net.wire.asked).toEqual(['enter']);
    session.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(net.wires).toHaveLength(1);
    expect(net.phase).toBe('connected');
  });

  it('forgetsEverybodyWhenItIsSomebodyNew', async () => {
    await net.join();
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    net.wire.welcome({ resumed: false });
    expect(net.forgotten).toEqual([undefined]);
  });

  it('goesOnHearingThoseWhoAreStillThere', async () => {
    await net.join();
    net.wire.send({ kind: { case: 'joined', value: { participant: BEA } } });
    net.wire.send({ kind: { case: 'joined', value: { participant: CY } } });
    net.notices.length = 0;
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    const later = net.wire.welcome({ resumed: true, participants: [ANN, BEA] });
    expect(net.notices).toEqual([]);
    expect(net.present.map(({ name, away }) => [name, away])).toEqual([
      ['Ann', false],
      ['Bea', false],
      ['Cy', true],
    ]);
    await liveOn(later, 3000);
    expect(net.forgotten).toEqual([3]);
    expect(net.notices).toEqual([{ kind: 'left', name: 'Cy' }]);
    expect(net.present.map(({ name }) => name)).toEqual(['Ann', 'Bea']);
  });

  it('losesNobodyWhomTheNewEdgeLearnsOfALittleLater', async () => {
    await net.join();
    net.wire.send({ kind: { case: 'joined', value: { participant: BEA } } });
    net.notices.length = 0;
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    const later = net.wire.welcome({ resumed: true });
    later.send({ kind: { case: 'joined', value: { participant: BEA, already: true } } });
    await liveOn(later, 5000);
    expect(net.forgotten).toEqual([]);
    expect(net.notices).toEqual([]);
    expect(net.present.map(({ name, away }) => [name, away])).toEqual([
      ['Ann', false],
      ['Bea', false],
    ]);
  });

  it('tellsWhenThePartOfTheRoomThatItReachesChanges', async () => {
    await net.join();
    net.wire.send({ kind: { case: 'reach', value: { whole: false } } });
    expect(net.state).toMatchObject({ phase: 'connected', whole: false });
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    net.wire.welcome({ resumed: true, whole: false });
    expect(net.state).toMatchObject({ phase: 'connected', whole: false });
    net.wire.send({ kind: { case: 'reach', value: { whole: true } } });
    expect(net.state).toMatchObject({ phase: 'connected', whole: true });
  });
});
