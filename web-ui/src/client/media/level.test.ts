import { describe, expect, it } from 'vitest';
import { levelOf, VoiceHangover } from './level';

const frame = (amplitude: number): Float32Array => new Float32Array(960).fill(amplitude);

describe('a level', () => {
  it('isTheLoudnessOfTheFrameAndSaysWhetherItMayBeVoice', () => {
    expect(levelOf(frame(1))).toEqual({ voice: true, dbov: 0 });
    expect(levelOf(frame(0.1))).toEqual({ voice: true, dbov: 20 });
    expect(levelOf(frame(0.001))).toEqual({ voice: false, dbov: 60 });
    expect(levelOf(frame(0))).toEqual({ voice: false, dbov: 127 });
  });

  it('countsAsVoiceFor200MillisecondsAfterTheLastVoice', () => {
    const hangover = new VoiceHangover();
    const isVoice = (amplitude: number): boolean => {
      const level = levelOf(frame(amplitude));
      const applied = hangover.applyTo(level);
      expect(applied.dbov).toBe(level.dbov);
      return applied.voice;
    };
    expect(isVoice(0)).toBe(false);
    for (let syllable = 0; syllable < 3; syllable++) {
      expect(isVoice(0.1)).toBe(true);
      for (let n = 0; n < 9; n++) expect(isVoice(0.0001)).toBe(true);
    }
    expect(isVoice(0)).toBe(true);
    expect(isVoice(0)).toBe(false);
    expect(isVoice(0)).toBe(false);
  });
});
