import playoutUrl from './playout-worklet.ts?worker&url';
import type { PlayoutSetup } from './playout-worklet';
import { SAMPLE_RATE } from './opus';
import { RINGS_BYTES } from './ring';

/** The two ends of the playout that the worker gets. */
export interface PlayoutEnds {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer | null;
}

/** The audio context and the playout worklet in it. To be made on a click, since browsers keep others silent. */
export class AudioOutput {
  readonly #context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 0 });

  constructor(private readonly onChange: (playing: boolean) => void) {
    this.#context.addEventListener('statechange', () => onChange(this.#context.state === 'running'));
    this.resume();
  }

  async start(): Promise<PlayoutEnds> {
    await this.#context.audioWorklet.addModule(playoutUrl);
    const node = new AudioWorkletNode(this.#context, 'playout', { numberOfInputs: 0, outputChannelCount: [2] });
    const memory = globalThis.crossOriginIsolated ? new SharedArrayBuffer(RINGS_BYTES) : null;
    const { port1, port2 } = new MessageChannel();
    const setup: PlayoutSetup = { port: port1, memory };
    node.port.postMessage(setup, [port1]);
    node.connect(this.#context.destination);
    // A context that never starts never tells so.
    this.onChange(this.#context.state === 'running');
    return { port: port2, memory };
  }

  resume(): void {
    void this.#context.resume().catch(() => {});
  }

  pause(): void {
    void this.#context.suspend().catch(() => {});
  }
}
