import type { OpusDecoderHandle } from 'libopus-wasm';
import { SAMPLE_RATE } from '../opus';
import { WebCodecsDecoder } from './webcodecs-decoder';

/** Decodes one speaker's frames, with the decoder state that belongs to them. Synchronous. */
export interface Decoder {
  /**
   * Only of a decoder that takes its time: tells once this payload can be decoded or turned out to be no
   * Opus.
   */
  prepare?(payload: Uint8Array, ready: () => void): void;
  /** Throws for what is no Opus. */
  decode(payload: Uint8Array): Float32Array;
  /** The frame before `following`, from the in-band FEC in it; concealed where it holds none. */
  recover(following: Uint8Array, samples: number): Float32Array;
  conceal(samples: number): Float32Array;
  free(): void;
}

type Library = typeof import('libopus-wasm');
const RETRY_MS = 3_000;
let library: Promise<Library> | null = null;

/**
 * Loads the codec, which is a chunk of its own. After a failure it is tried again, but not for every frame.
 */
function loadCodec(): Promise<Library> {
  library ??= import('libopus-wasm').catch((cause: unknown) => {
    setTimeout(() => {
      library = null;
    }, RETRY_MS);
    throw cause;
  });
  return library;
}

export async function createDecoder(): Promise<Decoder> {
  const { createDecoder: create } = await loadCodec();
  try {
    return new OpusDecoder(await create({ channels: 1, sampleRate: SAMPLE_RATE }));
  } catch (cause) {
    // The codec is here but does not run: a browser or its policy forbids WebAssembly.
    if (typeof AudioDecoder === 'undefined') throw cause;
    return new WebCodecsDecoder();
  }
}

/** WASM libopus: unlike WebCodecs it decodes synchronously and knows FEC and concealment. */
class OpusDecoder implements Decoder {
  constructor(private readonly opus: OpusDecoderHandle) {}

  decode(payload: Uint8Array): Float32Array {
    return this.opus.decodeFloat(payload).slice();
  }

  recover(following: Uint8Array, samples: number): Float32Array {
    return this.opus.decodeFloat(following, { decodeFec: true, frameSize: samples }).slice(0, samples);
  }

  conceal(samples: number): Float32Array {
    return this.opus.decodePacketLossFloat(samples).slice(0, samples);
  }

  free(): void {
    this.opus.free();
  }
}
