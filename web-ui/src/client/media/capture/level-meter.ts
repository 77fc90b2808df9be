import { levelOf, loudness } from '../level';

const SAMPLES = 1024;

/** Shows how loud a stream is, without sending it anywhere. For the check before one joins. */
export class LevelMeter {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples = new Float32Array(SAMPLES);
  #frame = 0;

  /** @param onLevel is called with 0 to 1 for every picture the browser draws */
  constructor(
    stream: MediaStream,
    private readonly onLevel: (loudness: number) => void,
  ) {
    this.#analyser.fftSize = SAMPLES;
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    void this.#context.resume();
    this.#draw();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    void this.#context.close();
  }

  #draw(): void {
    this.#frame = requestAnimationFrame(() => {
      this.#analyser.getFloatTimeDomainData(this.#samples);
      this.onLevel(loudness(levelOf(this.#samples).dbov));
      this.#draw();
    });
  }
}
