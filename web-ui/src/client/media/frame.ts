// Frames and bundles as docs/PROTOCOL.md sections 1.1 and 1.2 define them. Reading and writing sit side by
// side.

export const HEADER_BYTES = 16;
export const MAX_PAYLOAD_BYTES = 1184;
export const MAX_BUNDLE_BYTES = HEADER_BYTES + MAX_PAYLOAD_BYTES;

const VERSION = 1;
const KIND_AUDIO = 0;
const FLAG_ENCRYPTED = 0x01;

/** Loudness as in RFC 6464: dbov is 0 (loudest) to 127 (silence), in -dBov. */
export interface Level {
  readonly voice: boolean;
  readonly dbov: number;
}

export interface Frame {
  readonly encrypted: boolean;
  readonly level: Level;
  readonly participant: number;
  readonly sequence: number;
  /** 48 kHz ticks at the first sample. */
  readonly timestamp: number;
  readonly payload: Uint8Array;
}

export type BundleError = 'version' | 'length' | 'truncated';

/** The audio frames of a bundle up to its end or to the first fault. Payloads are views into `bundle`. */
export interface Walk {
  readonly frames: Frame[];
  readonly error: BundleError | null;
}

/** Never throws: what arrives in a datagram may be anything. */
export function readBundle(bundle: Uint8Array): Walk {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const frames: Frame[] = [];
  let at = 0;
  while (at < bundle.byteLength) {
    if (bundle.byteLength - at < HEADER_BYTES) return { frames, error: 'truncated' };
    const first = view.getUint8(at);
    if (first >> 6 !== VERSION) return { frames, error: 'version' };
    const length = view.getUint16(at + 2);
    if (length === 0 || length > MAX_PAYLOAD_BYTES) return { frames, error: 'length' };
    const end = at + HEADER_BYTES + length;
    if (end > bundle.byteLength) return { frames, error: 'truncated' };
    // A reserved kind is skipped as a whole, so that later versions may add kinds.
    if (((first >> 4) & 0x03) === KIND_AUDIO) {
      const level = view.getUint8(at + 1);
      frames.push({
        encrypted: (first & FLAG_ENCRYPTED) !== 0,
        level: { voice: (level & 0x80) !== 0, dbov: level & 0x7f },
        participant: view.getUint32(at + 4),
        sequence: view.getUint32(at + 8),
        timestamp: view.getUint32(at + 12),
        payload: bundle.subarray(at + HEADER_BYTES, end),
      });
    }
    at = end;
  }
  return { frames, error: null };
}

/** A bundle of these frames; null when they do not fit one bundle or a payload has no legal length. */
export function writeBundle(frames: readonly Frame[]): Uint8Array<ArrayBuffer> | null {
  let size = 0;
  for (const { payload } of frames) {
    if (payload.byteLength < 1 || payload.byteLength > MAX_PAYLOAD_BYTES) return null;
    size += HEADER_BYTES + payload.byteLength;
  }
  if (size === 0 || size > MAX_BUNDLE_BYTES) return null;
  const bundle = new Uint8Array(size);
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const frame of frames) {
    view.setUint8(at, (VERSION << 6) | (KIND_AUDIO << 4) | (frame.encrypted ? FLAG_ENCRYPTED : 0));
    view.setUint8(at + 1, (frame.level.voice ? 0x80 : 0) | (frame.level.dbov & 0x7f));
    view.setUint16(at + 2, frame.payload.byteLength);
    view.setUint32(at + 4, frame.participant);
    view.setUint32(at + 8, frame.sequence);
    view.setUint32(at + 12, frame.timestamp);
    bundle.set(frame.payload, at + HEADER_BYTES);
    at += HEADER_BYTES + frame.payload.byteLength;
  }
  return bundle;
}
