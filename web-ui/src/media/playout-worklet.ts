import { Limiter } from './limiter';
import { Rings, RINGS_BYTES, SLOTS, TICK_SAMPLES, type RingWrite } from './ring';

/** Sent by the page once; `port` leads to the worker, `memory` is absent when it cannot be shared. */
export interface PlayoutSetup {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer | null;
}

const BLOCK = 128;
/** What is left of the last sample after each sample of a gap: silence after some 2 ms, without a click. */
const DECAY = 0.95;
const FADE_IN = 1 / 120;

/**
 * Mixes the speakers' rings into the output and ticks the worker as time goes by. Runs on the audio thread; a gap in
 * a ring decays to silence and comes back by a short fade.
 */
class Playout extends AudioWorkletProcessor {
  #rings = new Rings(new ArrayBuffer(RINGS_BYTES));
  #port: MessagePort | null = null;
  #shared = false;
  #sinceTick = 0;
  readonly #last = new Float32Array(SLOTS);
  readonly #gain = new Float32Array(SLOTS);
  readonly #voice = new Float32Array(BLOCK);
  readonly #limiter = new Limiter();

  constructor() {
    super();
    this.port.onmessage = (event: MessageEvent<PlayoutSetup>) => this.#setUp(event.data);
  }

  #setUp({ port, memory }: PlayoutSetup): void {
    this.#shared = memory !== null;
    if (memory) this.#rings = new Rings(memory);
    port.onmessage = (event: MessageEvent<RingWrite>) => this.#rings.write(event.data.slot, event.data.samples);
    this.#port = port;
  }

  override process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const mix = outputs[0]?.[0];
    if (!mix) return true;
    for (let slot = 0; slot < SLOTS; slot++) this.#add(slot, mix);
    this.#limiter.process(mix);
    for (const other of outputs[0]?.slice(1) ?? []) other.set(mix);
    this.#tick(mix.length);
    return true;
  }

  #add(slot: number, mix: Float32Array): void {
    const voice = this.#voice;
    const count = this.#rings.read(slot, voice);
    let gain = this.#gain[slot] ?? 0;
    let last = this.#last[slot] ?? 0;
    if (count === 0 && gain === 0 && last === 0) return;
    for (let i = 0; i < count; i++) {
      if (gain < 1) gain = Math.min(1, gain + FADE_IN);
      last = (voice[i] ?? 0) * gain;
      mix[i] = (mix[i] ?? 0) + last;
    }
    if (count < mix.length) {
      // Counted once per gap: only the way from sound to no sound.
      if (gain > 0) this.#rings.countUnderrun(slot);
      gain = 0;
      for (let i = count; i < mix.length; i++) {
        last *= DECAY;
        mix[i] = (mix[i] ?? 0) + last;
      }
      if (Math.abs(last) < 1e-5) last = 0;
    }
    this.#gain[slot] = gain;
    this.#last[slot] = last;
  }

  #tick(samples: number): void {
    this.#sinceTick += samples;
    if (this.#sinceTick < TICK_SAMPLES) return;
    this.#sinceTick -= TICK_SAMPLES;
    this.#port?.postMessage(this.#shared ? null : this.#rings.readPositions());
  }
}

registerProcessor('playout', Playout);
