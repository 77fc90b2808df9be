/**
 * Something of one's own that the person changes at once and the edge confirms later. Until the confirmation
 * comes, what the edge says is older than the wish and does not count. Owned by the session.
 */
export class Wish<T> {
  #value: T;
  #confirmed: T;
  #pending = false;

  constructor(initial: T) {
    this.#value = initial;
    this.#confirmed = initial;
  }

  get value(): T {
    return this.#value;
  }

  /** The edge has not confirmed it yet. */
  get pending(): boolean {
    return this.#pending;
  }

  /** The person wants this. */
  set(value: T): void {
    this.#value = value;
    this.#pending = true;
  }

  /** The edge says so. Returns whether the value changed by it. */
  hear(value: T): boolean {
    this.#confirmed = value;
    if (value === this.#value) this.#pending = false;
    if (this.#pending) return false;
    const changed = this.#value !== value;
    this.#value = value;
    return changed;
  }

  /** The edge did not do it: back to what it last said. */
  refuse(): boolean {
    if (!this.#pending) return false;
    this.#pending = false;
    const changed = this.#value !== this.#confirmed;
    this.#value = this.#confirmed;
    return changed;
  }
}
