import type { Ending } from './close-reason';
import type { Obstacle, Transport } from './link';

/** Why there is no connection now. */
export type Failure =
  | { readonly kind: 'ending'; readonly ending: Ending }
  /** The edge's HTTP API says no, with its own text; code `unreachable` when it says nothing. */
  | { readonly kind: 'edge'; readonly code: string; readonly message: string }
  | { readonly kind: 'link'; readonly obstacle: Obstacle; readonly only: Transport | null };

export type SessionState =
  | { readonly phase: 'connecting'; readonly transport: Transport | null; readonly again: boolean }
  | { readonly phase: 'connected'; readonly transport: Transport; readonly obstacle: Obstacle | 'forced' | null }
  | { readonly phase: 'waiting'; readonly wait: number; readonly failure: Failure }
  | { readonly phase: 'ended'; readonly failure: Failure };
