/** Samples of the frame before that the curve through a frame's first samples needs. */
const HISTORY = 3;

/**
 * Makes frames a little longer or shorter without a seam: every frame is read along a cubic (Catmull-Rom)
 * curve from its first sample to the next frame's first. A frame that keeps its length is copied exactly.
 * Delays by two samples. Owned by its speaker.
 */
export class Stretcher {
  #before = new Float32Array(HISTORY);

  process(frame: Float32Array, samples: number): Float32Array {
    const length = frame.length;
    const input = new Float32Array(HISTORY + length);
    input.set(this.#before);
    input.set(frame, HISTORY);
    this.#before = input.slice(length);
    if (samples === length) return input.subarray(1, 1 + length);
    const output = new Float32Array(samples);
    const step = length / samples;
    for (let i = 0; i < samples; i++) {
      const position = 1 + i * step;
      const at = Math.floor(position);
      output[i] = curve(input, at, position - at);
    }
    return output;
  }
}

function curve(x: Float32Array, at: number, t: number): number {
  const a = x[at - 1] ?? 0;
  const b = x[at] ?? 0;
  const c = x[at + 1] ?? 0;
  const d = x[at + 2] ?? 0;
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
