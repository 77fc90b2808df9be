import { type Level, writeBundle } from '../frame';
import { levelOf, VoiceHangover } from '../level';
import { SAMPLE_RATE } from '../opus';
import { Assembler } from './assembler';
import { BitrateControl, type WayReport } from './bitrate-control';
import { Encoder, encoderConfig } from './encoder';
import { mono } from './mono';
import { SilenceGate } from './silence-gate';

/** Somebody who speaks for so many frames while muted may have forgotten it. */
const NOTICED_FRAMES = 25;

interface Captured {
  readonly timestamp: number;
  readonly level: Level;
}

interface Sound extends Captured {
  readonly samples: Float32Array<ArrayBuffer>;
}

export interface PublisherSink {
  /** A bundle of one frame, ready to send. */
  bundle(bundle: Uint8Array<ArrayBuffer>): void;
  /** How loud the microphone is; null while muted. */
  level(level: Level | null): void;
  /** Somebody speaks into the microphone although it is muted. */
  speakingWhileMuted(): void;
  /** The microphone delivers another rate than 48 kHz, which the encoder does not take. */
  wrongRate(): void;
  /** The encoder fails for good. */
  broken(): void;
}

/**
 * The way from the microphone to bundles. Numbers and times its frames itself. Lives in the worker; the page
 * hands it a stream of track data or, where browsers have none, a port to the capture worklet.
 */
export class Publisher {
  readonly #assembler: Assembler;
  readonly #encoder: Encoder<Captured>;
  readonly #hangover = new VoiceHangover();
  readonly #silence = new SilenceGate<Sound>();
  readonly #bitrate = new BitrateControl();
  #music = false;
  #voicedWhileMuted = 0;
  // A reloaded page is the same participant with a publisher of its own: its frames are none of those heard
  // lately.
  #sequence = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  #muted = false;
  #stopSource: () => void = () => {};

  constructor(private readonly sink: PublisherSink) {
    this.#encoder = new Encoder<Captured>(
      encoderConfig(this.#bitrate.coding(false), false),
      (payload, captured) => this.#send(payload, captured),
      () => sink.broken(),
    );
    this.#assembler = new Assembler((samples, timestamp) => this.#hear(samples, timestamp));
  }

  set music(music: boolean) {
    this.#music = music;
    this.#code();
  }

  report(way: WayReport): void {
    this.#bitrate.report(way);
    this.#code();
  }

  #code(): void {
    this.#encoder.configure(encoderConfig(this.#bitrate.coding(this.#music), this.#music));
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    this.#voicedWhileMuted = 0;
    this.#silence.restart();
    if (muted) this.sink.level(null);
    else this.#assembler.restart();
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
    run()
      .catch(() => {})
      .finally(() => void reader.cancel().catch(() => {}));
    return () => {
      stopped = true;
      void reader.cancel().catch(() => {});
    };
  }

  #take(samples: Float32Array): void {
    this.#assembler.take(samples, performance.timeOrigin + performance.now());
  }

  #hear(samples: Float32Array<ArrayBuffer>, timestamp: number): void {
    const level = this.#hangover.applyTo(levelOf(samples));
    if (this.#muted) return this.#overhear(level);
    this.sink.level(level);
    if (this.#music) return this.#encoder.encode(samples, { timestamp, level });
    // A frame that waits for the next one needs its own samples.
    const sound = { samples: samples.slice(), timestamp, level };
    for (const each of this.#silence.pass(sound, level)) this.#encoder.encode(each.samples, each);
  }

  // What is said while muted goes nowhere; only that something is said is noticed.
  #overhear(level: Level): void {
    this.#voicedWhileMuted = level.voice ? this.#voicedWhileMuted + 1 : 0;
    if (this.#voicedWhileMuted === NOTICED_FRAMES) this.sink.speakingWhileMuted();
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
