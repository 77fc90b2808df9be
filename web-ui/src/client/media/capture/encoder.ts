import { FRAME_SAMPLES, SAMPLE_RATE } from '../opus';
import type { Coding } from './bitrate-control';

/**
 * Frames inside the encoder above which new ones are left out: the machine is too slow, and late sound is no
 * use.
 */
const MAX_QUEUED = 5;
/** A codec that fails this often in a row is given up. */
const MAX_FAILURES = 5;

/** @param music not speech: nothing is tuned for it */
export function encoderConfig({ bitrate, expectedLoss }: Coding, music: boolean): AudioEncoderConfig {
  return {
    codec: 'opus',
    sampleRate: SAMPLE_RATE,
    numberOfChannels: 1,
    bitrate,
    opus: {
      application: music ? 'audio' : 'voip',
      signal: music ? 'music' : 'voice',
      frameDuration: 20_000,
      complexity: 5,
      // Above 8 % of expected loss libopus would code part of the music as speech, to carry copies of it.
      packetlossperc: music ? 0 : expectedLoss,
      useinbandfec: !music,
      // Silence is kept off the wire before it comes here: see SilenceGate.
      usedtx: false,
    },
  };
}

/**
 * Opus by WebCodecs: one payload for every 20 ms of samples, in order. What belongs to a payload is kept here
 * beside it, since the timestamps of WebCodecs do not survive encoding. Owned by the publisher.
 */
export class Encoder<T> {
  #encoder: AudioEncoder;
  #inside: T[] = [];
  #failures = 0;
  #fed = 0;
  #changed = false;

  constructor(
    private config: AudioEncoderConfig,
    private readonly onPayload: (payload: Uint8Array, what: T) => void,
    private readonly onBroken: () => void,
  ) {
    this.#encoder = this.#open();
  }

  /** @param samples 20 ms, copied */
  encode(samples: Float32Array<ArrayBuffer>, what: T): void {
    if (this.#encoder.state !== 'configured' || this.#encoder.encodeQueueSize > MAX_QUEUED) return;
    if (this.#changed) this.#reconfigure();
    const audio = new AudioData({
      format: 'f32-planar',
      sampleRate: SAMPLE_RATE,
      numberOfFrames: FRAME_SAMPLES,
      numberOfChannels: 1,
      timestamp: Math.round((this.#fed * 1e6) / SAMPLE_RATE),
      data: samples,
    });
    this.#fed += FRAME_SAMPLES;
    this.#inside.push(what);
    this.#encoder.encode(audio);
    audio.close();
  }

  /** From one of the next frames on; nothing happens when it is as before. */
  configure(config: AudioEncoderConfig): void {
    this.#changed ||= JSON.stringify(config) !== JSON.stringify(this.config);
    this.config = config;
  }

  close(): void {
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  // Frames that are inside would be lost, or come out mixed up.
  #reconfigure(): void {
    if (this.#encoder.encodeQueueSize > 0 || this.#inside.length > 0) return;
    this.#changed = false;
    // Firefox ESR (153) goes on as before without it; Chromium (156) makes the same payloads either way.
    this.#encoder.reset();
    this.#encoder.configure(this.config);
  }

  #open(): AudioEncoder {
    const encoder = new AudioEncoder({
      output: (chunk) => {
        const payload = new Uint8Array(chunk.byteLength);
        chunk.copyTo(payload);
        this.#failures = 0;
        const what = this.#inside.shift();
        if (what !== undefined) this.onPayload(payload, what);
      },
      error: () => this.#reopen(),
    });
    this.#changed = false;
    encoder.configure(this.config);
    return encoder;
  }

  #reopen(): void {
    this.#inside = [];
    if (++this.#failures > MAX_FAILURES) this.onBroken();
    else this.#encoder = this.#open();
  }
}
