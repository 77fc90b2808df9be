import { cleanLine, isSeen, type Transport } from '../client';

export type Route =
  | { readonly page: 'start' }
  /** `user` and `name` are null when the address names nobody. */
  | {
      readonly page: 'room';
      readonly room: string;
      readonly user: string | null;
      readonly name: string | null;
      readonly only: Transport | null;
    }
  | { readonly page: 'unknown' };

const USER_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MAX_NAME = 64;
const FALLBACK_USER = 'guest';

/** Never throws: an address may be typed by hand. */
export function parseRoute(path: string, search: string): Route {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
  if (segments.length === 0) return { page: 'start' };
  const [first, ...rest] = segments;
  if (first !== 'meeting' || rest.length < 1 || rest.length > 2) return { page: 'unknown' };
  const room = rest.at(-1) ?? '';
  const who = rest.length === 2 ? (rest[0] ?? '') : null;
  return {
    page: 'room',
    room,
    user: who === null ? null : userIdOf(who),
    name: who === null ? null : displayName(who),
    only: transportOf(new URLSearchParams(search).get('transport')),
  };
}

/** The path at which somebody is asked for a name and then joins. */
export function roomPath(room: string): string {
  return `/meeting/${encodeURIComponent(room)}`;
}

/** The text itself when it is a user id, else what of it can be one. */
export function userIdOf(text: string): string {
  if (USER_ID.test(text)) return text;
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, MAX_NAME)
    .replace(/-+$/, '');
  return slug || FALLBACK_USER;
}

/**
 * As the edge wants display names: one line without what nobody sees and what turns text around, no space
 * around, at most 64 code points. Empty when nothing is seen of it.
 */
export function displayName(text: string): string {
  const name = [...cleanLine(text).replaceAll('\n', ' ')].slice(0, MAX_NAME).join('').trim();
  return isSeen(name) ? name : '';
}

/** The room in what somebody typed or pasted: an id or a link to a room. */
export function roomOf(text: string): string {
  const typed = text.trim();
  const path = /^https?:\/\/[^/]+(\/[^?#]*)/i.exec(typed)?.[1] ?? typed;
  const route = parseRoute(path, '');
  return route.page === 'room' ? route.room : typed.toLowerCase().replace(/\s+/g, '-');
}

function transportOf(text: string | null): Transport | null {
  return text === 'websocket' || text === 'webtransport' ? text : null;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
