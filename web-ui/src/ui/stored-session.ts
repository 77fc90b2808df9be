// The session of this tab, kept while it lasts so that a reload of the page comes back as the same
// participant. The address of the page says which room and user it is of. Works, forgetful, where storage is
// not allowed.
import type { Before } from '../client';

/** So long an edge keeps the place of somebody without a connection (docs/PROTOCOL.md section 2.3). */
const KEPT_MS = 20_000;

export interface StoredSession extends Before {
  /** How loud this person hears others: participant number and volume. */
  readonly volumes: readonly (readonly [number, number])[];
}

interface Entry extends StoredSession {
  /** When the session was last known to be alive, in milliseconds since 1970. */
  readonly at: number;
}

export function storeSession(path: string, session: StoredSession): void {
  const entry: Entry = { ...session, at: Date.now() };
  try {
    sessionStorage.setItem(keyOf(path), JSON.stringify(entry));
  } catch {
    // Private mode or full: a reload asks again.
  }
}

/** The session of this page, if its place may still be kept. */
export function storedSession(path: string): StoredSession | null {
  try {
    const entry: unknown = JSON.parse(sessionStorage.getItem(keyOf(path)) ?? 'null');
    return isEntry(entry) && Math.abs(Date.now() - entry.at) < KEPT_MS ? entry : null;
  } catch {
    return null;
  }
}

export function forgetSession(path: string): void {
  try {
    sessionStorage.removeItem(keyOf(path));
  } catch {
    // Then there is none.
  }
}

function keyOf(path: string): string {
  return `confab.session:${path}`;
}

// Only this page writes entries; a former version of it may have written others.
function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Entry> | null;
  return (
    typeof entry?.at === 'number' &&
    typeof entry.join?.room === 'string' &&
    typeof entry.resume?.token === 'string' &&
    typeof entry.resume.attempt === 'number' &&
    Array.isArray(entry.volumes)
  );
}
