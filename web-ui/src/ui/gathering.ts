import type { Told } from './room-view';

/** What happens within this time of something that was told is told together. */
const WINDOW_MS = 3_000;

type Coming = Extract<Told, { kind: 'came' | 'went' }>;

/**
 * Sums up who comes and goes: the first is told at once, and those who follow close behind in one line, so
 * that a class that arrives is neither shown, nor read out, nor heard one by one.
 */
export class Gathering {
  #waiting: { readonly kind: Coming['kind']; readonly name: string }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (told: Coming) => void) {}

  take(kind: Coming['kind'], name: string): void {
    this.#waiting.push({ kind, name });
    if (this.#timer === undefined) this.#tell();
  }

  /** Nothing that waits is told. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#timer = waiting.length > 0 ? setTimeout(() => this.#tell(), WINDOW_MS) : undefined;
    for (const kind of ['came', 'went'] as const) {
      const names = waiting.filter((each) => each.kind === kind).map(({ name }) => name);
      if (names.length > 0) this.tell({ kind, names });
    }
  }
}
