import { describe, expect, it } from 'vitest';
import { encoderConfig } from './encoder';

describe('the coding', () => {
  it('ofSpeechCarriesCopiesForWhatIsLost', () => {
    expect(encoderConfig({ bitrate: 32_000, expectedLoss: 10 }, false)).toMatchObject({
      bitrate: 32_000,
      opus: { signal: 'voice', useinbandfec: true, packetlossperc: 10 },
    });
  });

  // Chromium (156) says that it takes 80, 100 and 120 ms, and its encoder dies of them within a second.
  it('isInFramesThatEveryEncoderSurvives', () => {
    for (const music of [false, true])
      expect(encoderConfig({ bitrate: 32_000, expectedLoss: 10 }, music).opus?.frameDuration).toBe(20_000);
  });

  // libopus 1.3.1 makes part of the music speech when it is to carry copies: 13.9 dB instead of 25.6.
  it('ofMusicDoesNot', () => {
    expect(encoderConfig({ bitrate: 96_000, expectedLoss: 10 }, true)).toMatchObject({
      opus: { signal: 'music', useinbandfec: false, packetlossperc: 0 },
    });
  });
});
