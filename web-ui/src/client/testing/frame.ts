import type { Frame } from '../media/frame';
import { FRAME_SAMPLES } from '../media/opus';

/** A frame of 20 ms of somebody who never pauses, unless told otherwise. */
export function frame(sequence: number, payload: Uint8Array, other: Partial<Frame> = {}): Frame {
  const level = { voice: true, dbov: 30 };
  const timestamp = sequence * FRAME_SAMPLES;
  return { encrypted: false, level, participant: 1, sequence, timestamp, payload, ...other };
}
