const CEILING = 0.9;
/** Share of the way back to full loudness per block of 128 samples: about half a second in all. */
const RELEASE = 0.006;

/**
 * Keeps the sum of several voices inside -1..1: the gain follows the peak of each block, and what a ramp
 * cannot catch is rounded off. Quiet mixes pass unchanged. Owned by the playout worklet.
 */
export class Limiter {
  #gain = 1;

  process(block: Float32Array): void {
    let peak = 0;
    for (const sample of block) peak = Math.max(peak, Math.abs(sample));
    const wanted = peak > CEILING ? CEILING / peak : 1;
    const from = this.#gain;
    const to = wanted < from ? wanted : from + (wanted - from) * RELEASE;
    this.#gain = to > 0.9999 ? 1 : to;
    if (from === 1 && this.#gain === 1) return;
    const step = (this.#gain - from) / block.length;
    for (let i = 0; i < block.length; i++) block[i] = round((block[i] ?? 0) * (from + step * (i + 1)));
  }
}

function round(sample: number): number {
  const size = Math.abs(sample);
  if (size <= CEILING) return sample;
  const over = (size - CEILING) / (1 - CEILING);
  return Math.sign(sample) * (CEILING + (1 - CEILING) * Math.tanh(over));
}
