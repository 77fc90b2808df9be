/** Why a session ended, as in docs/PROTOCOL.md section 2.4; the index is the code on the wire. */
const NAMES = [
  'left', 'protocol_violation', 'slow_consumer', 'rate_limited', 'idle_timeout', 'shutdown', 'kicked', 'expired',
  'internal_error',
] as const;

export type CloseReason = (typeof NAMES)[number];

const FINAL: ReadonlySet<string> = new Set<CloseReason>(['left', 'protocol_violation', 'kicked', 'expired']);
const WEBSOCKET_BASE = 4000;

/** `lost`: the connection ended without a reason of ours. */
export type Ending = CloseReason | 'lost';

export function reasonOf(code: number): Ending {
  return NAMES[code] ?? 'lost';
}

export function codeOf(reason: CloseReason): number {
  return NAMES.indexOf(reason);
}

export function websocketReasonOf(code: number): Ending {
  return reasonOf(code - WEBSOCKET_BASE);
}

export function websocketCodeOf(reason: CloseReason): number {
  return WEBSOCKET_BASE + codeOf(reason);
}

/** After a final reason, only the person decides to come back. */
export function isFinal(ending: Ending): boolean {
  return FINAL.has(ending);
}
