/** What a key means in a room. */
export type KeyAction = 'talk' | 'mute' | 'deafen' | 'hand';

type KeyPress = Pick<
  KeyboardEvent,
  'code' | 'key' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey' | 'composedPath'
>;
type Target = Partial<Pick<HTMLInputElement, 'localName' | 'type'>>;

const ACTIONS: ReadonlyMap<string, KeyAction> = new Map([
  ['m', 'mute'],
  ['d', 'deafen'],
  ['h', 'hand'],
]);
/** Inputs into which no letters are typed. */
const LETTERLESS: ReadonlySet<string> = new Set(['range', 'checkbox', 'radio', 'button']);
/** Where the space bar means something already, for who came there by the keyboard. */
const PRESSED: ReadonlySet<string> = new Set(['button', 'a', 'input', 'summary']);

/**
 * Null when the key belongs to something else.
 *
 * @param focusByKeyboard whether the focus was put where it is by the keyboard. A focus that a click has left
 *   behind means nothing: the space bar talks.
 */
export function keyAction(press: KeyPress, focusByKeyboard: boolean): KeyAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const path = press.composedPath() as Target[];
  if (path.some(isTypedInto)) return null;
  if (press.key === ' ') {
    return focusByKeyboard && path.some(({ localName = '' }) => PRESSED.has(localName)) ? null : 'talk';
  }
  return press.repeat ? null : (ACTIONS.get(letterOf(press)) ?? null);
}

// Layouts have their Latin letters in different places; only those without any are told by the place.
function letterOf({ key, code }: KeyPress): string {
  const foreign = /^\p{L}$/u.test(key) && !/^[a-z]$/i.test(key);
  return (foreign ? code.replace('Key', '') : key).toLowerCase();
}

function isTypedInto({ localName, type = '' }: Target): boolean {
  return localName === 'input' ? !LETTERLESS.has(type) : localName === 'textarea' || localName === 'select';
}

/** Keeps in mind whether the focus was last moved by the keyboard. Owned by the page's thread. */
export class FocusOrigin {
  #byKeyboard = false;

  get byKeyboard(): boolean {
    return this.#byKeyboard;
  }

  listen(): void {
    addEventListener('pointerdown', this.#onPointer, true);
    addEventListener('keydown', this.#onKey, true);
  }

  close(): void {
    removeEventListener('pointerdown', this.#onPointer, true);
    removeEventListener('keydown', this.#onKey, true);
  }

  readonly #onPointer = (): void => {
    this.#byKeyboard = false;
  };

  readonly #onKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Tab' || key.startsWith('Arrow')) this.#byKeyboard = true;
  };
}
