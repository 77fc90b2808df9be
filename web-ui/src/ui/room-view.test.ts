import { describe, expect, it } from 'vitest';
import type { Figures, Presence, SessionState } from '../client';
import {
  apply,
  bannersOf,
  failureOf,
  type Happening,
  handRaised,
  inMeeting,
  MOMENTS,
  NOTHING_YET,
  type RoomView,
  screenOf,
} from './room-view';

const CONNECTED: SessionState = {
  phase: 'connected',
  transport: 'webtransport',
  obstacle: null,
  edge: 'a',
  suspect: false,
  whole: true,
};
const LEFT: SessionState = { phase: 'ended', failure: { kind: 'ending', ending: 'left' } };
const KICKED: SessionState = { phase: 'ended', failure: { kind: 'ending', ending: 'kicked' } };
const LOST = { kind: 'ending', ending: 'connection_lost' } as const;
const ANN: Presence = {
  number: 1,
  user: 'ann',
  name: 'Ann',
  muted: false,
  deafened: false,
  handRaised: true,
  handRaisedAt: 1,
  away: false,
  lookalike: false,
  listener: false,
  verified: false,
};

function connecting(again: boolean): Happening {
  return { kind: 'state', state: { phase: 'connecting', transport: null, again } };
}

function state(state: SessionState): Happening {
  return { kind: 'state', state };
}

function said(text: string, own = false): Happening {
  return { kind: 'said', id: 0, name: 'Ann', lookalike: false, own, text, at: 1 };
}

function viewAfter(...happenings: Happening[]): RoomView {
  return happenings.reduce(apply, NOTHING_YET);
}

function freeze(view: RoomView): RoomView {
  for (const value of Object.values(view)) if (typeof value === 'object' && value) Object.freeze(value);
  return Object.freeze(view);
}

const IN_THE_ROOM = viewAfter(
  connecting(false),
  state(CONNECTED),
  { kind: 'roster', present: [ANN], you: 1 },
  { kind: 'round-trip', milliseconds: 12 },
);

