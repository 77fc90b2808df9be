import { type EdgeAddress, type Join, queryOf } from './edge-api';
import { type Link, type LinkSink, NoLink, type Obstacle, type Transport } from './link';
import { openWebSocket } from './websocket-link';
import { openWebTransport } from './webtransport-link';

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
  trying(transport: Transport): void;
  /** Another edge may have answered meanwhile. */
  wanted(): boolean;
}

export type Connect = (options: ConnectOptions, sink: LinkSink) => Promise<OpenLink>;

/**
 * Opens a link to an edge: WebTransport where that works, else WebSocket. Nothing is said on it yet.
 * @throws NoLink when the edge cannot be reached
 */
export const connect: Connect = async (options, sink) => {
  if (options.only === 'websocket') return { link: await byWebSocket(options, sink), obstacle: 'forced' };
  try {
    if (options.blocked && !options.only) throw new NoLink(options.blocked);
    return { link: await byWebTransport(options, sink), obstacle: null };
  } catch (cause) {
    if (!(cause instanceof NoLink) || options.only || !options.wanted()) throw cause;
    return { link: await byWebSocket(options, sink), obstacle: cause.obstacle };
  }
};

async function byWebTransport({ edge, join, trying }: ConnectOptions, sink: LinkSink): Promise<Link> {
  if (!edge.webtransport) throw new NoLink('absent');
  trying('webtransport');
  const { url, certificateHashes } = edge.webtransport;
  return openWebTransport(withQuery(url, join), certificateHashes, sink);
}

async function byWebSocket({ edge, join, trying }: ConnectOptions, sink: LinkSink): Promise<Link> {
  if (!edge.websocket) throw new NoLink('absent');
  trying('websocket');
  return openWebSocket(withQuery(edge.websocket, join), sink);
}

function withQuery(url: string, join: Join): string {
  return `${url}${url.includes('?') ? '&' : '?'}${queryOf(join)}`;
}
