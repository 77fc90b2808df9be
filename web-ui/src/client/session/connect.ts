import { type EdgeAddress, type Join, queryOf } from './edge-api';
import { type Link, type LinkSink, NoLink, type Obstacle, type Transport } from './link';
import { openWebSocket } from './websocket-link';
import { openWebTransport } from './webtransport-link';
import { WebTransportTries } from './webtransport-tries';

/** Without an answer by then, UDP is taken to be blocked. */
const ANSWER_MS = 3_000;
/** Longer than Chromium (156) holds back a dial after failed ones, which is 30 s at most. */
const PATIENCE_MS = 45_000;

export interface OpenLink {
  readonly link: Link;
  /** Why WebTransport is not what carries this, if it is not. */
  readonly obstacle: Obstacle | 'forced' | null;
}

export interface ConnectOptions {
  readonly edge: EdgeAddress;
  readonly join: Join;
  /** The only transport to be tried, if the person says so. */
  readonly only: Transport | null;
  /** What was lately found to be in the way of WebTransport; then it is not waited for again. */
  readonly blocked: Obstacle | null;
  /** Another connection carries the session meanwhile: the browser may take its time. */
  readonly patient: boolean;
  trying(transport: Transport): void;
  /** Another edge may have answered meanwhile. */
  wanted(): boolean;
}

export type Connect = (options: ConnectOptions, sink: LinkSink) => Promise<OpenLink>;

/** Opens links. Owned by the worker, since the browser counts failed dials for the whole page. */
export class Connector {
  readonly #tries = new WebTransportTries();

  /**
   * Opens a link to an edge: WebTransport where that works, else WebSocket. Nothing is said on it yet.
   * @throws NoLink when the edge cannot be reached
   */
  readonly connect: Connect = async (options, sink) => {
    if (options.only === 'websocket') return { link: await byWebSocket(options, sink), obstacle: 'forced' };
    try {
      if (options.blocked && !options.only) throw new NoLink(options.blocked);
      return { link: await this.#byWebTransport(options, sink), obstacle: null };
    } catch (cause) {
      if (!(cause instanceof NoLink) || options.only || !options.wanted()) throw cause;
      return { link: await byWebSocket(options, sink), obstacle: cause.obstacle };
    }
  };

  async #byWebTransport(
    { edge, join, only, patient, trying }: ConnectOptions,
    sink: LinkSink,
  ): Promise<Link> {
    if (!edge.webtransport) throw new NoLink('absent');
    if (typeof WebTransport === 'undefined') throw new NoLink('unsupported');
    const { many } = this.#tries;
    // Whoever has WebSocket to go by hears sooner over that.
    if (many && !only) throw new NoLink('postponed');
    trying('webtransport');
    const { url, certificateHashes } = edge.webtransport;
    const patience = many || patient ? PATIENCE_MS : ANSWER_MS;
    return this.#tries.count(openWebTransport(withQuery(url, edge, join), certificateHashes, sink, patience));
  }
}

async function byWebSocket({ edge, join, trying }: ConnectOptions, sink: LinkSink): Promise<Link> {
  if (!edge.websocket) throw new NoLink('absent');
  trying('websocket');
  return openWebSocket(withQuery(edge.websocket, edge, join), sink);
}

function withQuery(url: string, { ticket }: EdgeAddress, join: Join): string {
  const shown = ticket === null ? '' : `&ticket=${encodeURIComponent(ticket)}`;
  return `${url}${url.includes('?') ? '&' : '?'}${queryOf(join)}${shown}`;
}
