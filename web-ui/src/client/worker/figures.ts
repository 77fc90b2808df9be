import { SAMPLE_RATE } from '../media/opus';
import type { PlayoutStats } from '../media/playout/playout';
import type { Figures } from './port';

/** RFC 3550 section 6.4.1 smooths by this. */
const JITTER_SMOOTHING = 16;
/**
 * A frame this far from when it was due says nothing of jitter: the speaker paused, or the capture clock
 * moved.
 */
const MAX_DEVIATION_MS = 500;

interface Arrival {
  /** Arrival minus capture, by two clocks that have nothing to do with each other. */
  transit: number;
  jitter: number;
}

/** Counts what goes over the wire and makes rates of it, second by second. */
export class CallFigures {
  readonly #arrivals = new Map<number, Arrival>();
  #sent = 0;
  #unsent = 0;
  #unsentTaken = 0;
  #bytesIn = 0;
  #bytesOut = 0;
  #last: PlayoutStats | null = null;
  #overflows = 0;
  #takenAt: number;

  /** @param now milliseconds, as performance.now */
  constructor(private readonly now: () => number) {
    this.#takenAt = now();
  }

  noteSent(bytes: number, left: boolean): void {
    if (left) {
      this.#sent++;
      this.#bytesOut += bytes;
    } else {
      this.#unsent++;
    }
  }

  noteOverflow(): void {
    this.#overflows++;
  }

  noteReceived(bytes: number): void {
    this.#bytesIn += bytes;
  }

  /** @param timestamp of the capture, in samples modulo 2^32 */
  noteFrame(participant: number, timestamp: number): void {
    const transit = this.now() - (timestamp * 1000) / SAMPLE_RATE;
    const arrival = this.#arrivals.get(participant);
    if (!arrival) {
      this.#arrivals.set(participant, { transit, jitter: 0 });
      return;
    }
    const deviation = Math.abs(transit - arrival.transit);
    arrival.transit = transit;
    if (deviation < MAX_DEVIATION_MS) arrival.jitter += (deviation - arrival.jitter) / JITTER_SMOOTHING;
  }

  forget(participant?: number): void {
    if (participant === undefined) this.#arrivals.clear();
    else this.#arrivals.delete(participant);
  }

  /** Frames that could not be sent since this was last asked. */
  takeUnsent(): number {
    const unsent = this.#unsent - this.#unsentTaken;
    this.#unsentTaken = this.#unsent;
    return unsent;
  }

  /** To be called once a second. */
  take(playout: PlayoutStats, shared: boolean): Figures {
    const now = this.now();
    const seconds = Math.max(0.001, (now - this.#takenAt) / 1000);
    const before = this.#last ?? playout;
    const figures: Figures = {
      ...playout,
      jitterMs: Math.max(0, ...[...this.#arrivals.values()].map(({ jitter }) => jitter)),
      lossPercent: percent(playout.lost - before.lost, playout.received - before.received),
      concealedPercent: percent(
        playout.concealed - before.concealed,
        playout.played - before.played - (playout.concealed - before.concealed),
      ),
      kilobitsIn: (this.#bytesIn * 8) / 1000 / seconds,
      kilobitsOut: (this.#bytesOut * 8) / 1000 / seconds,
      sent: this.#sent,
      unsent: this.#unsent,
      overflows: this.#overflows,
      shared,
    };
    this.#last = playout;
    this.#takenAt = now;
    this.#bytesIn = 0;
    this.#bytesOut = 0;
    return figures;
  }
}

// Of all, the part that is missing; nothing at all is no loss.
function percent(missing: number, there: number): number {
  const all = missing + there;
  return all <= 0 ? 0 : Math.max(0, (missing / all) * 100);
}
