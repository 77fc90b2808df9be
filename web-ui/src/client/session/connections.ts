import { Backoff } from './backoff';
import { type CloseReason, isFinal } from './close-reason';
import type { Connection, Listener } from './connection';
import { type Event, readEvents, type Welcome } from './control';
import { type Caller, Dialler, type Network } from './dialler';
import { judge } from './failure';
import { Handover, type HandoverOwner, type Need } from './handover';
import { Heartbeat } from './heartbeat';
import { NoLink, type Transport } from './link';
import type { Failure, InTheRoom, SessionState } from './state';
import { StateDisplay } from './state-display';
import { WayBack } from './way-back';

/**
 * Whoever is without any connection for so long is told that the call is over: nobody should find it going
 * on, with the microphone open, when the edge is back the next day.
 */
const GIVE_UP_MS = 120_000;
/** For so long after a move both connections carry everything. */
const OVERLAP_MS = 500;
/** While the silent connection may still speak, the next round comes this soon. */
const SUSPECT_ROUND_MS = 1_000;
/** For a move without an edge to go to, give or take a quarter. */
const MOVE_ROUND_MS = 2_000;

export interface ConnectionsSink extends Caller {
  /** That of the last `Enter`. */
  readonly attempt: number;
  /** The session was in the room before. */
  readonly again: boolean;
  /** To say `Enter`. */
  enter(connection: Connection): void;
  event(event: Event): void;
  bundle(bytes: Uint8Array): void;
  state(state: SessionState): void;
  roundTrip(milliseconds: number): void;
  overflowed(): void;
}

/**
 * The connections under a session: the current one, which the session speaks by, the former one for the
 * overlap of a move, and the handover to the next. Owned by its session.
 */
