import type { Rings } from './ring';

/** What is left of the last sample after each sample of a gap: silence after some 2 ms, without a click. */
const DECAY = 0.95;
const FADE_IN = 1 / 120;
const INAUDIBLE = 1e-5;

/** One ring's voice in the mix. A gap decays to silence, and sound comes back by a short fade. */
export class RingVoice {
  #last = 0;
  #gain = 0;

  constructor(
    private readonly rings: Rings,
    private readonly slot: number,
  ) {}

  /** Adds as many samples to the mix as it is long. `scratch` has the same length and may be reused. */
  addTo(mix: Float32Array, scratch: Float32Array): void {
    const count = this.rings.read(this.slot, scratch);
    if (count === 0 && this.#last === 0) {
      this.#gain = 0;
      return;
    }
    for (let i = 0; i < count; i++) {
      if (this.#gain < 1) this.#gain = Math.min(1, this.#gain + FADE_IN);
      this.#last = (scratch[i] ?? 0) * this.#gain;
      mix[i] = (mix[i] ?? 0) + this.#last;
    }
    if (count < mix.length) this.#decay(mix, count);
  }

  #decay(mix: Float32Array, from: number): void {
    // Counted once per gap: only the way from sound to no sound.
    if (this.#gain > 0) this.rings.countUnderrun(this.slot);
    this.#gain = 0;
    for (let i = from; i < mix.length; i++) {
      this.#last *= DECAY;
      mix[i] = (mix[i] ?? 0) + this.#last;
    }
    if (Math.abs(this.#last) < INAUDIBLE) this.#last = 0;
  }
}
