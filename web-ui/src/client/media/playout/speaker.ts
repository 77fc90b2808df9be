import type { Frame } from '../frame';
import { payloadSamples } from '../opus';
import { blend } from './blend';
import type { Decoder } from './decoder';
import { JitterBuffer, type JitterStats, type Step } from './jitter-buffer';
import { Stretcher } from './stretch';

/** 5 ms over which what was left out flows into what follows. */
const BRIDGE_SAMPLES = 240;
/** -dBov from which a frame may be left out without anybody noticing. */
const QUIET_DBOV = 50;

/**
 * Twice full scale. What is decoded from garbage may be a million times that, and would duck everybody else.
 */
const LOUDEST = 2;

/** Where a speaker's sound goes. */
export interface Outlet {
  level(): number;
  write(samples: Float32Array): void;
}

/**
 * Turns one participant's frames into samples in its ring, just in time. Owned by Playout, which tells it
 * when time has gone by.
 */
export class Speaker {
  readonly #buffer: JitterBuffer;
  readonly #stretcher = new Stretcher();
  #decoder: Decoder | null = null;
  // The sound that would have come next where a frame was left out.
  #bridge: Float32Array | null = null;
  #broken = 0;
  #volume = 1;
  // That of the last sample written; changes go over one frame, so that nothing clicks.
  #gain = 1;

  constructor(
    private readonly outlet: Outlet,
    private readonly tickSamples: number,
  ) {
    this.#buffer = new JitterBuffer(tickSamples);
  }

  /** Frames wait until the decoder is there. */
  equip(decoder: Decoder): void {
    this.#decoder = decoder;
  }

  get playing(): boolean {
    return this.#buffer.playing;
  }

  /** Samples between here and the ear that this page can tell of. */
  get delaySamples(): number {
    return this.#buffer.waitingSamples + this.outlet.level();
  }

  /** 1 is as it came. */
  set volume(volume: number) {
    this.#volume = volume;
  }

  /** Frames that the decoder refused. */
  get broken(): number {
    return this.#broken;
  }

  stats(): JitterStats {
    return this.#buffer.stats();
  }

  put(frame: Frame): void {
    const put = (): void => this.#buffer.put(frame, frame.level.dbov >= QUIET_DBOV, this.outlet.level());
    if (this.#decoder?.prepare) this.#decoder.prepare(frame.payload, put);
    else put();
  }

  /** @param deadline samples below which missing sound is made up */
  tick(deadline: number): void {
    this.#buffer.look();
    this.fill(deadline);
  }

  /** Tops the ring up. */
  fill(deadline: number): void {
    const decoder = this.#decoder;
    if (!decoder) return;
    const enough = deadline + 3 * this.tickSamples;
    for (;;) {
      const ready = this.outlet.level();
      if (ready >= enough) return;
      const step = this.#buffer.pull(ready, deadline);
      if (!step) return;
      this.#play(decoder, step);
    }
  }

  release(): void {
    this.#decoder?.free();
    this.#decoder = null;
  }

  #play(decoder: Decoder, step: Step): void {
    const sound = this.#decode(decoder, step);
    if (step.kind === 'leave-out') {
      this.#bridge ??= sound.slice(0, BRIDGE_SAMPLES);
      return;
    }
    if (this.#bridge) blend(this.#bridge, sound);
    this.#bridge = null;
    if (step.kind === 'conceal' && step.last) fadeOut(sound);
    const samples = this.#stretcher.process(sound, step.samples);
    this.#amplify(samples);
    this.outlet.write(samples);
  }

  #amplify(samples: Float32Array): void {
    if (this.#gain === 1 && this.#volume === 1) return;
    const step = (this.#volume - this.#gain) / samples.length;
    for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) * (this.#gain + step * (i + 1));
    this.#gain = this.#volume;
  }

  #decode(decoder: Decoder, step: Step): Float32Array {
    const sound = attempt(decoder, step);
    if (sound) return sound;
    // Not Opus, whatever the sender meant by it: it sounds as if it had been lost.
    if (isFrame(step)) this.#broken++;
    const instead = decoder.conceal(isFrame(step) ? payloadSamples(step.payload) : step.samples);
    return isSound(instead) ? instead : instead.fill(0);
  }
}

function attempt(decoder: Decoder, step: Step): Float32Array | null {
  try {
    const sound = decode(decoder, step);
    return isSound(sound) ? sound : null;
  } catch {
    return null;
  }
}

function decode(decoder: Decoder, step: Step): Float32Array {
  switch (step.kind) {
    case 'decode':
    case 'leave-out':
      return decoder.decode(step.payload);
    case 'recover':
      return decoder.recover(step.payload, step.samples);
    case 'conceal':
      return decoder.conceal(step.samples);
  }
}

/** A frame that came, in its turn. */
function isFrame(step: Step): step is Extract<Step, { kind: 'decode' | 'leave-out' }> {
  return step.kind === 'decode' || step.kind === 'leave-out';
}

function isSound(samples: Float32Array): boolean {
  for (const sample of samples) if (!(Math.abs(sample) <= LOUDEST)) return false;
  return true;
}

function fadeOut(sound: Float32Array): void {
  for (let i = 0; i < sound.length; i++) sound[i] = (sound[i] ?? 0) * (1 - (i + 1) / sound.length);
}
