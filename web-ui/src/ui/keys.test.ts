import { describe, expect, it } from 'vitest';
import { keyAction } from './keys';

function press(key: string, more: object = {}, ...path: string[]): Parameters<typeof keyAction>[0] {
  const targets = [...path.map((localName) => ({ localName })), {}] as unknown as EventTarget[];
  const plain = { key, repeat: false, ctrlKey: false, metaKey: false, altKey: false };
  return { ...plain, composedPath: () => targets, ...more };
}

describe('a key in a room', () => {
  it('meansWhatTheButtonsSay', () => {
    expect(['m', 'M', 'd', 'h', ' ', 'x', 'constructor'].map((key) => keyAction(press(key)))).toEqual([
      'mute',
      'mute',
      'deafen',
      'hand',
      'talk',
      null,
      null,
    ]);
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'])('belongsToTheBrowserWith %s', (modifier) => {
    expect(keyAction(press('m', { [modifier]: true }))).toBeNull();
    expect(keyAction(press(' ', { [modifier]: true }))).toBeNull();
  });

  it.each(['input', 'textarea', 'select'])('belongsToTheFieldIn %s', (field) => {
    expect([keyAction(press('m', {}, field, 'div')), keyAction(press(' ', {}, field))]).toEqual([null, null]);
  });

  it.each(['button', 'a'])('pressesWhatHasTheFocusWithTheSpaceBarOnly: %s', (element) => {
    expect([keyAction(press(' ', {}, element)), keyAction(press('m', {}, element))]).toEqual([null, 'mute']);
  });

  it('countsOnceHoweverLongItIsHeldButTheSpaceBarTalksOn', () => {
    const repeat = { repeat: true };
    expect([keyAction(press('m', repeat)), keyAction(press(' ', repeat))]).toEqual([null, 'talk']);
  });
});
