/** Why a link ended, as in docs/PROTOCOL.md section 2.4; the index is the code on the wire. */
const NAMES = [
  'left',
  'protocol_violation',
  'slow_consumer',
  'rate_limited',
  'idle_timeout',
  'shutdown',
  'kicked',
  'expired',
  'internal_error',
  'superseded',
  'connection_lost',
  'unloaded',
  'unauthorized',
  'too_many_sessions',
] as const;

export type CloseReason = (typeof NAMES)[number];

const FINAL: ReadonlySet<CloseReason> = new Set([
  'left',
  'protocol_violation',
  'kicked',
  'expired',
  'superseded',
  'too_many_sessions',
]);
const WEBSOCKET_BASE = 4000;

/** A connection that ends without a reason of ours counts as lost. */
export function reasonOf(code: number): CloseReason {
  return NAMES[code] ?? 'connection_lost';
}

export function codeOf(reason: CloseReason): number {
  return NAMES.indexOf(reason);
}

export function websocketReasonOf(code: number): CloseReason {
  return reasonOf(code - WEBSOCKET_BASE);
}

export function websocketCodeOf(reason: CloseReason): number {
  return WEBSOCKET_BASE + codeOf(reason);
}

/** After a final reason, only the person decides to come back. */
export function isFinal(reason: CloseReason): boolean {
  return FINAL.has(reason);
}
