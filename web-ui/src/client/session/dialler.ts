import type { Connect } from './connect';
import { Connection, type Listener } from './connection';
import { type EdgeAddress, EdgeError, type Join } from './edge-api';
import { Edges, isSame } from './edges';
import type { Need } from './handover';
import { NoLink, type Obstacle, type Transport } from './link';
import { type Lane, race } from './race';

/**
 * The next edge is tried when one has not answered by then: in need, and when WebTransport has had its time.
 */
const HURRIED_STAGGER_MS = 400;
const STAGGER_MS = 4_000;
/** For so long after WebTransport did not answer, it is not waited for again. */
const BLOCKED_MS = 120_000;
/** The session API has this long to answer: for the first time, and when there are other ways to go on. */
const FIRST_LIST_MS = 8_000;
const LIST_MS = 3_000;
/**
 * While the session API is silent the edges known are dialled in every third round, by WebSocket alone:
 * Firefox ESR (153) delays a WebSocket by half as much again for each failed one to that host and port.
 */
const UNLISTED_ROUNDS = 3;

/** What a session reaches edges by. */
export interface Network {
  readonly connect: Connect;
  /** @throws EdgeError */
  findEdges(join: Join, patience: number): Promise<EdgeAddress[]>;
  /** @throws EdgeError */
  fetchToken(url: string): Promise<string | null>;
}

/** Who dials. */
export interface Caller {
  readonly join: Join;
  /** The only transport to be used, if the person says so. */
  readonly only: Transport | null;
}

interface Listed {
  readonly edges: readonly EdgeAddress[];
  /** The session API has just named them, with the certificates that they have now. */
  readonly fresh: boolean;
}

/** Knows where a session can go, and by which transport. Owned by Connections. */
export class Dialler {
  readonly edges: Edges;
  // The latest connection that was entered, whether or not it still stands.
  #last: Connection | null = null;
  #blockedUntil = 0;

  constructor(
    private readonly network: Network,
    private readonly caller: Caller,
    private readonly listener: Listener,
    random: () => number,
  ) {
    this.edges = new Edges(
      () => network.findEdges(caller.join, this.#last ? LIST_MS : FIRST_LIST_MS),
      random,
    );
  }

  /** This one carries the session from here on. */
  entered(connection: Connection): void {
    this.#last = connection;
    this.edges.keepFresh();
  }

  /** There is another edge than the one that carries the session, or did last. */
  get elsewhere(): boolean {
    return this.edges.besides(this.#last?.edge ?? null).length > 0;
  }

  /**
   * To the next edge: those known, then those that the session API names. Who moves has the time to ask
   * first, who comes for the first time has to, and so has whoever found none of those known: what fails is
   * not dialled again before somebody says that it is there, since browsers delay dials after failed ones.
   * @param current the connection that stands; its edge is no place to go to
   * @param trying tells of every try
   */
  dial(
    need: Need,
    round: number,
    current: Connection | null,
    wanted: () => boolean,
    trying: (transport: Transport) => void,
  ): Promise<Connection> {
    if (need === 'return' && current) return this.#return(current, wanted, trying);
    const blocked = this.#blocked(need, round);
    const known = need === 'move' || round > 0 || !this.#last ? [] : this.edges.besides(this.#last.edge);
    const lane =
      (obstacle: Obstacle | null) =>
      (edge: EdgeAddress): Lane<Connection> =>
      (counts) =>
        this.#open(edge, obstacle, counts, trying);
    const listed: Lane<Connection> = async (counts) => {
      const { edges, fresh } = await this.#list(need, round, current);
      const untried = edges.filter((edge) => !known.some((tried) => isSame(tried, edge)));
      if (untried.length === 0) throw new NoLink('absent');
      const obstacle = fresh || need === 'move' ? blocked : 'postponed';
      return this.#race(need, untried.map(lane(obstacle)), counts);
    };
    return this.#race(need, [...known.map(lane(blocked)), listed], wanted);
  }

  /** To WebTransport, at the edge that carries the session where the session API names it. One try. */
  async #return(
    current: Connection,
    wanted: () => boolean,
    trying: (transport: Transport) => void,
  ): Promise<Connection> {
    // The edge of a connection that stands is there, whatever became of the session API.
    const edges = await this.edges.renew().catch(() => [current.edge]);
    const edge = edges.find(({ name }) => name !== null && name === current.edgeName) ?? edges[0];
    if (!edge || !wanted()) throw new NoLink('absent');
    const connection = await Connection.open(edge, this.listener, (sink) =>
      this.network.connect(
        { edge, join: this.caller.join, only: 'webtransport', blocked: null, patient: true, trying, wanted },
        sink,
      ),
    );
    this.#blockedUntil = 0;
    return connection;
  }

  #race(need: Need, lanes: Lane<Connection>[], wanted: () => boolean): Promise<Connection> {
    const stagger = need === 'anew' && this.#last ? HURRIED_STAGGER_MS : STAGGER_MS;
    return race(lanes, stagger, wanted, (late) => late.close('connection_lost'));
  }

  async #list(need: Need, round: number, current: Connection | null): Promise<Listed> {
    let fresh = true;
    try {
      await this.edges.renew();
    } catch (cause) {
      // What was to answer may be just the edge that is gone, or about to go.
      const answer = cause instanceof EdgeError && cause.status !== 0;
      if ((answer && need === 'anew') || this.edges.known.length < 2) throw cause;
      const byWebSocket = this.caller.only !== 'webtransport' && round % UNLISTED_ROUNDS === 0;
      if (need === 'anew' && !byWebSocket) throw cause;
      fresh = false;
    }
    return { edges: this.edges.besides(current?.edge ?? null), fresh };
  }

  #open(
    edge: EdgeAddress,
    blocked: Obstacle | null,
    wanted: () => boolean,
    trying: (transport: Transport) => void,
  ): Promise<Connection> {
    const { join, only } = this.caller;
    return Connection.open(edge, this.listener, async (sink) => {
      const open = await this.network.connect(
        { edge, join, only, blocked, patient: false, trying, wanted },
        sink,
      );
      if (!blocked && open.obstacle === 'timeout') this.#blockedUntil = performance.now() + BLOCKED_MS;
      return open;
    });
  }

  // In need, what carried us last is what to begin with.
  #blocked(need: Need, round: number): Obstacle | null {
    const obstacle = need === 'anew' && round === 0 ? this.#last?.obstacle : null;
    if (obstacle === 'timeout' || obstacle === 'refused' || obstacle === 'postponed') return obstacle;
    return performance.now() < this.#blockedUntil ? 'timeout' : null;
  }
}
