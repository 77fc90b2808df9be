import { blend } from './blend';

/** 60 ms, after which what is made up has faded away. */
const FADE_SAMPLES = 2880;
/** 5 ms over which it flows into what follows. */
const BRIDGE_SAMPLES = 240;

/** Makes sound up for a decoder that cannot: the last frame to and fro, which never jumps, fading. */
export class Concealment {
  #last: Float32Array = new Float32Array();
  #made = 0;

  /** Takes the frame that is played next, and changes its beginning where sound was made up before it. */
  follow(sound: Float32Array): Float32Array {
    if (this.#made > 0) blend(this.make(BRIDGE_SAMPLES), sound);
    this.#last = sound;
    this.#made = 0;
    return sound;
  }

  make(samples: number): Float32Array {
    const sound = Float32Array.from({ length: samples }, (_, i) => this.#at(this.#made + i));
    this.#made += samples;
    return sound;
  }

  #at(made: number): number {
    const end = this.#last.length - 1;
    if (end < 1 || made >= FADE_SAMPLES) return 0;
    const way = (made + 1) % (2 * end);
    return (this.#last[Math.abs(end - way)] ?? 0) * (1 - made / FADE_SAMPLES);
  }
}
