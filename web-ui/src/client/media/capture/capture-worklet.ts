/** 10 ms: what the track processor of other browsers delivers, too. */
const BLOCK = 480;

/** Hands the microphone's samples to the worker in blocks. The context it runs in resamples to 48 kHz. */
class Capture extends AudioWorkletProcessor {
  #port: MessagePort | null = null;
  #block = new Float32Array(BLOCK);
  #filled = 0;

  constructor() {
    super();
    this.port.onmessage = (event: MessageEvent<MessagePort>) => {
      this.#port = event.data;
    };
  }

  override process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]?.[0];
    for (const sample of input ?? []) {
      this.#block[this.#filled++] = sample;
      if (this.#filled < BLOCK) continue;
      this.#port?.postMessage(this.#block, [this.#block.buffer]);
      this.#block = new Float32Array(BLOCK);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('capture', Capture);
