import type { Presence } from '../../client';

/**
 * Who is seen first in a room with more people than the stage has places: oneself, raised hands in their
 * order, then whoever spoke last. Whoever keeps a place keeps the same one, so that faces do not jump about.
 */
export class Spotlight {
  #seats: readonly number[] = [];
  // When each was last heard, as a count of hearings.
  readonly #heard = new Map<number, number>();
  #hearings = 0;

  /** Returns whether somebody is heard who has no seat. */
  hear(numbers: readonly number[]): boolean {
    this.#hearings++;
    for (const number of numbers) this.#heard.set(number, this.#hearings);
    return numbers.some((number) => !this.#seats.includes(number));
  }

  /**
   * All who are present in pages of at most `capacity`; the first holds the seats.
   * @param hands numbers of raised hands, the first that was raised first
   */
  pages(present: readonly Presence[], you: number, hands: readonly number[], capacity: number): Presence[][] {
    const byNumber = new Map(present.map((each) => [each.number, each]));
    for (const number of this.#heard.keys()) if (!byNumber.has(number)) this.#heard.delete(number);
    if (present.length <= capacity) {
      this.#seats = [...byNumber.keys()];
      return [[...present]];
    }
    // Hands leave room for those who speak.
    const first = [you, ...hands.slice(0, Math.ceil(capacity / 3)), ...this.#lastSpeakers(), ...this.#seats];
    const wanted = [...new Set([...first, ...byNumber.keys()])].filter((number) => byNumber.has(number));
    this.#reseat(wanted.slice(0, capacity));
    const seats = new Set(this.#seats);
    const seated = this.#seats.flatMap((number) => byNumber.get(number) ?? []);
    const others = present.filter(({ number }) => !seats.has(number));
    return [seated, ...chunks(others, capacity)];
  }

  #lastSpeakers(): number[] {
    return [...this.#heard].sort(([, one], [, other]) => other - one).map(([number]) => number);
  }

  // Those who stay keep their places; the others take what is free.
  #reseat(wanted: readonly number[]): void {
    const kept = wanted
      .map((_, place) => this.#seats[place] ?? null)
      .map((each) => (each !== null && wanted.includes(each) ? each : null));
    const newcomers = wanted.filter((number) => !kept.includes(number));
    this.#seats = kept.flatMap((number) => number ?? newcomers.shift() ?? []);
  }
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
