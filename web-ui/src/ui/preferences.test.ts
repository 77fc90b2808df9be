import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SOUND } from '../client';
import {
  forgetRooms,
  recentRooms,
  rememberedName,
  rememberName,
  rememberRoom,
  rememberSoundSettings,
  soundSettings,
} from './preferences';

describe('what the browser remembers', () => {
  let items: Map<string, string>;
  beforeEach(() => {
    items = new Map();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('isNothingAtFirst', () => {
    expect([rememberedName(), recentRooms(), soundSettings()]).toEqual(['', [], DEFAULT_SOUND]);
  });

  it('isTheNameAndTheSound', () => {
    const settings = { ...DEFAULT_SOUND, microphone: 'desk', music: true, chimes: false };
    rememberName('Ann');
    rememberSoundSettings(settings);
    expect([rememberedName(), soundSettings()]).toEqual(['Ann', settings]);
  });

  it('isTheLastSixRoomsTheLatestFirstAndEachOnce', () => {
    for (const room of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'c']) {
      rememberRoom({ room, name: null, token: null });
    }
    expect(recentRooms().map(({ room }) => room)).toEqual(['c', 'g', 'f', 'e', 'd', 'b']);
    forgetRooms();
    expect(recentRooms()).toEqual([]);
  });

  it('isTheNameOfARoomAndTheLinkByWhichOneCame', () => {
    items.set('confab.rooms', '["from-before"]');
    const weekly = { room: 'otter-1', name: 'Weekly', token: 'a.b.c' };
    rememberRoom(weekly);
    expect(recentRooms()).toEqual([weekly, { room: 'from-before', name: null, token: null }]);
  });

  it('isWorthNothingWhereSomethingElseIsStored', () => {
    for (const text of ['{', 'null', '7', '[3]', '{"ann":3,"music":"yes","microphone":4}']) {
      for (const key of ['rooms', 'sound']) items.set(`confab.${key}`, text);
      expect([recentRooms(), soundSettings()], text).toEqual([[], DEFAULT_SOUND]);
    }
  });

  it('isForgottenWithoutAFaultWhereNothingMayBeStored', () => {
    vi.stubGlobal('localStorage', undefined);
    rememberName('Ann');
    rememberRoom({ room: 'a', name: null, token: null });
    expect([rememberedName(), recentRooms(), soundSettings()]).toEqual(['', [], DEFAULT_SOUND]);
  });
});
