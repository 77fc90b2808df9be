import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventSchema, RequestSchema } from '../gen/confab/v1/control_pb';
import type { CloseReason } from './close-reason';
import type { ConnectOptions } from './connect';
import { EdgeError } from './edge-api';
import { type Link, type LinkSink, NoLink, type Transport } from './link';
import { Session } from './session';
import type { SessionState } from './state';

/** An edge in memory: every connection is a link that the test holds the other end of. */
class Edge {
  readonly tries: ConnectOptions[] = [];
  readonly requests: string[] = [];
  readonly states: SessionState[] = [];
  readonly wishes: [boolean, boolean][] = [];
  closedWith: CloseReason | null = null;
  failure: Error | null = null;
  sink: LinkSink | null = null;
  forgotten = 0;

  session(only: Transport | null = null): Session {
    const connect = async (options: ConnectOptions, sink: LinkSink) => {
      this.tries.push(options);
      if (this.failure) throw this.failure;
      this.sink = sink;
      return { link: this.link(), obstacle: null };
    };
    return new Session({ room: 'r', user: 'ann', name: 'Ann' }, only, connect, {
      state: (state) => this.states.push(state),
      roster: () => {},
      wishes: (muted, deafened) => this.wishes.push([muted, deafened]),
      notice: () => {},
      refused: () => {},
      roundTrip: () => {},
      bundle: () => {},
      forget: () => this.forgotten++,
    }, () => 1);
  }

  link(): Link {
    return {
      transport: 'websocket',
      request: (bytes) => this.requests.push(fromBinary(RequestSchema, bytes).kind.case ?? '?'),
      bundle: () => true,
      close: (reason) => {
        this.closedWith = reason;
      },
    };
  }

  send(kind: Parameters<typeof create<typeof EventSchema>>[1]): void {
    this.sink?.event(toBinary(EventSchema, create(EventSchema, kind)));
  }

  welcome(): void {
    const you = { number: 1, user: 'ann', name: 'Ann' };
    this.send({ kind: { case: 'welcome', value: { room: 'r', you, participants: [you] } } });
  }

  get phase(): string | undefined {
    return this.states.at(-1)?.phase;
  }
}

describe('a session', () => {
  let edge: Edge;
  beforeEach(() => {
    vi.useFakeTimers();
    edge = new Edge();
  });
  afterEach(() => vi.useRealTimers());

  async function join(session: Session): Promise<Session> {
    session.start();
    await vi.advanceTimersByTimeAsync(0);
    edge.welcome();
    return session;
  }

  it('isConnectedOnceWelcomed', async () => {
    edge.session().start();
    await vi.advanceTimersByTimeAsync(0);
    expect(edge.phase).toBe('connecting');
    edge.welcome();
    expect(edge.phase).toBe('connected');
  });

  it('pingsEveryTwoSecondsAndReconnectsAfterSixOfSilence', async () => {
    await join(edge.session());
    await vi.advanceTimersByTimeAsync(6000);
    expect(edge.requests.filter((kind) => kind === 'ping')).toHaveLength(3);
    expect(edge.phase).toBe('connected');
    await vi.advanceTimersByTimeAsync(1000);
    expect(edge.closedWith).toBe('idle_timeout');
    expect(edge.phase).toBe('waiting');
    await vi.advanceTimersByTimeAsync(300);
    expect(edge.tries).toHaveLength(2);
  });

  it('reconnectsWithGrowingPausesAndKeepsTheWishToBeMuted', async () => {
    const session = await join(edge.session());
    session.mute(true);
    edge.requests.length = 0;
    edge.failure = new EdgeError(503, 'draining', '');
    edge.sink?.closed('shutdown');
    await vi.advanceTimersByTimeAsync(300 + 600 + 1200);
    expect(edge.tries).toHaveLength(4);
    edge.failure = null;
    await vi.advanceTimersByTimeAsync(2400);
    edge.welcome();
    expect(edge.phase).toBe('connected');
    expect(edge.requests).toEqual(['setMuted']);
    expect(edge.wishes.at(-1)).toEqual([true, false]);
  });

  it.each(['left', 'protocol_violation', 'kicked', 'expired'] as const)('endsFor %s', async (reason) => {
    await join(edge.session());
    edge.sink?.closed(reason);
    expect(edge.states.at(-1)).toEqual({ phase: 'ended', failure: { kind: 'ending', ending: reason } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(edge.tries).toHaveLength(1);
  });

  it('endsWhenTheFirstJoinIsNotAdmitted', async () => {
    edge.failure = new EdgeError(429, 'rate_limited', 'Slow down.');
    edge.session().start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(edge.states.at(-1)).toMatchObject({ phase: 'ended', failure: { code: 'rate_limited' } });
    expect(edge.tries).toHaveLength(1);
  });

  it('endsWhenTheOnlyTransportAskedForFails', async () => {
    edge.failure = new NoLink('timeout');
    edge.session('webtransport').start();
    await vi.advanceTimersByTimeAsync(0);
    expect(edge.phase).toBe('ended');
  });

  it('closesWhenAnEventCannotBeRead', async () => {
    await join(edge.session());
    edge.sink?.event(Uint8Array.of(0x0a, 0x7f, 1));
    expect(edge.closedWith).toBe('protocol_violation');
    expect(edge.phase).toBe('ended');
  });

  it('saysGoodbyeAndHearsNothingAfterIt', async () => {
    const session = await join(edge.session());
    session.leave();
    expect(edge.requests).toContain('leave');
    expect(edge.closedWith).toBe('left');
    const states = edge.states.length;
    edge.sink?.closed('lost');
    edge.welcome();
    expect(edge.states).toHaveLength(states);
  });

  it('doesNotWaitForTheRestOfThePauseWhenTheNetworkIsBack', async () => {
    const session = await join(edge.session());
    edge.failure = new NoLink('refused');
    edge.sink?.closed('lost');
    await vi.advanceTimersByTimeAsync(300 + 600 + 1200 + 10);
    const tries = edge.tries.length;
    session.hurry();
    await vi.advanceTimersByTimeAsync(0);
    expect(edge.tries).toHaveLength(tries + 1);
  });
});
