// What this browser remembers of its person. Works, forgetful, where storage is not allowed.
import { claimsOf, DEFAULT_SOUND, type SoundSettings } from '../client';

const NAME = 'confab.name';
const ROOMS = 'confab.rooms';
const MAX_ROOMS = 6;
const SOUND = 'confab.sound';

export function rememberedName(): string {
  return read(NAME) ?? '';
}

export function rememberName(name: string): void {
  write(NAME, name);
}

/** A room that somebody has been in. */
export interface RecentRoom {
  readonly room: string;
  /** What it is called. */
  readonly name: string | null;
  /** That of the link by which they came: who makes a room is its host the next day, too. */
  readonly token: string | null;
}

export function recentRooms(): RecentRoom[] {
  try {
    const rooms: unknown = JSON.parse(read(ROOMS) ?? '[]');
    return Array.isArray(rooms) ? rooms.flatMap(asRecentRoom).slice(0, MAX_ROOMS) : [];
  } catch {
    return [];
  }
}

// A former version of this page has written ids only.
function asRecentRoom(stored: unknown): RecentRoom[] {
  if (typeof stored === 'string') return [{ room: stored, name: null, token: null }];
  const { room, name, token } = Object(stored);
  if (typeof room !== 'string') return [];
  return [
    { room, name: typeof name === 'string' ? name : null, token: typeof token === 'string' ? token : null },
  ];
}

export function rememberRoom(recent: RecentRoom): void {
  const rooms = [recent, ...recentRooms().filter(({ room }) => room !== recent.room)];
  write(ROOMS, JSON.stringify(rooms.slice(0, MAX_ROOMS)));
}

/** Whoever logs out leaves no link of their own to who comes next. */
export function forgetOwnLinks(): void {
  const rooms = recentRooms().map((recent) =>
    claimsOf(recent.token).user === null ? recent : { ...recent, token: null },
  );
  write(ROOMS, JSON.stringify(rooms));
}

export function forgetRooms(): void {
  write(ROOMS, '[]');
}

export function soundSettings(): SoundSettings {
  const stored = readObject(SOUND);
  const flag = (name: keyof SoundSettings): boolean =>
    typeof stored[name] === 'boolean' ? stored[name] : DEFAULT_SOUND[name] === true;
  const device = (name: keyof SoundSettings): string | null =>
    typeof stored[name] === 'string' ? stored[name] : null;
  return {
    microphone: device('microphone'),
    loudspeaker: device('loudspeaker'),
    echoCancellation: flag('echoCancellation'),
    noiseSuppression: flag('noiseSuppression'),
    gainControl: flag('gainControl'),
    music: flag('music'),
    chimes: flag('chimes'),
  };
}

export function rememberSoundSettings(settings: SoundSettings): void {
  write(SOUND, JSON.stringify(settings));
}

function readObject(key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(read(key) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private mode or full: nothing is remembered.
  }
}
