/** A control message may not be longer (docs/PROTOCOL.md section 1.3). */
export const MAX_EVENT_BYTES = 1 << 20;
const MAX_VARINT_BYTES = 5;

export class TooLong extends Error {}

/**
 * Takes the bytes of a control stream as they come and gives back the control messages in them, each of which
 * stands behind its length as a varint. Holds at most one unfinished control message and one read.
 */
export class LengthDelimitedReader {
  #held: Uint8Array = new Uint8Array(0);

  constructor(private readonly maxBytes: number = MAX_EVENT_BYTES) {}

  /** @throws TooLong when a length is above the limit or is no varint; the stream is then of no more use */
  take(bytes: Uint8Array): Uint8Array[] {
    let rest = this.#held.byteLength === 0 ? bytes : join(this.#held, bytes);
    const whole: Uint8Array[] = [];
    for (;;) {
      const length = readVarint(rest);
      if (length === null) break;
      if (length.value > this.maxBytes) throw new TooLong();
      const end = length.size + length.value;
      if (rest.byteLength < end) break;
      whole.push(rest.subarray(length.size, end));
      rest = rest.subarray(end);
    }
    this.#held = rest.slice();
    return whole;
  }
}

export function writeLengthDelimited(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const prefix: number[] = [];
  let length = body.byteLength;
  while (length > 0x7f) {
    prefix.push((length & 0x7f) | 0x80);
    length >>>= 7;
  }
  prefix.push(length);
  return join(Uint8Array.from(prefix), body);
}

function readVarint(bytes: Uint8Array): { value: number; size: number } | null {
  let value = 0;
  for (let i = 0; i < bytes.byteLength; i++) {
    if (i >= MAX_VARINT_BYTES) throw new TooLong();
    const byte = bytes[i] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, size: i + 1 };
  }
  return null;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.byteLength + b.byteLength);
  both.set(a);
  both.set(b, a.byteLength);
  return both;
}
