import { EdgeError } from './edge-api';
import { NoLink, type Transport } from './link';
import type { Failure } from './state';

export interface Judgement {
  readonly failure: Failure;
  /** Another try may go better. */
  readonly hopeful: boolean;
  /** Only after a pause. */
  readonly limited: boolean;
}

/**
 * What to make of a try to connect that failed.
 * @param again the session was in the room before: what let it in once may do so again
 * @param only the only transport to be used
 */
export function judge(cause: unknown, again: boolean, only: Transport | null): Judgement {
  if (cause instanceof EdgeError) {
    const failure: Failure = { kind: 'edge', code: cause.code, message: cause.message };
    return { failure, hopeful: again ? cause.passing : cause.status === 0, limited: cause.status === 429 };
  }
  const obstacle = cause instanceof NoLink ? cause.obstacle : 'refused';
  // Who asks for one transport wants to see it fail.
  return {
    failure: { kind: 'link', obstacle, only },
    hopeful: again || only !== 'webtransport',
    limited: false,
  };
}
