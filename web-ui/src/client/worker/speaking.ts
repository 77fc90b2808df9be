import type { Level } from '../media/frame';
import { loudness } from '../media/level';
import type { Speaking } from './port';

/** Loudness falls to this share in every step, so that tiles do not flicker between syllables. */
const FALL = 0.72;
/**
 * Steps for which somebody still counts as speaking after the last frame with voice; senders add 200 ms to
 * it.
 */
const HANG = 2;

interface Heard {
  loudness: number;
  hang: number;
}

/** Who is speaking, from the levels in frame headers. Looked at in regular steps. */
export class SpeakingLevels {
  readonly #heard = new Map<number, Heard>();
  #last = '';

  note(participant: number, level: Level): void {
    const heard = this.#heard.get(participant) ?? { loudness: 0, hang: 0 };
    heard.loudness = Math.max(heard.loudness, loudness(level.dbov));
    if (level.voice) heard.hang = HANG;
    this.#heard.set(participant, heard);
  }

  forget(participant?: number): void {
    if (participant === undefined) this.#heard.clear();
    else this.#heard.delete(participant);
  }

  /** One step on. Null when nothing is different from the step before. */
  step(): Speaking[] | null {
    const speaking: Speaking[] = [];
    for (const [number, heard] of this.#heard) {
      const voice = heard.hang > 0;
      const loudness = Math.round(heard.loudness * 50) / 50;
      if (voice || loudness > 0) speaking.push({ number, loudness, voice });
      else this.#heard.delete(number);
      heard.loudness *= FALL;
      heard.hang = Math.max(0, heard.hang - 1);
    }
    const shown = JSON.stringify(speaking);
    if (shown === this.#last) return null;
    this.#last = shown;
    return speaking;
  }
}
