/** Seconds of history that decide; long enough to see the bursts of a busy Wi-Fi. */
const WINDOW_SECONDS = 2;
const SAMPLES_PER_SECOND = 48_000;
const SETTLE_SECONDS = 0.4;
/** What is at hand in the first moment of a stream says nothing: the burst after a stall may still be coming in. */
const BEGIN_SECONDS = 0.1;
/** Width of the band in which nothing is changed: 14 ms. */
const BAND = 672;
/** Slack above the band from which a quiet frame, or any frame, is left out instead of played faster. */
const LEAVE_OUT_QUIET = 960;
const LEAVE_OUT_ANY = 3840;

export type Advice = 'keep' | 'faster' | 'slower' | 'leave-out';

/**
 * Steers the delay of one speaker by the least slack (samples ready or waiting when the ring is looked at) of the
 * last two seconds: what is never used up is delay for nothing. Needs no clock and no estimate of jitter, and
 * follows clock drift by itself. Owned by its jitter buffer.
 */
export class DelayControl {
  readonly #window: Float64Array;
  readonly #settle: number;
  readonly #begin: number;
  // Below zero while the stream begins.
  #count = 0;
  // Delay that was added on purpose so far. History is stored without it, so that a change shows its whole effect
  // on the minimum at once and the control does not overshoot.
  #added = 0;

  /** @param lookEvery samples played between two calls of `look` */
  constructor(lookEvery: number) {
    this.#window = new Float64Array(Math.ceil((WINDOW_SECONDS * SAMPLES_PER_SECOND) / lookEvery));
    this.#settle = Math.ceil((SETTLE_SECONDS * SAMPLES_PER_SECOND) / lookEvery);
    this.#begin = Math.ceil((BEGIN_SECONDS * SAMPLES_PER_SECOND) / lookEvery);
    this.reset();
  }

  /** Takes the slack seen at a regular look. */
  look(slack: number): void {
    if (this.#count >= 0) this.#window[this.#count % this.#window.length] = slack - this.#added;
    this.#count++;
  }

  /** Tells that the delay was changed on purpose: positive when samples were added. */
  shifted(samples: number): void {
    this.#added += samples;
  }

  /** Forgets everything: the stream begins anew. */
  reset(): void {
    this.#count = -this.#begin;
    this.#added = 0;
  }

  /** The least slack of the window, or null before there is enough history. */
  leastSlack(): number | null {
    if (this.#count < this.#settle) return null;
    const seen = Math.min(this.#count, this.#window.length);
    let least = Infinity;
    for (let i = 0; i < seen; i++) least = Math.min(least, this.#window[i] ?? Infinity);
    return least + this.#added;
  }

  /** @param deadline slack below which sound would have to be made up */
  advise(deadline: number, quiet: boolean): Advice {
    const least = this.leastSlack();
    if (least === null) return 'keep';
    const low = deadline + 48;
    const high = low + BAND;
    if (least > high + LEAVE_OUT_ANY || (quiet && least > high + LEAVE_OUT_QUIET)) return 'leave-out';
    if (least > high) return 'faster';
    return least < low ? 'slower' : 'keep';
  }
}
