import { beforeEach, describe, expect, it } from 'vitest';
import { FocusOrigin, keyAction } from './keys';

type Press = Parameters<typeof keyAction>[0];

function press(key: string, more: object = {}, ...path: (string | object)[]): Press {
  const targets = path.map((target) => (typeof target === 'string' ? { localName: target } : target));
  const code = key === ' ' ? 'Space' : `Key${key.toUpperCase()}`;
  const plain = { key, code, repeat: false, ctrlKey: false, metaKey: false, altKey: false };
  return { ...plain, composedPath: () => [...targets, {}] as unknown as EventTarget[], ...more };
}

const onKeyboard = (event: Press): ReturnType<typeof keyAction> => keyAction(event, true);
const afterClick = (event: Press): ReturnType<typeof keyAction> => keyAction(event, false);
const input = (type: string): object => ({ localName: 'input', type });

describe('a key in a room', () => {
  it('meansWhatTheButtonsSay', () => {
    const actions = ['m', 'M', 'd', 'h', ' ', 'x', 'constructor'].map((key) => onKeyboard(press(key)));
    expect(actions).toEqual(['mute', 'mute', 'deafen', 'hand', 'talk', null, null]);
  });

  it('isTheSameInEveryScript', () => {
    expect(onKeyboard(press('ь', { code: 'KeyM' }))).toBe('mute');
    expect(onKeyboard(press('р', { code: 'KeyH' }))).toBe('hand');
    // AZERTY has M where QWERTY has the semicolon.
    expect(onKeyboard(press('m', { code: 'Semicolon' }))).toBe('mute');
    expect(onKeyboard(press(',', { code: 'KeyM' }))).toBeNull();
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'])('belongsToTheBrowserWith %s', (modifier) => {
    expect(onKeyboard(press('m', { [modifier]: true }))).toBeNull();
    expect(onKeyboard(press(' ', { [modifier]: true }))).toBeNull();
  });

  it.each([input('text'), input('search'), { localName: 'input' }, 'textarea', 'select'])(
    'belongsToTheFieldIn %o',
    (field) => {
      expect([afterClick(press('m', {}, field, 'div')), afterClick(press(' ', {}, field))]).toEqual([
        null,
        null,
      ]);
    },
  );

  it.each(['button', 'a', 'summary', input('checkbox'), input('range')])(
    'pressesWhatTheKeyboardHasReachedWithTheSpaceBarOnly: %o',
    (element) => {
      expect([onKeyboard(press(' ', {}, element)), onKeyboard(press('m', {}, element))]).toEqual([
        null,
        'mute',
      ]);
    },
  );

  it.each(['button', 'a', input('checkbox'), input('range')])('talksAfterAClickOn %o', (element) => {
    expect([afterClick(press(' ', {}, element)), afterClick(press('m', {}, element))]).toEqual([
      'talk',
      'mute',
    ]);
  });

  it('countsOnceHoweverLongItIsHeldButTheSpaceBarTalksOn', () => {
    const repeat = { repeat: true };
    expect([onKeyboard(press('m', repeat)), onKeyboard(press(' ', repeat))]).toEqual([null, 'talk']);
  });
});

describe('the focus', () => {
  const [button, field] = [{}, {}] as unknown as [Element, Element];
  let at: Element | null = button;
  let focus = new FocusOrigin(() => at);

  // The key goes down, the browser does what it does, the key goes up.
  function type(key: string, to: Element | null = at): void {
    focus.keyDown({ key });
    at = to;
    focus.keyUp();
  }

  beforeEach(() => {
    at = button;
    focus = new FocusOrigin(() => at);
  });

  it('isWhereTheKeyboardHasPutIt', () => {
    type('Tab', field);
    expect(focus.byKeyboard).toBe(true);
    type('a');
    expect(focus.byKeyboard).toBe(true);
    focus.pointer();
    expect(focus.byKeyboard).toBe(false);
  });

  it('isNotMovedByAKeyThatMovesNothing', () => {
    for (const key of ['ArrowDown', 'ArrowLeft', 'Tab', 'Enter', 'Escape', 'a']) type(key);
    expect(focus.byKeyboard).toBe(false);
  });

  it('isNotMovedByThePage', () => {
    type('Escape', field);
    type('Enter', button);
    at = field;
    type(' ');
    expect(focus.byKeyboard).toBe(false);
  });

  it('isSeenToMoveThoughTheKeyIsStillDown', () => {
    focus.keyDown({ key: 'Tab' });
    at = field;
    focus.keyDown({ key: ' ' });
    expect(focus.byKeyboard).toBe(true);
  });
});
