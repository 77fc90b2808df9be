import { base } from '../base';

/** An edge that has not answered by then counts as unreachable. */
const ANSWER_MS = 8_000;

/** An error of the HTTP API: the edge's code and its text for a person. Code `unreachable` is our own. */
export class EdgeError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The same question may well be answered otherwise later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface EdgeAddress {
  readonly name: string | null;
  readonly webtransport: { readonly url: string; readonly certificateHashes: readonly string[] } | null;
  readonly websocket: string | null;
  /** To be shown there; null where none is needed. An old one is of use to a session that comes back. */
  readonly ticket: string | null;
}

/** Who joins where. */
export interface Join {
  readonly room: string;
  readonly user: string;
  readonly name: string;
  /** Grants the join; none where none is asked for. */
  readonly token?: string | null;
}

/** @throws EdgeError */
export async function createRoom(): Promise<string> {
  const { room } = await ask('api/v1/rooms', { method: 'POST' }, ANSWER_MS);
  if (typeof room !== 'string') throw unreadable();
  return room;
}

/**
 * Where this join would be admitted now, the edge to prefer first.
 * @param patience milliseconds after which no answer counts as unreachable
 * @throws EdgeError
 */
export async function findEdges(join: Join, patience: number = ANSWER_MS): Promise<EdgeAddress[]> {
  // In a header: addresses are logged on the way.
  const headers: Record<string, string> = join.token ? { authorization: `Bearer ${join.token}` } : {};
  const { edges, ticket } = await ask(`api/v1/session?${queryOf(join)}`, { headers }, patience);
  if (!Array.isArray(edges) || edges.length === 0) throw unreadable();
  return edges.map((edge) => readAddress(edge, typeof ticket === 'string' ? ticket : null));
}

/** Where others open the pages of this edge. */
export interface PageAddress {
  /** As in `https://192.168.1.5:8443`; null when the edge does not know. */
  readonly secureOrigin: string | null;
  /** Whether browsers warn of the certificate there. */
  readonly selfMade: boolean;
}

/** @throws EdgeError */
export async function findPage(): Promise<PageAddress> {
  const { secureOrigin, selfMade } = await ask('api/v1/page', {}, ANSWER_MS);
  return {
    secureOrigin: typeof secureOrigin === 'string' && /^https:\/\//.test(secureOrigin) ? secureOrigin : null,
    selfMade: selfMade === true,
  };
}

/** The query by which a link is dialled. Spaces are %20, which every decoder understands. */
export function queryOf({ room, user, name }: Join): string {
  return `room=${encodeURIComponent(room)}&user=${encodeURIComponent(user)}&name=${encodeURIComponent(name)}`;
}

type Json = Record<string, unknown>;

async function ask(path: string, init: RequestInit, patience: number): Promise<Json> {
  let response: Response;
  try {
    response = await fetch(base + path, {
      ...init,
      cache: 'no-store',
      headers: { accept: 'application/json', ...init.headers },
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new EdgeError(0, 'unreachable', '');
  }
  const body = asJson(await response.json().catch(() => null));
  if (response.ok) return body;
  const code = String(body['error'] ?? `http_${response.status}`);
  throw new EdgeError(response.status, code, String(body['message'] ?? ''));
}

function readAddress(edge: unknown, ticket: string | null): EdgeAddress {
  const name = asJson(edge)['name'];
  const webtransport = asJson(asJson(edge)['webtransport']);
  const websocket = asJson(asJson(edge)['websocket']);
  const hashes = webtransport['certificateHashes'];
  return {
    name: typeof name === 'string' && name !== '' ? name : null,
    webtransport:
      typeof webtransport['url'] === 'string'
        ? { url: webtransport['url'], certificateHashes: Array.isArray(hashes) ? hashes.map(String) : [] }
        : null,
    websocket: typeof websocket['url'] === 'string' ? websocket['url'] : null,
    ticket,
  };
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function unreadable(): EdgeError {
  return new EdgeError(502, 'unreadable', '');
}
