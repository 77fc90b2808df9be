import type { CloseReason } from './close-reason';

export type Transport = 'webtransport' | 'websocket';

/** What a link tells whoever opened it. Nothing comes after `closed`. */
export interface LinkSink {
  /** The bytes of one event. */
  event(bytes: Uint8Array): void;
  bundle(bytes: Uint8Array): void;
  closed(reason: CloseReason): void;
}

/**
 * One open link to an edge, by either transport. Media that cannot leave at once is dropped, requests wait.
 * Owned by its connection.
 */
export interface Link {
  readonly transport: Transport;
  /** False when so many requests wait that the edge must have stopped reading; see ControlQueue. */
  request(bytes: Uint8Array<ArrayBuffer>): boolean;
  /** False when the bundle was dropped. */
  bundle(bytes: Uint8Array<ArrayBuffer>): boolean;
  close(reason: CloseReason): void;
}

/** Why there is no link by a transport. */
export type Obstacle =
  | 'timeout'
  | 'refused'
  | 'unsupported'
  | 'absent'
  /** Too many tries have failed, or nobody says that the edge is there; it is tried again. */
  | 'postponed';

export class NoLink extends Error {
  constructor(readonly obstacle: Obstacle) {
    super(obstacle);
  }
}
