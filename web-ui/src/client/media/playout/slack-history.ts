const SAMPLES_PER_SECOND = 48_000;
const SLICES_PER_SECOND = 10;
const SLICES = 100;

/**
 * How long before its turn a frame came at the least, in each tenth of the last ten seconds that were played.
 */
export class SlackHistory {
  readonly #slices = new Float64Array(SLICES);
  readonly #looksPerSlice: number;
  #looks = 0;

  /** @param lookEvery samples played between two calls of `look` */
  constructor(lookEvery: number) {
    this.#looksPerSlice = SAMPLES_PER_SECOND / SLICES_PER_SECOND / lookEvery;
    this.clear();
  }

  /** Seconds since it is kept, those that are forgotten included. */
  get seconds(): number {
    return this.#looks / this.#looksPerSlice / SLICES_PER_SECOND;
  }

  get #slice(): number {
    return Math.floor(this.#looks / this.#looksPerSlice);
  }

  /** Time goes by. */
  look(): void {
    const before = this.#slice;
    this.#looks++;
    if (this.#slice !== before) this.#slices[this.#slice % SLICES] = Infinity;
  }

  note(slack: number): void {
    const slice = this.#slice % SLICES;
    this.#slices[slice] = Math.min(this.#slices[slice] ?? Infinity, slack);
  }

  /** The least of the last seconds, infinite when nothing came. */
  least(seconds: number): number {
    let least = Infinity;
    for (let back = 0; back < seconds * SLICES_PER_SECOND; back++) {
      least = Math.min(least, this.#slices[(this.#slice + SLICES - back) % SLICES] ?? Infinity);
    }
    return least;
  }

  clear(): void {
    this.#slices.fill(Infinity);
    this.#looks = 0;
  }
}
