import { SAMPLE_RATE } from '../opus';
import type { PlayoutSetup } from './playout-worklet';
import playoutUrl from './playout-worklet.ts?worker&url';
import { RINGS_BYTES } from './ring';

/** The two ends of the playout that the worker gets. */
export interface PlayoutEnds {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer | null;
}

/** The audio context and the playout worklet in it; silent until it is resumed. */
export class AudioOutput {
  readonly #context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 0 });
  readonly #all = this.#context.createGain();

  constructor(private readonly onChange: (playing: boolean) => void) {
    this.#context.addEventListener('statechange', () => onChange(this.#context.state === 'running'));
    this.#all.connect(this.#context.destination);
    // Nothing is heard before somebody joins.
    this.pause();
  }

  async start(): Promise<PlayoutEnds> {
    await this.#context.audioWorklet.addModule(playoutUrl);
    const node = new AudioWorkletNode(this.#context, 'playout', {
      numberOfInputs: 0,
      outputChannelCount: [2],
    });
    const memory = globalThis.crossOriginIsolated ? new SharedArrayBuffer(RINGS_BYTES) : null;
    const { port1, port2 } = new MessageChannel();
    const setup: PlayoutSetup = { port: port1, memory };
    node.port.postMessage(setup, [port1]);
    node.connect(this.#all);
    // A context that never starts never tells so.
    this.onChange(this.#context.state === 'running');
    return { port: port2, memory };
  }

  /** Where other sounds of the page may go in. */
  get input(): AudioNode {
    return this.#all;
  }

  /** @param id the loudspeaker, null for the system's. Returns whether the browser could do it. */
  async choose(id: string | null): Promise<boolean> {
    const context = this.#context as AudioContext & { setSinkId?(id: string): Promise<void> };
    if (!context.setSinkId) return id === null;
    return context.setSinkId(id ?? '').then(
      () => true,
      () => false,
    );
  }

  /** To be called on a click, since browsers keep others silent. */
  resume(): void {
    void this.#context.resume().catch(() => {});
  }

  pause(): void {
    void this.#context.suspend().catch(() => {});
  }
}