export class Connections implements Listener, HandoverOwner {
  readonly #dialler: Dialler;
  readonly #backoff: Backoff;
  readonly #display: StateDisplay;
  readonly #wayBack: WayBack;
  #current: Connection | null = null;
  #former: Connection | null = null;
  #handover: Handover | null = null;
  #heartbeat: Heartbeat | null = null;
  #overlap: ReturnType<typeof setTimeout> | undefined;
  // Runs while there is no connection after there was one.
  #givingUp: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(
    network: Network,
    private readonly sink: ConnectionsSink,
    private readonly random: () => number,
  ) {
    this.#dialler = new Dialler(network, sink, this, random);
    this.#backoff = new Backoff(random);
    this.#display = new StateDisplay((state) => sink.state(state));
    this.#wayBack = new WayBack(() => this.#pursue(), random);
  }

  get current(): Connection | null {
    return this.#current;
  }

  /** Those that may carry media now, the current one first. */
  get carriers(): Connection[] {
    return [this.#current, this.#handover?.entering ?? null, this.#former].filter((each) => each !== null);
  }

  start(): void {
    if (this.sink.again) this.#mourn();
    this.#display.show(this.#connecting(null));
    this.#begin('anew', 0);
  }

  /** The network is back: neither a pause nor a silent connection is waited for any longer. */
  hurry(): void {
    if (this.#over || this.#handover?.entering) return;
    this.#wayBack.hurry();
    if (this.#current && !this.#heartbeat?.suspect) return this.#heartbeat?.ping();
    this.#backoff.reset();
    this.#current?.close('connection_lost');
    this.#retire();
    this.#display.doubt(this.#connecting(null));
    this.#begin('anew', 0);
  }

  leave(): void {
    this.#dropFormer();
    for (const connection of this.carriers) connection.request({ kind: 'leave' });
    this.#finish({ kind: 'ending', ending: 'left' });
  }

  /** The end, on all connections. */
  close(reason: CloseReason): void {
    this.#over = true;
    this.#dropFormer();
    for (const connection of this.carriers) connection.close(reason);
    this.#drop();
    this.#retire();
    clearTimeout(this.#givingUp);
    this.#display.rest();
  }

  // What connections say.

  event(from: Connection, bytes: Uint8Array): void {
    let events: Event[];
    try {
      events = readEvents(bytes);
    } catch {
      from.close('protocol_violation');
      return this.closed(from, 'protocol_violation');
    }
    for (const event of events) this.#take(from, event);
  }

  #take(from: Connection, event: Event): void {
    const { kind } = event;
    if (from === this.#handover?.entering && kind.case === 'welcome') this.#entered(from, kind.value);
    if (from === this.#current) this.#hear(from, event);
  }

  bundle(from: Connection, bytes: Uint8Array): void {
    if (from === this.#current) this.#heartbeat?.heard();
    else if (from !== this.#former && from !== this.#handover?.entering) return;
    this.sink.bundle(bytes);
  }

  overflowed(): void {
    this.sink.overflowed();
  }

  closed(from: Connection, reason: CloseReason): void {
    if (from === this.#former) return this.#dropFormer();
    const entering = from === this.#handover?.entering;
    if (!entering && from !== this.#current) return;
    // That a later connection of our own took over is no news.
    const final = reason === 'superseded' ? from.attempt === this.sink.attempt : isFinal(reason);
    if (final) this.#finish({ kind: 'ending', ending: reason });
    else if (entering) this.#handover?.fail(new NoLink('refused'));
    else this.#lose(reason);
  }

  #hear(from: Connection, event: Event): void {
    this.#heartbeat?.heard();
    const { kind } = event;
    if (kind.case === 'pong') {
      const took = this.#heartbeat?.pong(kind.value.time);
      if (took !== undefined) this.sink.roundTrip(took);
    } else if (kind.case === 'reach') {
      from.whole = kind.value.whole;
      this.#display.show(this.#inTheRoom(from));
    } else if (kind.case === 'move') {
      from.moving = true;
      this.#pursue();
    }
    this.sink.event(event);
  }

  #entered(connection: Connection, welcome: Welcome): void {
    const former = this.#current;
    const overlaps = this.#handover?.need !== 'anew' && !this.#heartbeat?.suspect;
    this.#drop();
    this.#dropFormer();
    this.#retire();
    connection.whole = welcome.whole;
    connection.edgeName = welcome.edge || (connection.edge.name ?? '');
    this.#current = connection;
    clearTimeout(this.#givingUp);
    this.#givingUp = undefined;
    this.#heartbeat = this.#watch(connection);
    this.#dialler.entered(connection);
    this.#wayBack.entered(connection);
    this.#former = former;
    if (overlaps) this.#overlap = setTimeout(() => this.#dropFormer(), OVERLAP_MS);
    else this.#dropFormer();
    this.#display.show(this.#inTheRoom(connection));
  }

  #watch(connection: Connection): Heartbeat {
    return new Heartbeat(
      {
        ping: (time) => connection.request({ kind: 'ping', time }),
        suspect: () => {
          this.#display.doubt({ ...this.#inTheRoom(connection), suspect: true });
          this.#pursue();
        },
        alive: () => {
          this.#display.show(this.#inTheRoom(connection));
          this.#pursue();
        },
        dead: () => {
          connection.close('connection_lost');
          this.#lose('connection_lost');
        },
        steady: () => this.#backoff.reset(),
      },
      performance.now() - connection.enteredAt,
    );
  }

  #lose(reason: CloseReason): void {
    this.#retire();
    const handover = this.#handover;
    if (handover?.entering || (handover?.need === 'anew' && !handover.pausing)) {
      this.#display.doubt(this.#connecting(null));
      return;
    }
    const limited = reason === 'rate_limited';
    const wait = this.#dialler.elsewhere && !limited ? this.#backoff.eager() : this.#backoff.next(limited);
    if (wait > 0) this.#display.show({ phase: 'waiting', wait, failure: { kind: 'ending', ending: reason } });
    else this.#display.doubt(this.#connecting(null));
    this.#begin('anew', wait);
  }

  #mourn(): void {
    this.#givingUp ??= setTimeout(
      () => this.#finish({ kind: 'ending', ending: 'connection_lost' }),
      GIVE_UP_MS,
    );
  }

  #finish(failure: Failure): void {
    if (this.#over) return;
    this.close('left');
    this.#display.show({ phase: 'ended', failure });
  }

  #retire(): void {
    this.#mourn();
    this.#heartbeat?.stop();
    this.#heartbeat = null;
    this.#dialler.edges.rest();
    this.#wayBack.rest();
    this.#current = null;
  }

  #dropFormer(): void {
    clearTimeout(this.#overlap);
    this.#former?.close('superseded');
    this.#former = null;
  }

  // The way to the next connection.

  get #need(): Need | null {
    if (!this.#current || this.#heartbeat?.suspect) return 'anew';
    if (this.#current.moving) return 'move';
    return this.#wayBack.due ? 'return' : null;
  }

  /** Looks for another connection exactly while there is need of one. */
  #pursue(): void {
    const need = this.#need;
    if (this.#handover?.entering || need === (this.#handover?.need ?? null)) return;
    this.#drop();
    if (need === 'return') this.#begin(need, 0);
    // Everybody on an edge is told to move at once.
    if (need === 'move') this.#begin(need, this.random() * OVERLAP_MS);
    if (need === 'anew')
      this.#begin(need, this.#dialler.elsewhere ? this.#backoff.eager() : SUSPECT_ROUND_MS);
  }

  #begin(need: Need, wait: number): void {
    this.#drop();
    this.#handover = new Handover(need, this);
    this.#handover.begin(wait);
  }

  #drop(): void {
    this.#handover?.stop();
    this.#handover = null;
  }

  dial(need: Need, round: number, wanted: () => boolean): Promise<Connection> {
    if (this.#display.shown?.phase === 'waiting') this.#display.show(this.#connecting(null));
    return this.#dialler.dial(need, round, this.#current, wanted, (transport) => {
      if (wanted() && this.#display.shown?.phase === 'connecting')
        this.#display.show(this.#connecting(transport));
    });
  }

  enter(connection: Connection): void {
    connection.enteredAt = performance.now();
    this.sink.enter(connection);
  }

  failed(cause: unknown, need: Need): number | null {
    if (this.#need !== need) {
      // It was committed, and what it was for has changed meanwhile.
      this.#drop();
      this.#pursue();
      return null;
    }
    if (need === 'return') {
      this.#drop();
      this.#wayBack.failed();
      return null;
    }
    if (need === 'move') return MOVE_ROUND_MS * (0.75 + 0.5 * this.random());
    if (this.#current) return SUSPECT_ROUND_MS;
    const { failure, hopeful, limited } = judge(cause, this.sink.again, this.sink.only);
    if (!hopeful) {
      this.#finish(failure);
      return null;
    }
    const wait = this.#backoff.next(limited);
    this.#display.show({ phase: 'waiting', wait, failure });
    return wait;
  }

  #connecting(transport: Transport | null): SessionState {
    return { phase: 'connecting', transport, again: this.sink.again };
  }

  #inTheRoom({ link: { transport }, obstacle, edgeName, whole }: Connection): InTheRoom {
    return { phase: 'connected', transport, obstacle, edge: edgeName, suspect: false, whole };
  }
}