describe('the view of a room', () => {
  it('isNeverChangedOnlyFollowedByAnother', () => {
    const before = freeze(
      viewAfter(said('a'), { kind: 'reacted', number: 1, name: 'Ann', reaction: 'heart' }),
    );
    const copy = structuredClone({ ...before });
    for (const next of [said('b'), state(KICKED), { kind: 'expired', id: 2 } as const]) apply(before, next);
    apply(before, { kind: 'reacted', number: 2, name: 'Bea', reaction: 'party' });
    expect({ ...before }).toEqual(copy);
  });

  it('staysTheSameOneWhenNothingThatIsShownChanges', () => {
    expect(apply(IN_THE_ROOM, { kind: 'speaking', speaking: [] })).toBe(IN_THE_ROOM);
    expect(apply(IN_THE_ROOM, { kind: 'expired', id: 99 })).toBe(IN_THE_ROOM);
  });

  it('showsTheRoomFromTheFirstWelcomeToTheEnd', () => {
    expect(screenOf(NOTHING_YET)).toBe('join');
    expect(screenOf(viewAfter(connecting(false)))).toBe('join');
    expect(screenOf(IN_THE_ROOM)).toBe('room');
    const waiting = apply(IN_THE_ROOM, state({ phase: 'waiting', wait: 300, failure: LOST }));
    expect(screenOf(waiting)).toBe('room');
    expect(screenOf(apply(waiting, connecting(true)))).toBe('room');
    expect(screenOf(apply(waiting, state(KICKED)))).toBe('ended');
    expect(screenOf(apply(apply(waiting, state(KICKED)), connecting(false)))).toBe('join');
  });

  it('staysBeforeTheRoomForWhoeverWasNotLetIn', () => {
    const refused = viewAfter(connecting(false), state({ phase: 'ended', failure: LOST }));
    expect([screenOf(refused), failureOf(refused), inMeeting(refused)]).toEqual(['join', LOST, false]);
  });

  it('hasNoNewsForWhoeverLeft', () => {
    expect(failureOf(viewAfter(state(LEFT)))).toBeNull();
    expect(failureOf(IN_THE_ROOM)).toBeNull();
    expect(inMeeting(IN_THE_ROOM)).toBe(true);
    expect(inMeeting(NOTHING_YET)).toBe(false);
  });

  it('forgetsPeopleAndWordsAtTheEndButNotWhatIsBeingTold', () => {
    const wrote = { kind: 'told', told: { kind: 'wrote', name: 'Bob', text: 'b' } } as const;
    const full = [said('a', true), wrote, { kind: 'told', told: { kind: 'copied' } } as const].reduce(
      apply,
      IN_THE_ROOM,
    );
    const over = apply(full, state(KICKED));
    expect(over).toMatchObject({ present: [], messages: [], unread: 0, moments: [], roundTrip: null });
    expect(over.notices.map(({ told }) => told.kind)).toEqual(['copied']);
  });

  it('knowsNoRoundTripWhileThereIsNoConnection', () => {
    expect(IN_THE_ROOM.roundTrip).toBe(12);
    expect(apply(IN_THE_ROOM, connecting(true)).roundTrip).toBeNull();
    expect(apply(IN_THE_ROOM, state({ ...CONNECTED, suspect: true })).roundTrip).toBe(12);
  });

  it('keepsTheLastMinuteOfFigures', () => {
    const figures = (received: number): Happening => ({ kind: 'figures', figures: { received } as Figures });
    const view = Array.from({ length: MOMENTS + 5 }, (_, index) => figures(index)).reduce(apply, IN_THE_ROOM);
    expect(view.moments).toHaveLength(MOMENTS);
    expect(view.moments[0]).toEqual({ roundTrip: 12, figures: { received: 5 } });
  });

  it('countsWhatOthersWroteWhileTheChatIsClosed', () => {
    const unread = viewAfter(said('a'), said('b', true), said('c'));
    expect(unread.unread).toBe(2);
    const reading = [{ kind: 'reading', reading: true } as const, said('d')].reduce(apply, unread);
    expect(reading.unread).toBe(0);
    const closed = [{ kind: 'reading', reading: false } as const, said('e')].reduce(apply, reading);
    expect(closed.unread).toBe(1);
    expect(closed.messages.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('tellsOfWhatIsWrittenWhileTheChatIsClosedOneLineAtATime', () => {
    const closed = viewAfter(said('a'), said('mine', true), said('b'));
    expect(closed.notices.map(({ told }) => told)).toEqual([{ kind: 'wrote', name: 'Ann', text: 'b' }]);
    expect(viewAfter({ kind: 'reading', reading: true }, said('a')).notices).toEqual([]);
  });

  it('keepsHandsInTheOrderInWhichTheyWereRaised', () => {
    const hand = (number: number, handRaisedAt: number) => ({
      ...ANN,
      number,
      handRaised: handRaisedAt > 0,
      handRaisedAt,
    });
    const present = [hand(1, 30), hand(2, 20), hand(3, 0), hand(4, 10)];
    expect(viewAfter({ kind: 'roster', present, you: 1 }).hands).toEqual([4, 2, 1]);
  });

  it('keepsTheLast500Messages', () => {
    const view = Array.from({ length: 600 }, (_, index) => said(String(index))).reduce(apply, NOTHING_YET);
    expect([view.messages.length, view.messages[0]?.text]).toEqual([500, '100']);
    expect(new Set(view.messages.map(({ id }) => id)).size).toBe(500);
  });

  it('tellsThreeThingsAtATimeUntilTheyExpire', () => {
    const joined = (name: string): Happening => ({ kind: 'told', told: { kind: 'came', names: [name] } });
    const view = viewAfter(joined('A'), joined('B'), joined('C'), joined('D'));
    expect(view.notices.map(({ told }) => 'names' in told && told.names[0])).toEqual(['B', 'C', 'D']);
    const [first] = view.notices;
    const later = apply(view, { kind: 'expired', id: first?.id ?? 0 });
    expect(later.notices).toEqual(view.notices.slice(1));
  });

  it.each<Happening>([
    { kind: 'refused', error: 'bad_name', message: '' },
    { kind: 'grant-ends', milliseconds: 30_000 },
    { kind: 'speaking-while-muted' },
    { kind: 'no-sound' },
    { kind: 'changed-to', label: 'headset' },
    { kind: 'loudspeaker-failed' },
    { kind: 'worker-failed' },
  ])('tellsOf $kind', (happening) => {
    expect(viewAfter(happening).notices.map(({ told }) => told)).toEqual([happening]);
  });

  it('showsTheLatestReactionOfEachForItsOwnTime', () => {
    const reacted = (reaction: 'heart' | 'party'): Happening => ({
      kind: 'reacted',
      number: 1,
      name: 'Ann',
      reaction,
    });
    const first = viewAfter(reacted('heart'));
    const id = first.reactions.get(1)?.id ?? 0;
    const second = apply(first, reacted('party'));
    expect(second.reactions.get(1)?.reaction).toBe('party');
    expect(apply(second, { kind: 'expired', id }).reactions.get(1)?.reaction).toBe('party');
    expect(apply(first, { kind: 'expired', id }).reactions.size).toBe(0);
    expect(second.notices.map(({ told }) => told.kind)).toEqual(['reacted', 'reacted']);
  });

  it('takesTheRestAsItIsReported', () => {
    const view = viewAfter(
      { kind: 'wishes', muted: true, deafened: true },
      { kind: 'speakers', numbers: [3, 1] },
      { kind: 'trouble', trouble: 'denied' },
      { kind: 'sound-paused', paused: true },
    );
    expect(view).toMatchObject({
      muted: true,
      deafened: true,
      speakers: [3, 1],
      trouble: 'denied',
      soundPaused: true,
    });
  });

  it('knowsOnesOwnHand', () => {
    expect(handRaised(IN_THE_ROOM)).toBe(true);
    expect(handRaised({ ...IN_THE_ROOM, you: 2 })).toBe(false);
  });

  it('warnsOfWhatIsWrongAndOfPausedSoundOnlyInTheRoom', () => {
    const paused = { ...NOTHING_YET, soundPaused: true };
    expect(bannersOf(paused)).toEqual([]);
    expect(bannersOf({ ...paused, state: CONNECTED }).map(({ kind }) => kind)).toEqual(['sound-paused']);
    const bad = {
      ...paused,
      state: { ...CONNECTED, suspect: true, whole: false },
      trouble: 'ended' as const,
    };
    expect(bannersOf(bad).map(({ kind }) => kind)).toEqual(['lost', 'not-whole', 'trouble', 'sound-paused']);
    expect(bannersOf({ ...bad, state: LEFT })).toEqual([{ kind: 'trouble', trouble: 'ended' }]);
  });
});
