import { base, cleanName, type Transport } from '../client';
import { isSpelledBySlug, slug } from './slug';

export type Route =
  | { readonly page: 'start' }
  /** `name` is null when the address names nobody, and `user` when what it names is no user id. */
  | {
      readonly page: 'room';
      /** The address as it should be written. */
      readonly path: string;
      readonly room: string;
      readonly user: string | null;
      readonly name: string | null;
      readonly only: Transport | null;
    }
  /** What stands in the place of a room names none. */
  | { readonly page: 'no-room'; readonly typed: string }
  | { readonly page: 'unknown' };

/** Of a room and of a user: docs/PROTOCOL.md section 1. */
const ROOM_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const USER_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MAX_NAME = 64;
/** Leaves room for the mark. */
const MAX_SPELLED = 59;

/** Never throws: an address may be typed by hand. */
export function parseRoute(path: string, search: string): Route {
  const below = path.startsWith(base) ? path.slice(base.length) : path;
  const segments = below.split('/').filter((segment) => segment !== '');
  if (segments.length === 0 || below === 'index.html') return { page: 'start' };
  const [first = '', ...rest] = segments;
  if (decode(first).toLowerCase() !== 'meeting' || rest.length < 1 || rest.length > 2) {
    return { page: 'unknown' };
  }
  const typed = decode(rest.at(-1) ?? '');
  const room = roomIdOf(typed);
  if (room === null) return { page: 'no-room', typed };
  const who = rest.length === 2 ? (rest[0] ?? '') : null;
  return {
    page: 'room',
    path: `${base}meeting/${who === null ? '' : `${escapeStrayPercents(who)}/`}${room}`,
    room,
    user: who !== null && USER_ID.test(decode(who)) ? decode(who) : null,
    name: who === null ? null : displayName(decode(who)),
    only: transportOf(new URLSearchParams(search).get('transport')),
  };
}

/** The path at which somebody is asked for a name and then joins. */
export function roomPath(room: string): string {
  return `${base}meeting/${encodeURIComponent(room)}`;
}

/**
 * The id of the room that somebody means by a name, in whatever case and alphabet. Null when the name cannot
 * be spelled as an id: half of it would be another room.
 */
export function roomIdOf(name: string): string | null {
  if (ROOM_ID.test(name)) return name;
  const id = isSpelledBySlug(name) ? slug(name) : '';
  return ROOM_ID.test(id) ? id : null;
}

/**
 * The user id of somebody with this name: its Latin spelling, as far as it has one, and a mark, so that two
 * of one name differ.
 * @param mark from `newMark`
 */
export function userIdOf(name: string, mark: string): string {
  const spelled = slug(name).slice(0, MAX_SPELLED).replace(/-$/, '');
  return `${spelled || 'guest'}-${mark}`;
}

/** Four letters and digits by chance. */
export function newMark(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return (random % 36 ** 4).toString(36).padStart(4, '0');
}

/**
 * As the edge wants display names: one line without what nobody sees and what turns text around, no space
 * around, at most 64 code points. Empty when nothing is seen of it.
 */
export function displayName(text: string): string {
  const name = cleanName(text);
  // What is cut may leave half a flag.
  return cleanName([...name].slice(0, MAX_NAME).join(''));
}

/** The room in what somebody typed or pasted: a name, or a link to a room with or without its beginning. */
export function roomOf(text: string): string | null {
  const typed = text.trim();
  const path = /^(?:[^?#]*?\/)?(meeting\/[^?#]*)/i.exec(typed)?.[1];
  if (path !== undefined) {
    const route = parseRoute(path, '');
    return route.page === 'room' ? route.room : null;
  }
  const leadsElsewhere = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(typed);
  return leadsElsewhere ? null : roomIdOf(typed);
}

function transportOf(text: string | null): Transport | null {
  return text === 'websocket' || text === 'webtransport' ? text : null;
}

/** Decodes what is encoded, and leaves the rest. */
function decode(segment: string): string {
  return segment.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

function escapeStrayPercents(segment: string): string {
  return segment.replace(/%(?![0-9a-f]{2})/gi, '%25');
}
