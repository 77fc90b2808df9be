import { base } from '../base';

/** An edge that has not answered by then counts as unreachable. */
const ANSWER_MS = 8_000;

/** No edge takes others. */
const TOKEN = /^[\w.~+/=-]{1,4000}$/;

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
  /** That of the `Welcome`, of somebody who is in the room or comes back. */
  readonly session?: string;
  /** Where there is another one when this one is about to end. */
  readonly tokenUrl?: string | null;
}

/** A room that was made, and the ways into it: addresses of this edge. */
export interface CreatedRoom {
  readonly room: string;
  /** For who makes it: whoever has it is a host there. */
  readonly hostLink: string;
  /** For the others; null where everybody needs an invitation of their own. */
  readonly guestLink: string | null;
}

/**
 * @param name what it is called; empty for nothing
 * @param token grants to make rooms; null where none is asked for
 * @throws EdgeError
 */
export async function createRoom(name = '', token: string | null = null): Promise<CreatedRoom> {
  const query = name === '' ? '' : `?name=${encodeURIComponent(name)}`;
  const init = { method: 'POST', headers: bearer(token) };
  const { room, hostLink, guestLink } = await ask(`api/v1/rooms${query}`, init, ANSWER_MS);
  if (typeof room !== 'string' || typeof hostLink !== 'string') throw unreadable();
  return { room, hostLink, guestLink: typeof guestLink === 'string' ? guestLink : null };
}

/**
 * The link by which a host lets others in; null where everybody needs an invitation of their own.
 * @throws EdgeError
 */
export async function findGuestLink(room: string, token: string): Promise<string | null> {
  const init = { method: 'POST', headers: bearer(token) };
  const { guestLink } = await ask(`api/v1/rooms/${encodeURIComponent(room)}/links`, init, ANSWER_MS);
  return typeof guestLink === 'string' ? guestLink : null;
}

/**
 * The token that an address gives to who comes with the cookies of this browser; null when it gives none.
 * @throws EdgeError when nothing answers
 */
export async function fetchToken(url: string): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch(new URL(url, origin() + base), {
      cache: 'no-store',
      credentials: 'include',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  } catch {
    throw new EdgeError(0, 'unreachable', '');
  }
  const token = response.ok ? (await response.text()).trim() : '';
  return TOKEN.test(token) ? token : null;
}

function origin(): string {
  return globalThis.location.origin;
}

/**
 * Where this join would be admitted now, the edge to prefer first.
 * @param patience milliseconds after which no answer counts as unreachable
 * @throws EdgeError
 */
export async function findEdges(join: Join, patience: number = ANSWER_MS): Promise<EdgeAddress[]> {
  const headers = bearer(join.token ?? null);
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

/** What an edge tells its pages. */
export interface PageInfo extends PageAddress {
  /** Nobody enters without a token. */
  readonly asksForTokens: boolean;
  /** People log in here, at `login`. */
  readonly login: boolean;
  /** Where else there are tokens for who comes with the cookies of this browser. */
  readonly tokenUrl: string | null;
}

/** @throws EdgeError */
export async function findPage(): Promise<PageInfo> {
  const { secureOrigin, selfMade, asksForTokens, login, tokenUrl } = await ask('api/v1/page', {}, ANSWER_MS);
  return {
    asksForTokens: asksForTokens === true,
    login: login === true,
    tokenUrl: typeof tokenUrl === 'string' ? tokenUrl : null,
    secureOrigin: typeof secureOrigin === 'string' && /^https:\/\//.test(secureOrigin) ? secureOrigin : null,
    selfMade: selfMade === true,
  };
}

/** The query by which a link is dialled. Spaces are %20, which every decoder understands. */
export function queryOf({ room, user, name, session }: Join): string {
  const fields = { room, user, name, ...(session ? { session } : {}) };
  return Object.entries(fields)
    .map(([field, value]) => `${field}=${encodeURIComponent(value)}`)
    .join('&');
}

// In a header: addresses are logged on the way.
function bearer(token: string | null): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
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
