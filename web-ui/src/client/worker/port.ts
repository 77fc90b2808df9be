// What the page and its worker say to each other.
import type { PlayoutStats } from '../media/playout/playout';
import type { PersonalRequest, Reaction } from '../session/control';
import type { Join } from '../session/edge-api';
import type { Transport } from '../session/link';
import type { Unsaid } from '../session/outgoing';
import type { Notice, Presence } from '../session/roster';
import type { Resume } from '../session/session';
import type { SessionState } from '../session/state';

/** Page to worker. */
export type Order =
  /** Somebody has come to join; without a name they have not said who they are. */
  | { readonly kind: 'warm-up'; readonly join: Join }
  /** Somebody reaches for the button. */
  | { readonly kind: 'about-to-join'; readonly join: Join; readonly only: Transport | null }
  | {
      readonly kind: 'join';
      readonly join: Join;
      readonly only: Transport | null;
      readonly muted: boolean;
      readonly deafened: boolean;
      readonly handRaised: boolean;
      readonly resume: Resume | null;
    }
  | {
      readonly kind: 'microphone';
      readonly source: ReadableStream<AudioData> | MessagePort;
      readonly music: boolean;
    }
  | { readonly kind: 'playout'; readonly port: MessagePort; readonly memory: SharedArrayBuffer | null }
  | { readonly kind: 'request'; readonly request: PersonalRequest }
  /** How loud a participant is heard; 1 is as they sound. */
  | { readonly kind: 'volume'; readonly number: number; readonly volume: number }
  /** The page goes, and may come back. */
  | { readonly kind: 'suspend' }
  | { readonly kind: 'leave' };

/** How somebody sounds right now: loudness 0 to 1 for the eye. */
export interface Speaking {
  readonly number: number;
  readonly loudness: number;
  readonly voice: boolean;
}

/** Counts are since the page was opened, rates of the last second. */
export interface Figures extends PlayoutStats {
  /**
   * Variation of the frames' time on the way (RFC 3550 section 6.4.1), of the speaker for whom it is most.
   */
  readonly jitterMs: number;
  readonly lossPercent: number;
  readonly concealedPercent: number;
  readonly kilobitsIn: number;
  readonly kilobitsOut: number;
  /** Frames sent, and those dropped because the connection was backed up. */
  readonly sent: number;
  readonly unsent: number;
  /** Connections closed since their edge took no requests any more. */
  readonly overflows: number;
  readonly shared: boolean;
}

/** Worker to page. */
export type Report =
  | { readonly kind: 'state'; readonly state: SessionState }
  | { readonly kind: 'roster'; readonly present: readonly Presence[]; readonly you: number }
  | { readonly kind: 'speakers'; readonly numbers: readonly number[] }
  /** Empty when nobody has said what it is called. */
  | { readonly kind: 'room-name'; readonly name: string }
  | { readonly kind: 'wishes'; readonly muted: boolean; readonly deafened: boolean }
  /** What it takes to come back as the same participant; comes often. */
  | { readonly kind: 'resume'; readonly join: Join; readonly resume: Resume }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /**
   * A line of one's own waits to be said. `said` with its id follows, or `unsaid`. `at` is in milliseconds
   * since 1970, by this machine's clock.
   */
  | { readonly kind: 'writing'; readonly id: number; readonly text: string; readonly at: number }
  | {
      readonly kind: 'said';
      readonly id: number;
      readonly name: string;
      /** As of `Presence`. */
      readonly lookalike: boolean;
      readonly own: boolean;
      readonly text: string;
      readonly at: number;
    }
  /** The text is the page's to keep: the request `say` with this id sends it again. */
  | { readonly kind: 'unsaid'; readonly id: number; readonly why: Unsaid; readonly message: string }
  | { readonly kind: 'reacted'; readonly number: number; readonly name: string; readonly reaction: Reaction }
  | { readonly kind: 'speaking-while-muted' }
  | { readonly kind: 'grant-ends'; readonly milliseconds: number }
  | { readonly kind: 'refused'; readonly error: string; readonly message: string }
  | { readonly kind: 'round-trip'; readonly milliseconds: number }
  | { readonly kind: 'speaking'; readonly speaking: readonly Speaking[] }
  | { readonly kind: 'figures'; readonly figures: Figures }
  | { readonly kind: 'microphone'; readonly trouble: 'rate' | 'encoder' };
