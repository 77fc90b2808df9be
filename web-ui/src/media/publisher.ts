import { Assembler } from './assembler';
import { Encoder } from './encoder';
import { type Level, writeBundle } from './frame';
import { levelOf, VoiceHangover } from './level';
import { SAMPLE_RATE } from './opus';

interface Captured {
  readonly timestamp: number;
  readonly level: Level;
}

export interface PublisherSink {
  /** A bundle of one frame, ready to send. */
  bundle(bundle: Uint8Array<ArrayBuffer>): void;
  /** How loud the microphone is; null while muted. */
  level(level: Level | null): void;
  /** The microphone delivers another rate than 48 kHz, which the encoder does not take. */
  wrongRate(): void;
  /** The encoder fails for good. */
  broken(): void;
}

/**
 * The way from the microphone to bundles. Numbers and times its frames itself. Lives in the worker; the page hands it
 * a stream of track data or, where browsers have none, a port to the capture worklet.
 */
export class Publisher {
  readonly #assembler: Assembler;
  readonly #encoder: Encoder<Captured>;
  readonly #hangover = new VoiceHangover();
  // A reloaded page is the same participant with a publisher of its own: its frames are none of those heard lately.
  #sequence = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  #muted = false;
  #stopSource: () => void = () => {};

  constructor(private readonly sink: PublisherSink) {
    this.#encoder = new Encoder<Captured>((payload, captured) => this.#send(payload, captured), () => sink.broken());
    this.#assembler = new Assembler((samples, timestamp) => {
      const level = this.#hangover.applyTo(levelOf(samples));
      this.sink.level(level);
      this.#encoder.encode(samples, { timestamp, level });
    });
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    if (!muted) return;
    this.#assembler.restart();
    this.sink.level(null);
  }

  /** Listens to a new microphone and leaves the old one alone. */
  listenTo(source: ReadableStream<AudioData> | MessagePort): void {
    this.#stopSource();
    this.#stopSource = source instanceof MessagePort ? this.#fromPort(source) : this.#fromStream(source);
  }

  close(): void {
    this.#stopSource();
    this.#encoder.close();
  }

  #fromPort(port: MessagePort): () => void {
    port.onmessage = (event: MessageEvent<Float32Array>) => this.#take(event.data);
    return () => port.close();
  }

  #fromStream(stream: ReadableStream<AudioData>): () => void {
    const reader = stream.getReader();
    let stopped = false;
    const run = async (): Promise<void> => {
      while (!stopped) {
        const { value, done } = await reader.read();
        if (done) return;
        const fits = value.sampleRate === SAMPLE_RATE;
        const samples = fits ? mono(value) : null;
        value.close();
        if (samples) {
          this.#take(samples);
        } else {
          stopped = true;
          this.sink.wrongRate();
        }
      }
    };
    // A track that fails has ended; the page sees that on the track itself.
    run().catch(() => {}).finally(() => void reader.cancel().catch(() => {}));
    return () => {
      stopped = true;
      void reader.cancel().catch(() => {});
    };
  }

  #take(samples: Float32Array): void {
    if (!this.#muted) this.#assembler.take(samples, performance.timeOrigin + performance.now());
  }

  #send(payload: Uint8Array, { timestamp, level }: Captured): void {
    if (this.#muted) return;
    // The edge writes the participant number.
    const frame = { encrypted: false, level, participant: 0, sequence: this.#sequence, timestamp, payload };
    const bundle = writeBundle([frame]);
    if (!bundle) return;
    this.#sequence = (this.#sequence + 1) >>> 0;
    this.sink.bundle(bundle);
  }
}

function mono(audio: AudioData): Float32Array {
  const samples = new Float32Array(audio.numberOfFrames);
  audio.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
  if (audio.numberOfChannels < 2) return samples;
  const other = new Float32Array(audio.numberOfFrames);
  for (let channel = 1; channel < audio.numberOfChannels; channel++) {
    audio.copyTo(other, { planeIndex: channel, format: 'f32-planar' });
    for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) + (other[i] ?? 0);
  }
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) / audio.numberOfChannels;
  return samples;
}
