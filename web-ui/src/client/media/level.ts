import type { Level } from './frame';

/** Quieter than this counts as no voice; speech behind the browser's gain control sits near 25. */
const VOICE_DBOV = 50;
const SILENCE_DBOV = 127;
/** 200 ms: longer than the pauses between syllables. */
const HANGOVER_FRAMES = 10;

/** The loudness of one frame of samples in -1..1. */
export function levelOf(samples: Float32Array): Level {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  const dbov =
    rms > 0 ? Math.min(SILENCE_DBOV, Math.max(0, Math.round(-20 * Math.log10(rms)))) : SILENCE_DBOV;
  return { voice: dbov <= VOICE_DBOV, dbov };
}

/** Keeps the voice bit set for a moment after the last voice: edges choose speakers by it. */
export class VoiceHangover {
  #left = 0;

  /** @param level of the next frame */
  applyTo(level: Level): Level {
    this.#left = level.voice ? HANGOVER_FRAMES : this.#left - 1;
    return this.#left < 0 ? level : { ...level, voice: true };
  }
}

/** 0 (nothing to be seen) to 1 (loud) for the eye; -60 dBov and below is nothing. */
export function loudness(dbov: number): number {
  return Math.min(1, Math.max(0, (60 - dbov) / 45));
}
