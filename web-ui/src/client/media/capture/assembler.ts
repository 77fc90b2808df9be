import { FRAME_SAMPLES, SAMPLE_RATE } from '../opus';

/**
 * A capture clock this far off the wall clock means that samples were lost (a machine that slept or stalled).
 */
const MAX_DRIFT = SAMPLE_RATE / 10;

/**
 * Cuts the microphone's samples into frames of 20 ms and stamps each with the 48 kHz tick of its first
 * sample. Owned by the publisher.
 */
export class Assembler {
  #frame = new Float32Array(FRAME_SAMPLES);
  #filled = 0;
  #ticks: number | null = null;

  constructor(private readonly onFrame: (samples: Float32Array<ArrayBuffer>, timestamp: number) => void) {}

  /** @param now milliseconds at which the last of these samples arrived */
  take(samples: Float32Array, now: number): void {
    this.#follow(samples.length, now);
    let at = 0;
    while (at < samples.length) {
      const count = Math.min(FRAME_SAMPLES - this.#filled, samples.length - at);
      this.#frame.set(samples.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === FRAME_SAMPLES) this.#emit();
    }
  }

  /** Forgets the frame begun, so that no old sound follows a pause. */
  restart(): void {
    this.#filled = 0;
    this.#ticks = null;
  }

  #follow(arriving: number, now: number): void {
    const expected = Math.round((now * SAMPLE_RATE) / 1000) - arriving - this.#filled;
    if (this.#ticks === null || Math.abs(expected - this.#ticks) > MAX_DRIFT) this.#ticks = expected;
  }

  #emit(): void {
    const timestamp = this.#ticks ?? 0;
    this.#ticks = timestamp + FRAME_SAMPLES;
    this.#filled = 0;
    this.onFrame(this.#frame, timestamp >>> 0);
  }
}
