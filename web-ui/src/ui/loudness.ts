import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Speaking } from '../client';

/**
 * How loud everybody is just now. It changes ten times a second, so whoever shows it listens for one
 * participant.
 */
export class Loudness {
  #speaking: ReadonlyMap<number, Speaking> = new Map();
  readonly #listeners = new Map<number, Set<() => void>>();

  of(number: number): Speaking {
    return this.#speaking.get(number) ?? { number, loudness: 0, voice: false };
  }

  /** @param speaking all who are heard; the others are silent */
  take(speaking: readonly Speaking[]): void {
    const before = this.#speaking;
    this.#speaking = new Map(speaking.map((each) => [each.number, each]));
    for (const [number, listeners] of this.#listeners) {
      if (isSame(before.get(number), this.#speaking.get(number))) continue;
      for (const listener of listeners) listener();
    }
  }

  /** Calls `listener` when this participant gets louder or quieter. Returns what ends that. */
  listen(number: number, listener: () => void): () => void {
    const listeners = this.#listeners.get(number) ?? new Set();
    this.#listeners.set(number, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(number) === listeners) this.#listeners.delete(number);
    };
  }
}

function isSame(one: Speaking | undefined, other: Speaking | undefined): boolean {
  return one?.loudness === other?.loudness && one?.voice === other?.voice;
}

/** Draws its host anew, and nothing else, when one participant gets louder or quieter. */
export class LoudnessOf implements ReactiveController {
  #loudness: Loudness | null = null;
  #number = 0;
  #stop: () => void = () => {};

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** To be called before every drawing: whose loudness it is may change. */
  follow(loudness: Loudness | null, number: number): void {
    if (loudness === this.#loudness && number === this.#number) return;
    this.#loudness = loudness;
    this.#number = number;
    this.hostConnected();
  }

  get now(): Speaking {
    return this.#loudness?.of(this.#number) ?? { number: this.#number, loudness: 0, voice: false };
  }

  hostConnected(): void {
    this.#stop();
    this.#stop = this.#loudness?.listen(this.#number, () => this.host.requestUpdate()) ?? (() => {});
  }

  hostDisconnected(): void {
    this.#stop();
  }
}
