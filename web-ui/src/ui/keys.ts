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

/** What has the focus, through shadow roots. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/**
 * Keeps in mind whether the focus was last moved by the keyboard: by a Tab or an arrow after which another
 * element has it. Not by a key that moves nothing, nor by the page itself. Owned by the page's thread.
 */
export class FocusOrigin {
  #byKeyboard = false;
  // What had the focus when a key was pressed that may move it.
  #before: Element | null | undefined;

  constructor(private readonly look: () => Element | null = focused) {}

  get byKeyboard(): boolean {
    return this.#byKeyboard;
  }

  listen(): void {
    addEventListener('pointerdown', this.pointer, true);
    addEventListener('keydown', this.keyDown, true);
    addEventListener('keyup', this.keyUp, true);
  }

  close(): void {
    removeEventListener('pointerdown', this.pointer, true);
    removeEventListener('keydown', this.keyDown, true);
    removeEventListener('keyup', this.keyUp, true);
  }

  readonly pointer = (): void => {
    this.#byKeyboard = false;
    this.#before = undefined;
  };

  readonly keyDown = ({ key }: Pick<KeyboardEvent, 'key'>): void => {
    this.keyUp();
    if (key === 'Tab' || key.startsWith('Arrow')) this.#before = this.look();
  };

  readonly keyUp = (): void => {
    if (this.#before !== undefined && this.look() !== this.#before) this.#byKeyboard = true;
    this.#before = undefined;
  };
}
