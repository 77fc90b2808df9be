import type { Level } from '../frame';

/**
 * As quiet as this is silence: the noise of a room lies above it, what the browser's suppression leaves of it
 * below.
 */
const SILENT_DBOV = 62;
/** 400 ms: longer than any pause inside a sentence. */
const HANGOVER_FRAMES = 20;

/**
 * Keeps silence off the wire (discontinuous transmission). WebCodecs could leave frames out by itself, but
 * then nobody knows which. The frame before the first sound goes with it, so that no onset is cut and
 * listeners begin at once.
 */
export class SilenceGate<T> {
  #quiet = 0;
  #before: T | null = null;

  /** What is to be sent of a frame: nothing, itself, or the one before it as well. */
  pass(frame: T, level: Level): T[] {
    const silent = level.dbov >= SILENT_DBOV && !level.voice;
    if (silent && ++this.#quiet > HANGOVER_FRAMES) {
      this.#before = frame;
      return [];
    }
    if (!silent) this.#quiet = 0;
    const frames = this.#before === null ? [frame] : [this.#before, frame];
    this.#before = null;
    return frames;
  }

  /** After a pause of the microphone nothing before it belongs to what follows. */
  restart(): void {
    this.#quiet = 0;
    this.#before = null;
  }
}
