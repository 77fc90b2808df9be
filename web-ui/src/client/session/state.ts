import type { CloseReason } from './close-reason';
import type { Obstacle, Transport } from './link';

/** Why there is no connection now. */
export type Failure =
  | { readonly kind: 'ending'; readonly ending: CloseReason }
  /** The edge's HTTP API says no, with its own text; code `unreachable` when it says nothing. */
  | { readonly kind: 'edge'; readonly code: string; readonly message: string }
  | { readonly kind: 'link'; readonly obstacle: Obstacle; readonly only: Transport | null };

export interface InTheRoom {
  readonly phase: 'connected';
  readonly transport: Transport;
  /** Why WebTransport is not what carries this, if it is not. */
  readonly obstacle: Obstacle | 'forced' | null;
  /** The name of the edge. */
  readonly edge: string;
  /** Nothing is heard of the edge; another one is being looked for. */
  readonly suspect: boolean;
  /** The edge reaches all others that have the room. */
  readonly whole: boolean;
}

export type SessionState =
  | { readonly phase: 'connecting'; readonly transport: Transport | null; readonly again: boolean }
  | InTheRoom
  | { readonly phase: 'waiting'; readonly wait: number; readonly failure: Failure }
  | { readonly phase: 'ended'; readonly failure: Failure };
