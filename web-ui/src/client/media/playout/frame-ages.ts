import { SAMPLE_RATE } from '../opus';
import { distance } from './jitter-buffer';

/** A jitter buffer keeps no more than 400 ms, and a ring some 30 ms: older frames could never be played. */
const MAX_AGE_MS = 500;
/** More than clocks drift apart, so that the fastest frame of long ago does not make later ones old. */
const DRIFT = 0.001;
/** Of frames that were held up together each is at least this much younger than the one before. */
const LEAST_STEP_MS = 5;

/** What is known of one speaker's frames. */
interface Ages {
  /** The frame that came fastest. */
  timestamp: number;
  cameAt: number;
  /** Of the last frame that was too old, if it was the last. */
  old: { readonly timestamp: number; readonly age: number } | null;
}

/**
 * Finds the frames that came too late to be played, by how much longer they were under way than the fastest
 * of their speaker. After a stall of the worker, the link or the speaker's page everything comes at once:
 * Chromium drops datagrams by age itself, Firefox ESR (153) hands out all, and so does WebSocket anywhere.
 * Owned by the call.
 */
export class FrameAges {
  readonly #speakers = new Map<number, Ages>();

  /**
   * @param timestamp of the capture, in samples modulo 2^32
   * @param now milliseconds that only grow
   */
  isTooOld(participant: number, timestamp: number, now: number): boolean {
    const known = this.#speakers.get(participant);
    const age = known ? ageOf(timestamp, now, known) : 0;
    if (known && age > MAX_AGE_MS && isHeldUp(timestamp, age, known)) return true;
    if (known && age > 0 && age <= MAX_AGE_MS) known.old = null;
    else this.#speakers.set(participant, { timestamp, cameAt: now, old: null });
    return false;
  }

  /** The participant is gone, or everybody is when no number is given. */
  forget(participant?: number): void {
    if (participant === undefined) this.#speakers.clear();
    else this.#speakers.delete(participant);
  }
}

function ageOf(timestamp: number, now: number, { timestamp: fastest, cameAt }: Ages): number {
  return (now - cameAt) * (1 - DRIFT) - (distance(timestamp, fastest) * 1000) / SAMPLE_RATE;
}

// Frames that grow no younger come as fast as they are spoken: the way has become longer, or the clock is
// another, and they are the present.
function isHeldUp(timestamp: number, age: number, known: Ages): boolean {
  const { old } = known;
  // Came again, or out of order.
  if (old && distance(timestamp, old.timestamp) <= 0) return true;
  if (old && age > old.age - LEAST_STEP_MS) return false;
  known.old = { timestamp, age };
  return true;
}
