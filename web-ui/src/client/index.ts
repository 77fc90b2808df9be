/**
 * Rooms in a page of your own, without our user interface.
 *
 * ```ts
 * const room = new Room((report) => show(report));
 * joinButton.onclick = () => room.join({ room: 'standup', user: 'ann', name: 'Ann' });
 * ```
 *
 * `example.ts` is a whole page in thirty lines.
 *
 * `Room` is where to begin; what it tells is `RoomReport`, what it can be asked for on the way is
 * `PersonalRequest`. Its worker, its codec and its worklets come along: a bundler that knows `new Worker(new
 * URL(..., import.meta.url))` and Vite's `?worker&url` packs them. The page must come from the edge's origin,
 * or from a proxy in front of it, and be a secure context; with the headers `Cross-Origin-Opener-Policy:
 * same-origin` and `Cross-Origin-Embedder-Policy: require-corp` sound goes through shared memory.
 *
 * In reading order: `room.ts` (the page's side), `worker/port.ts` (what page and worker say to each other),
 * `worker/call.ts` (the worker's side), `session/session.ts` (presence in a room across connections),
 * `media/playout/playout.ts` and `media/capture/publisher.ts` (hearing and speaking). Nothing here imports
 * from `ui`, and `ui` imports only from here; the linter holds both.
 */

export { base } from './base';
export { Lease } from './media/capture/lease';
export { LevelMeter } from './media/capture/level-meter';
export {
  Microphone,
  type MicrophoneTrouble,
  microphonePermission,
  NoMicrophone,
} from './media/capture/microphone';
export { DEFAULT_SOUND, type SoundSettings } from './media/sound-settings';
export { type Before, Room, type RoomOptions, type RoomReport } from './room';
export type { CloseReason } from './session/close-reason';
export { type PersonalRequest, REACTIONS, type Reaction } from './session/control';
export {
  type CreatedRoom,
  createRoom,
  EdgeError,
  fetchToken,
  findGuestLink,
  findPage,
  type Join,
  type PageAddress,
  type PageInfo,
} from './session/edge-api';
export type { Obstacle, Transport } from './session/link';
export type { Unsaid } from './session/outgoing';
export { cleanLine, cleanName, lengthOf, MAX_LINE } from './session/plain-text';
export type { Notice, Presence } from './session/roster';
export type { Resume } from './session/session';
export type { Failure, InTheRoom, SessionState } from './session/state';
export { findLack, type Lack } from './support';
export { claimsOf, type TokenClaims, tokenOf } from './token';
export type { Figures, Speaking } from './worker/port';
