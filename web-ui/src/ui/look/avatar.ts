/** Hues on which white text can be read, far enough apart to tell people from each other. */
const HUES = [
  '#0f6e60',
  '#a4501b',
  '#3f5a9d',
  '#8a3d6b',
  '#5b6b1f',
  '#7a4b9a',
  '#1e6f93',
  '#96402f',
  '#6b5a2b',
  '#40684a',
];

/**
 * The colours of those in a room. Each keeps theirs while they are there; two have the same only where there
 * are more people than colours. Owned by the room's controller.
 */
export class Colours {
  readonly #places = new Map<number, number>();

  /** Those who are gone let go of theirs. */
  keep(present: readonly number[]): void {
    const here = new Set(present);
    for (const number of this.#places.keys()) if (!here.has(number)) this.#places.delete(number);
    for (const number of present) if (!this.#places.has(number)) this.#places.set(number, this.#free(number));
  }

  of(number: number): string {
    return HUES[this.#places.get(number) ?? preferred(number)] ?? '#0f6e60';
  }

  // The one that most others give them, too; else the next that fewest have.
  #free(number: number): number {
    const taken = HUES.map(() => 0);
    for (const place of this.#places.values()) taken[place] = (taken[place] ?? 0) + 1;
    const fewest = Math.min(...taken);
    const first = preferred(number);
    const inTurn = HUES.map((_, step) => (first + step) % HUES.length);
    return inTurn.find((place) => taken[place] === fewest) ?? first;
  }
}

function preferred(number: number): number {
  // Fibonacci hashing: its high bits tell even neighbours apart.
  return (Math.imul(number, 0x9e3779b1) >>> 16) % HUES.length;
}

/** One or two letters that stand for a name, or a letter and a number. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first = '', ...others] = words;
  return (firstLetter(first) + short(others.at(-1) ?? '')).toUpperCase() || '?';
}

// People are told apart by the end of a number.
function short(word: string): string {
  return /^\p{N}+$/u.test(word) ? [...word].slice(-3).join('') : firstLetter(word);
}

function firstLetter(word: string): string {
  return [...word][0] ?? '';
}
