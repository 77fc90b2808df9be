/** What a key means in a room. */
export type KeyAction = 'talk' | 'mute' | 'deafen' | 'hand';

type KeyPress = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey' | 'composedPath'>;

const ACTIONS: ReadonlyMap<string, KeyAction> = new Map([
  ['m', 'mute'],
  ['d', 'deafen'],
  ['h', 'hand'],
]);
/** Where letters are typed, or choose. */
const TYPED_INTO: ReadonlySet<string> = new Set(['input', 'textarea', 'select']);
/** Where the space bar means something already. */
const PRESSED: ReadonlySet<string> = new Set(['button', 'a']);

/** Null when the key belongs to something else. */
export function keyAction(press: KeyPress): KeyAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const path = press.composedPath().map((target) => (target as Partial<Element>).localName ?? '');
  if (path.some((name) => TYPED_INTO.has(name))) return null;
  if (press.key === ' ') return path.some((name) => PRESSED.has(name)) ? null : 'talk';
  return press.repeat ? null : (ACTIONS.get(press.key.toLowerCase()) ?? null);
}
