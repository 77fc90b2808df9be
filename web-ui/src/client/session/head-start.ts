import type { CloseReason } from './close-reason';
import type { Connect, ConnectOptions, OpenLink } from './connect';
import type { Network } from './dialler';
import { type EdgeAddress, type Join, queryOf } from './edge-api';
import { isSame } from './edges';
import type { LinkSink, Transport } from './link';

/** An answer from before that is too old: edges may have come and gone. */
const EDGES_FRESH_MS = 60_000;
/** With a ticket, which is for one user and good for 15 s. */
const TICKET_FRESH_MS = 10_000;
const PATIENCE_MS = 8_000;
/** A link that nobody takes is closed; its edge would do so after 5 s. */
const LINK_FRESH_MS = 4_000;

/**
 * Does for a join what can be done before it: asks for the edges when somebody comes to the page, and dials
 * the first of them when they reach for the button. What was prepared serves once; whoever has no use of it
 * goes the usual way.
 */
export class HeadStart implements Network {
  #edges: { readonly join: Join; readonly at: number; readonly answer: Promise<EdgeAddress[]> } | null = null;
  #link: LinkAhead | null = null;

  constructor(private readonly network: Network) {}

  prepareEdges(join: Join): void {
    const answer = this.network.findEdges(join, PATIENCE_MS);
    // Whoever joins asks anew, and is told.
    answer.catch(() => {});
    this.#edges = { join, at: performance.now(), answer };
  }

  prepareLink(join: Join, only: Transport | null): void {
    if (this.#link?.waiting) return;
    if (!this.#edgesFor(join)) this.prepareEdges(join);
    this.#edgesFor(join)?.then(
      ([edge]) => {
        if (!edge || this.#link?.waiting) return;
        const options: ConnectOptions = {
          edge,
          join,
          only,
          blocked: null,
          patient: false,
          trying: () => {},
          wanted: () => true,
        };
        this.#link = new LinkAhead(options, this.network.connect);
      },
      () => {},
    );
  }

  async findEdges(join: Join, patience: number): Promise<EdgeAddress[]> {
    const prepared = this.#edgesFor(join);
    this.#edges = null;
    const ask = (): Promise<EdgeAddress[]> => this.network.findEdges(join, patience);
    return prepared ? prepared.catch(ask) : ask();
  }

  fetchToken(url: string): Promise<string | null> {
    return this.network.fetchToken(url);
  }

  readonly connect: Connect = async (options, sink) => {
    const ahead = this.#link;
    this.#link = null;
    return (await ahead?.take(options, sink)) ?? this.network.connect(options, sink);
  };

  #edgesFor(join: Join): Promise<EdgeAddress[]> | null {
    const known = this.#edges;
    if (known?.join.room !== join.room) return null;
    if (!join.token && !known.join.token) return isFresh(known.at, EDGES_FRESH_MS) ? known.answer : null;
    const same = known.join.user === join.user && known.join.token === join.token;
    return same && isFresh(known.at, TICKET_FRESH_MS) ? known.answer : null;
  }
}

function isFresh(at: number, limit: number): boolean {
  return performance.now() - at < limit;
}

/** A link that is dialled before anybody has asked for it. */
class LinkAhead implements LinkSink {
  readonly #opening: Promise<OpenLink | null>;
  readonly #limit: ReturnType<typeof setTimeout>;
  #sink: LinkSink | null = null;
  #waiting = true;

  constructor(
    private readonly options: ConnectOptions,
    connect: Connect,
  ) {
    this.#opening = connect(options, this).catch(() => null);
    this.#limit = setTimeout(() => this.#drop(), LINK_FRESH_MS);
  }

  /** It may still be taken. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Null when it is not what is wanted, or did not come to be. */
  async take(options: ConnectOptions, sink: LinkSink): Promise<OpenLink | null> {
    const { edge, join, only } = this.options;
    const wanted =
      isSame(edge, options.edge) && queryOf(join) === queryOf(options.join) && only === options.only;
    if (!wanted || !this.#waiting) {
      this.#drop();
      return null;
    }
    clearTimeout(this.#limit);
    options.trying(only ?? 'webtransport');
    this.#sink = sink;
    const open = await this.#opening;
    const usable = this.#waiting;
    this.#waiting = false;
    return usable ? open : null;
  }

  #drop(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    clearTimeout(this.#limit);
    void this.#opening.then((open) => open?.link.close('left'));
  }

  event(bytes: Uint8Array): void {
    this.#sink?.event(bytes);
  }

  bundle(bytes: Uint8Array): void {
    this.#sink?.bundle(bytes);
  }

  closed(reason: CloseReason): void {
    if (this.#waiting) this.#waiting = false;
    else this.#sink?.closed(reason);
  }
}
