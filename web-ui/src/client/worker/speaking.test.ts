import { describe, expect, it } from 'vitest';
import { SpeakingLevels } from './speaking';

const LOUD = { voice: true, dbov: 15 };

describe('who is speaking', () => {
  it('isToldOnlyWhenSomethingIsDifferent', () => {
    const levels = new SpeakingLevels();
    expect(levels.step()).toEqual([]);
    expect(levels.step()).toBeNull();
    levels.note(1, LOUD);
    expect(levels.step()).toEqual([{ number: 1, loudness: 1, voice: true }]);
    levels.note(1, LOUD);
    expect(levels.step()).toBeNull();
  });

  it('fallsSlowlyAndEndsAtNothing', () => {
    const levels = new SpeakingLevels();
    levels.note(1, LOUD);
    const seen = Array.from({ length: 20 }, () => levels.step()?.[0] ?? null).filter((each) => each !== null);
    const loudness = seen.map((each) => each.loudness);
    expect(loudness).toEqual([...loudness].sort((one, other) => other - one));
    expect(loudness.slice(0, 3)).toEqual([1, 0.72, 0.52]);
    expect(seen.map(({ voice }) => voice).slice(0, 3)).toEqual([true, true, false]);
    expect(levels.step()).toBeNull();
  });

  it('takesTheLoudestFrameOfAStep', () => {
    const levels = new SpeakingLevels();
    levels.note(1, { voice: false, dbov: 30 });
    levels.note(1, { voice: false, dbov: 60 });
    expect(levels.step()).toEqual([{ number: 1, loudness: 0.66, voice: false }]);
  });

  it('isForgottenAtOnceWithWhoeverIsGone', () => {
    const levels = new SpeakingLevels();
    for (const number of [1, 2, 3]) levels.note(number, LOUD);
    levels.forget(2);
    expect(levels.step()?.map(({ number }) => number)).toEqual([1, 3]);
    levels.forget();
    expect(levels.step()).toEqual([]);
  });
});
