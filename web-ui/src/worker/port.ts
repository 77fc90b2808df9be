// What the page and its worker say to each other.
import type { PlayoutStats } from '../media/playout';
import type { Join } from '../session/edge-api';
import type { Transport } from '../session/link';
import type { Notice, Presence } from '../session/roster';
import type { Resume } from '../session/session';
import type { SessionState } from '../session/state';

/** Page to worker. */
export type Order =
  | { readonly kind: 'warm-up' }
  | { readonly kind: 'join'; readonly join: Join; readonly only: Transport | null; readonly muted: boolean;
      readonly deafened: boolean; readonly resume: Resume | null }
  | { readonly kind: 'microphone'; readonly source: ReadableStream<AudioData> | MessagePort }
  | { readonly kind: 'playout'; readonly port: MessagePort; readonly memory: SharedArrayBuffer | null }
  | { readonly kind: 'mute'; readonly muted: boolean }
  | { readonly kind: 'deafen'; readonly deafened: boolean }
  | { readonly kind: 'rename'; readonly name: string }
  /** The page goes, and may come back. */
  | { readonly kind: 'suspend' }
  | { readonly kind: 'leave' };

/** How somebody sounds right now: loudness 0 to 1 for the eye. */
export interface Speaking {
  readonly number: number;
  readonly loudness: number;
  readonly voice: boolean;
}

export interface Figures extends PlayoutStats {
  /** Frames sent, and those dropped because the connection was backed up. */
  readonly sent: number;
  readonly unsent: number;
  readonly shared: boolean;
}

/** Worker to page. */
export type Report =
  | { readonly kind: 'state'; readonly state: SessionState }
  | { readonly kind: 'roster'; readonly present: Presence[]; readonly you: number }
  | { readonly kind: 'speakers'; readonly numbers: number[] }
  | { readonly kind: 'wishes'; readonly muted: boolean; readonly deafened: boolean }
  /** What it takes to come back as the same participant; comes often. */
  | { readonly kind: 'resume'; readonly join: Join; readonly resume: Resume }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'refused'; readonly error: string; readonly message: string }
  | { readonly kind: 'round-trip'; readonly milliseconds: number }
  | { readonly kind: 'speaking'; readonly speaking: Speaking[] }
  | { readonly kind: 'figures'; readonly figures: Figures }
  | { readonly kind: 'microphone'; readonly trouble: 'rate' | 'encoder' };
