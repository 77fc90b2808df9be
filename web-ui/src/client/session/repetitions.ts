/** So many lines of chat are remembered. */
export const MEMORY = 1000;

/**
 * Tells which lines of chat were heard before. Whoever does not know whether a line arrived says it again,
 * with the same id, perhaps as a new participant: lines are told apart by user and id. Bound: the last 1000.
 * Owned by the session.
 */
export class Repetitions {
  readonly #heard = new Set<string>();

  isRepeated(user: string, id: number): boolean {
    // Older programs give their lines no id.
    if (id === 0) return false;
    const line = `${id} ${user}`;
    if (this.#heard.has(line)) return true;
    this.#heard.add(line);
    for (const oldest of this.#heard) {
      if (this.#heard.size <= MEMORY) break;
      this.#heard.delete(oldest);
    }
    return false;
  }
}
