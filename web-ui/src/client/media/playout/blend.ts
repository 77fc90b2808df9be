/** Lets the beginning of `into` flow out of `from`, over as many samples as `from` has. */
export function blend(from: Float32Array, into: Float32Array): void {
  const count = Math.min(from.length, into.length);
  for (let i = 0; i < count; i++) {
    const share = i / count;
    into[i] = (from[i] ?? 0) * (1 - share) + (into[i] ?? 0) * share;
  }
}
