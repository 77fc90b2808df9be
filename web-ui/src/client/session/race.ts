/** One way to the prize. `wanted` turns false when another lane has won or nobody waits any longer. */
export type Lane<T> = (wanted: () => boolean) => Promise<T>;

/**
 * Begins one lane after another, the next when one fails or after `stagger` milliseconds, until the first
 * arrives. What arrives later, or when it is not wanted any more, is handed to `discard`.
 * @throws what the last lane threw, when all failed
 */
export function race<T>(
  lanes: readonly Lane<T>[],
  stagger: number,
  wanted: () => boolean,
  discard: (late: T) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let next = 0;
    let running = 0;
    let won = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const counts = (): boolean => !won && wanted();
    const begin = (): void => {
      clearTimeout(timer);
      const lane = counts() ? lanes[next] : undefined;
      if (!lane) return;
      next++;
      running++;
      timer = setTimeout(begin, stagger);
      lane(counts).then(arrive, fail);
    };
    const arrive = (prize: T): void => {
      if (!counts()) return discard(prize);
      won = true;
      clearTimeout(timer);
      resolve(prize);
    };
    const fail = (cause: unknown): void => {
      running--;
      begin();
      if (running > 0) return;
      clearTimeout(timer);
      reject(cause);
    };
    begin();
  });
}
