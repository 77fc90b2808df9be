import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SOUND } from '../client';
import {
  forgetRooms,
  recentRooms,
  rememberedName,
  rememberName,
  rememberRoom,
  rememberSoundSettings,
  rememberVolume,
  soundSettings,
  volumeOf,
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
    expect([rememberedName(), recentRooms(), soundSettings(), volumeOf('ann')]).toEqual([
      '',
      [],
      DEFAULT_SOUND,
      1,
    ]);
  });

  it('isTheNameAndTheSound', () => {
    const settings = { ...DEFAULT_SOUND, microphone: 'desk', music: true, chimes: false };
    rememberName('Ann');
    rememberSoundSettings(settings);
    expect([rememberedName(), soundSettings()]).toEqual(['Ann', settings]);
  });

  it('isTheLastSixRoomsTheLatestFirstAndEachOnce', () => {
    for (const room of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'c']) rememberRoom(room);
    expect(recentRooms()).toEqual(['c', 'g', 'f', 'e', 'd', 'b']);
    forgetRooms();
    expect(recentRooms()).toEqual([]);
  });

  it('isTheVolumeOfThoseWhoAreHeardOtherwiseThanTheySound', () => {
    rememberVolume('ann', 0.5);
    rememberVolume('bea', 0);
    rememberVolume('ann', 1);
    expect([volumeOf('ann'), volumeOf('bea')]).toEqual([1, 0]);
    expect(JSON.parse(items.get('confab.volumes') ?? '')).toEqual({ bea: 0 });
  });

  it('isTheVolumeOfTheTwoHundredChosenLast', () => {
    for (let i = 0; i < 201; i++) rememberVolume(`user-${i}`, 0.5);
    expect([volumeOf('user-0'), volumeOf('user-1'), volumeOf('user-200')]).toEqual([1, 0.5, 0.5]);
  });

  it('isWorthNothingWhereSomethingElseIsStored', () => {
    for (const text of ['{', 'null', '7', '[3]', '{"ann":3,"music":"yes","microphone":4}']) {
      for (const key of ['rooms', 'sound', 'volumes']) items.set(`confab.${key}`, text);
      expect([recentRooms(), soundSettings(), volumeOf('ann')], text).toEqual([[], DEFAULT_SOUND, 1]);
    }
  });

  it('isForgottenWithoutAFaultWhereNothingMayBeStored', () => {
    vi.stubGlobal('localStorage', undefined);
    rememberName('Ann');
    rememberRoom('a');
    expect([rememberedName(), recentRooms(), soundSettings()]).toEqual(['', [], DEFAULT_SOUND]);
  });
});
