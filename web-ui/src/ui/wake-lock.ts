/**
 * Keeps the screen of a phone from going dark in a call, since with it the microphone would. Browsers take
 * the lock away from a page that is hidden, so it is asked for anew when the page is seen again. Works, in
 * vain, where there is none.
 */
export class WakeLock {
  #wanted = false;
  #held: WakeLockSentinel | null = null;

  hold(): void {
    // A screen with a mouse is looked at or not, as its owner likes.
    if (!matchMedia('(pointer: coarse)').matches) return;
    this.#wanted = true;
    document.addEventListener('visibilitychange', this.#ask);
    void this.#ask();
  }

  release(): void {
    this.#wanted = false;
    document.removeEventListener('visibilitychange', this.#ask);
    void this.#held?.release();
    this.#held = null;
  }

  readonly #ask = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return;
    const lock = await navigator.wakeLock?.request('screen').catch(() => null);
    if (this.#wanted) this.#held = lock ?? null;
    else void lock?.release();
  };
}
