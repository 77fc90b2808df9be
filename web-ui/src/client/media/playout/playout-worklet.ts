import { Limiter } from './limiter';
import { RINGS_BYTES, Rings, type RingWrite, SLOTS, TICK_SAMPLES } from './ring';
import { RingVoice } from './ring-voice';

/** Sent by the page once; `port` leads to the worker, `memory` is absent when it cannot be shared. */
export interface PlayoutSetup {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer | null;
}

const BLOCK = 128;

/**
 * Mixes the speakers' rings into the output and ticks the worker as time goes by. Runs on the audio thread.
 */
class Playout extends AudioWorkletProcessor {
  #rings = new Rings(new ArrayBuffer(RINGS_BYTES));
  #port: MessagePort | null = null;
  #shared = false;
  #sinceTick = 0;
  #voices: RingVoice[] = [];
  readonly #scratch = new Float32Array(BLOCK);
  readonly #limiter = new Limiter();

  constructor() {
    super();
    this.port.onmessage = (event: MessageEvent<PlayoutSetup>) => this.#setUp(event.data);
  }

  #setUp({ port, memory }: PlayoutSetup): void {
    this.#shared = memory !== null;
    if (memory) this.#rings = new Rings(memory);
    this.#voices = Array.from({ length: SLOTS }, (_, slot) => new RingVoice(this.#rings, slot));
    port.onmessage = (event: MessageEvent<RingWrite>) =>
      this.#rings.write(event.data.slot, event.data.samples);
    this.#port = port;
  }

  override process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const mix = outputs[0]?.[0];
    if (!mix) return true;
    for (const voice of this.#voices) voice.addTo(mix, this.#scratch);
    this.#limiter.process(mix);
    for (const other of outputs[0]?.slice(1) ?? []) other.set(mix);
    this.#tick(mix.length);
    return true;
  }

  #tick(samples: number): void {
    this.#sinceTick += samples;
    if (this.#sinceTick < TICK_SAMPLES) return;
    this.#sinceTick -= TICK_SAMPLES;
    this.#port?.postMessage(this.#shared ? null : this.#rings.readPositions());
  }
}

registerProcessor('playout', Playout);
