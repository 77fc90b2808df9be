export const SAMPLE_RATE = 48_000;
/** What our own publisher sends: 20 ms. */
export const FRAME_SAMPLES = 960;
const MAX_FRAME_SAMPLES = 5760;

const SILK_SAMPLES = [480, 960, 1920, 2880];
const HYBRID_SAMPLES = [480, 960];
const CELT_SAMPLES = [120, 240, 480, 960];

/** Samples at 48 kHz that an Opus payload decodes to, from its table-of-contents byte (RFC 6716 §3.1). */
export function payloadSamples(payload: Uint8Array): number {
  const toc = payload[0] ?? 0;
  const config = toc >> 3;
  const each =
    config < 12
      ? SILK_SAMPLES[config & 3]
      : config < 16
        ? HYBRID_SAMPLES[config & 1]
        : CELT_SAMPLES[config & 3];
  const code = toc & 3;
  const count = code === 0 ? 1 : code < 3 ? 2 : (payload[1] ?? 0) & 0x3f;
  const samples = (each ?? FRAME_SAMPLES) * count;
  return samples > 0 && samples <= MAX_FRAME_SAMPLES ? samples : FRAME_SAMPLES;
}
