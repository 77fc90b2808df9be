import { distance } from './jitter-buffer';

/**
 * A jump as wide as this, 1.28 s of speech, tells nothing of the way: somebody was muted or not among the
 * loudest, or has begun anew. A power of two, so that the wrap of sequences fits.
 */
const WIDTH = 64;

/** What came in over some time. */
export interface Received {
  readonly received: number;
  /** By gaps in the sequences, whether or not they could be made up for. */
  readonly lost: number;
}

/** The last sequences of one participant. */
interface Window {
  newest: number;
  /** 1 in the slot of a sequence that has not come. */
  readonly missing: Uint8Array;
}

/** Counts the frames that come and those that are missing, for receiver reports. Owned by the worker. */
export class Reception {
  readonly #windows = new Map<number, Window>();
  #received = 0;
  // Below zero when more of what was reported lost has come than has gone missing since.
  #lost = 0;

  note(participant: number, sequence: number): void {
    const window = this.#windows.get(participant);
    const ahead = window ? distance(sequence, window.newest) : WIDTH;
    if (!window || Math.abs(ahead) >= WIDTH) {
      this.#windows.set(participant, { newest: sequence, missing: new Uint8Array(WIDTH) });
      this.#received++;
    } else if (ahead > 0) {
      this.#advance(window, ahead);
    } else {
      this.#fill(window, sequence);
    }
  }

  /** The participant is gone, or everybody is when no number is given. */
  forget(participant?: number): void {
    if (participant === undefined) this.#windows.clear();
    else this.#windows.delete(participant);
  }

  /** What came since the last call; null when there is nothing to tell. */
  take(): Received | null {
    const received = this.#received;
    const lost = Math.max(0, this.#lost);
    this.#received = 0;
    this.#lost -= lost;
    return received + lost > 0 ? { received, lost } : null;
  }

  #advance(window: Window, ahead: number): void {
    for (let skipped = 1; skipped < ahead; skipped++) window.missing[(window.newest + skipped) % WIDTH] = 1;
    window.newest = (window.newest + ahead) >>> 0;
    window.missing[window.newest % WIDTH] = 0;
    this.#received++;
    this.#lost += ahead - 1;
  }

  // One that is not missed has come before.
  #fill({ missing }: Window, sequence: number): void {
    if (missing[sequence % WIDTH] === 0) return;
    missing[sequence % WIDTH] = 0;
    this.#received++;
    this.#lost--;
  }
}
