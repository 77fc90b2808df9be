// What this browser remembers of its person. Works, forgetful, where storage is not allowed.
const NAME = 'confab.name';
const ROOMS = 'confab.rooms';
const MAX_ROOMS = 6;

export function rememberedName(): string {
  return read(NAME) ?? '';
}

export function rememberName(name: string): void {
  write(NAME, name);
}

export function recentRooms(): string[] {
  try {
    const rooms: unknown = JSON.parse(read(ROOMS) ?? '[]');
    return Array.isArray(rooms) ? rooms.filter((room) => typeof room === 'string').slice(0, MAX_ROOMS) : [];
  } catch {
    return [];
  }
}

export function rememberRoom(room: string): void {
  const rooms = [room, ...recentRooms().filter((other) => other !== room)];
  write(ROOMS, JSON.stringify(rooms.slice(0, MAX_ROOMS)));
}

export function forgetRooms(): void {
  write(ROOMS, '[]');
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
