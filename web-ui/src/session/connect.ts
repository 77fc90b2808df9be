import { type Request, writeRequest } from './control';
import { type EdgeAddress, findEdges, type Join, queryOf } from './edge-api';
import { type Link, type LinkSink, NoLink, type Obstacle, type Transport } from './link';
import { openWebSocket } from './websocket-link';
import { openWebTransport } from './webtransport-link';

export interface Connected {
  readonly link: Link;
  /** Why WebTransport is not what carries this, if it is not. */
  readonly obstacle: Obstacle | 'forced' | null;
}

export interface ConnectOptions {
  readonly join: Join;
  /** The only transport to be tried, if the person says so. */
  readonly only: Transport | null;
  /** Counts up with every try, so that the edges take turns. */
  readonly attempt: number;
  /** A recent try found WebTransport not to answer; it is not waited for again. */
  readonly skipWebTransport: boolean;
  readonly first: Request;
  trying(transport: Transport): void;
}

export type Connect = (options: ConnectOptions, sink: LinkSink) => Promise<Connected>;

/**
 * Asks for an edge and opens a link to it: WebTransport where that works, else WebSocket.
 * @throws EdgeError when no edge admits this join; NoLink when the edge named cannot be reached
 */
export const connect: Connect = async (options, sink) => {
  const edges = await findEdges(options.join);
  const edge = edges[options.attempt % edges.length] as EdgeAddress;
  if (options.only === 'websocket') return { link: await byWebSocket(edge, options, sink), obstacle: 'forced' };
  try {
    if (options.skipWebTransport && !options.only) throw new NoLink('timeout');
    return { link: await byWebTransport(edge, options, sink), obstacle: null };
  } catch (cause) {
    if (!(cause instanceof NoLink) || options.only) throw cause;
    return { link: await byWebSocket(edge, options, sink), obstacle: cause.obstacle };
  }
};

async function byWebTransport(edge: EdgeAddress, options: ConnectOptions, sink: LinkSink): Promise<Link> {
  if (!edge.webtransport) throw new NoLink('absent');
  options.trying('webtransport');
  const { url, certificateHashes } = edge.webtransport;
  return openWebTransport(withQuery(url, options.join), certificateHashes, writeRequest(options.first), sink);
}

async function byWebSocket(edge: EdgeAddress, options: ConnectOptions, sink: LinkSink): Promise<Link> {
  if (!edge.websocket) throw new NoLink('absent');
  options.trying('websocket');
  const link = await openWebSocket(withQuery(edge.websocket, options.join), sink);
  link.request(writeRequest(options.first));
  return link;
}

function withQuery(url: string, join: Join): string {
  return `${url}${url.includes('?') ? '&' : '?'}${queryOf(join)}`;
}
