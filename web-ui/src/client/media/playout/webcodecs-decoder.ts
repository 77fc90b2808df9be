import { mono } from '../capture/mono';
import { payloadSamples, SAMPLE_RATE } from '../opus';
import { Concealment } from './concealment';
import type { Decoder } from './decoder';

/** Bound of the frames inside the codec: 1 s. One that comes when there are so many is lost. */
const MAX_INSIDE = 50;

interface Job {
  readonly payload: Uint8Array;
  readonly ready: () => void;
}

/**
 * Opus by WebCodecs, where WebAssembly may not run. It takes its time, so frames are decoded as they arrive,
 * before they wait in the jitter buffer; it knows no FEC, and what is lost is concealed here. Owned by its
 * speaker.
 */
export class WebCodecsDecoder implements Decoder {
  #codec: AudioDecoder | null = null;
  // In the order in which the codec will be done with them.
  #inside: Job[] = [];
  #fed = 0;
  // By payload, as long as somebody holds it; null for what was no Opus.
  readonly #sounds = new WeakMap<Uint8Array, Float32Array | null>();
  readonly #concealment = new Concealment();

  prepare(payload: Uint8Array, ready: () => void): void {
    if (this.#inside.length >= MAX_INSIDE) return;
    this.#inside.push({ payload, ready });
    this.#feed(payload);
  }

  decode(payload: Uint8Array): Float32Array {
    const sound = this.#sounds.get(payload);
    if (sound === null) throw new Error('no Opus');
    // What came before there was this decoder was not prepared.
    return sound ? this.#concealment.follow(sound) : this.conceal(payloadSamples(payload));
  }

  recover(_following: Uint8Array, samples: number): Float32Array {
    return this.conceal(samples);
  }

  conceal(samples: number): Float32Array {
    return this.#concealment.make(samples);
  }

  free(): void {
    this.#inside = [];
    if (this.#codec?.state !== 'closed') this.#codec?.close();
  }

  #feed(payload: Uint8Array): void {
    const timestamp = Math.round((this.#fed * 1e6) / SAMPLE_RATE);
    this.#fed += payloadSamples(payload);
    this.#codec ??= this.#open();
    this.#codec.decode(new EncodedAudioChunk({ type: 'key', timestamp, data: payload }));
  }

  #open(): AudioDecoder {
    const codec = new AudioDecoder({
      output: (audio) => {
        const sound = mono(audio);
        audio.close();
        this.#done(sound);
      },
      error: () => this.#reopen(),
    });
    codec.configure({ codec: 'opus', sampleRate: SAMPLE_RATE, numberOfChannels: 1 });
    return codec;
  }

  #done(sound: Float32Array | null): void {
    const job = this.#inside.shift();
    if (!job) return;
    this.#sounds.set(job.payload, sound);
    job.ready();
  }

  // A bad payload closes the codec for good: the first inside is the one, and the others go to a new codec.
  #reopen(): void {
    this.#codec = null;
    this.#done(null);
    for (const { payload } of this.#inside) this.#feed(payload);
  }
}
