/** Why this browser cannot take part here, or null when it can. */
export type Lack = 'insecure' | 'old-browser';

export function findLack(): Lack | null {
  if (!isSecureContext) return 'insecure';
  const complete =
    typeof AudioEncoder !== 'undefined' &&
    typeof AudioWorkletNode !== 'undefined' &&
    typeof Worker !== 'undefined' &&
    navigator.mediaDevices !== undefined;
  return complete ? null : 'old-browser';
}
