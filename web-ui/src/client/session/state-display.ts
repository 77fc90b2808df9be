import type { SessionState } from './state';

/** A hiccup shorter than this is nobody's business. */
const HICCUP_MS = 1_000;

/** What a person is told about the connection: at once, or, while all may still be well, a little later. */
export class StateDisplay {
  #shown: SessionState | null = null;
  #next: SessionState | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sink: (state: SessionState) => void) {}

  get shown(): SessionState | null {
    return this.#shown;
  }

  show(state: SessionState): void {
    this.rest();
    this.#shown = state;
    this.sink(state);
  }

  /**
   * Waits when what is shown is that all is well. A later doubt takes the place of an earlier one, not its
   * time.
   */
  doubt(state: SessionState): void {
    if (this.#shown?.phase !== 'connected' || this.#shown.suspect) return this.show(state);
    this.#next = state;
    this.#timer ??= setTimeout(() => {
      if (this.#next) this.show(this.#next);
    }, HICCUP_MS);
  }

  /** Nothing more comes by itself. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next = null;
  }
}
