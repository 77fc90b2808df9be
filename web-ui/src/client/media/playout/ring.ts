/** Speakers that can sound at the same time. */
export const SLOTS = 64;
/**
 * Samples per ring (170 ms); a power of two, so that positions may wrap. When full, what is written is cut.
 */
export const CAPACITY = 8192;
/** Samples played between two ticks of the playout worklet. */
export const TICK_SAMPLES = 256;

const FIELDS = 3;
const WRITTEN = 0;
const READ = 1;
const UNDERRUNS = 2;
const POSITION_BYTES = SLOTS * FIELDS * Int32Array.BYTES_PER_ELEMENT;
export const RINGS_BYTES = POSITION_BYTES + SLOTS * CAPACITY * Float32Array.BYTES_PER_ELEMENT;

/**
 * One ring of samples per speaker between the worker, which alone writes, and the playout worklet, which
 * alone reads. Both have an instance over the same shared memory; without shared memory each has its own and
 * MirroredRings keeps them alike.
 */
export class Rings {
  readonly #positions: Int32Array;
  readonly #samples: Float32Array;

  constructor(memory: ArrayBuffer | SharedArrayBuffer) {
    this.#positions = new Int32Array(memory, 0, SLOTS * FIELDS);
    this.#samples = new Float32Array(memory, POSITION_BYTES);
  }

  /** Samples written and not yet read. */
  level(slot: number): number {
    return (this.#load(slot, WRITTEN) - this.#load(slot, READ)) | 0;
  }

  underruns(slot: number): number {
    return this.#load(slot, UNDERRUNS);
  }

  write(slot: number, samples: Float32Array): void {
    const count = Math.min(samples.length, CAPACITY - this.level(slot));
    const at = this.#load(slot, WRITTEN);
    const start = at & (CAPACITY - 1);
    const head = Math.min(count, CAPACITY - start);
    const offset = slot * CAPACITY;
    this.#samples.set(samples.subarray(0, head), offset + start);
    this.#samples.set(samples.subarray(head, count), offset);
    // The samples are in place before the position says so.
    this.#store(slot, WRITTEN, at + count);
  }

  /** Fills the front of `into` and returns how many samples there were. */
  read(slot: number, into: Float32Array): number {
    const count = Math.min(into.length, this.level(slot));
    if (count <= 0) return 0;
    const at = this.#load(slot, READ);
    const offset = slot * CAPACITY;
    for (let i = 0; i < count; i++) into[i] = this.#samples[offset + ((at + i) & (CAPACITY - 1))] ?? 0;
    this.#store(slot, READ, at + count);
    return count;
  }

  countUnderrun(slot: number): void {
    this.#store(slot, UNDERRUNS, this.underruns(slot) + 1);
  }

  /** What the reader has done, for a writer without shared memory. */
  readPositions(): Int32Array {
    return this.#positions.slice();
  }

  takeReadPositions(positions: Int32Array): void {
    for (let slot = 0; slot < SLOTS; slot++) {
      this.#store(slot, READ, positions[slot * FIELDS + READ] ?? 0);
      this.#store(slot, UNDERRUNS, positions[slot * FIELDS + UNDERRUNS] ?? 0);
    }
  }

  #load(slot: number, field: number): number {
    return Atomics.load(this.#positions, slot * FIELDS + field);
  }

  #store(slot: number, field: number, value: number): void {
    Atomics.store(this.#positions, slot * FIELDS + field, value);
  }
}

/** What the worker posts to the worklet when memory is not shared. */
export interface RingWrite {
  readonly slot: number;
  readonly samples: Float32Array;
}

/** The worker's rings when memory cannot be shared: every write is also posted to the worklet's own rings. */
export class MirroredRings extends Rings {
  constructor(private readonly port: MessagePort) {
    super(new ArrayBuffer(RINGS_BYTES));
  }

  override write(slot: number, samples: Float32Array): void {
    super.write(slot, samples);
    const note: RingWrite = { slot, samples };
    this.port.postMessage(note);
  }
}
