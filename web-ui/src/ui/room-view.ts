import type {
  Failure,
  Figures,
  MicrophoneTrouble,
  Notice,
  Presence,
  Reaction,
  RoomReport,
  SessionState,
} from '../client';
import {
  type Chat,
  ended,
  type UnsaidMessage,
  without as withoutLine,
  withRestored,
  withSaid,
  withUnsaid,
  withWriting,
} from './chat';

/** As many moments as the charts show. */
export const MOMENTS = 60;
const MAX_NOTICES = 3;

/** One second of a call. */
export interface Moment {
  readonly roundTrip: number | null;
  readonly figures: Figures;
}

/** Something that a person is told for a moment. */
export type Told =
  | (Notice & { readonly kind: 'renamed' | 'raised-hand' })
  /** Who came, or went, since that was last told. */
  | { readonly kind: 'came' | 'went'; readonly names: readonly string[] }
  /** Somebody wrote while the chat is closed. */
  | { readonly kind: 'wrote'; readonly name: string; readonly text: string }
  | Extract<RoomReport, { kind: 'refused' | 'grant-ends' | 'speaking-while-muted' }>
  | Extract<RoomReport, { kind: 'no-sound' | 'changed-to' | 'loudspeaker-failed' | 'worker-failed' }>
  | { readonly kind: 'reacted'; readonly name: string; readonly reaction: Reaction }
  | { readonly kind: 'back-without-microphone' | 'copied' | 'unsaid' };

export interface ShownNotice {
  readonly id: number;
  readonly told: Told;
}

export interface ShownReaction {
  readonly id: number;
  readonly reaction: Reaction;
}

/**
 * All that is shown of a room, but for loudness, which changes too often to be drawn with the rest.
 * Immutable.
 */
export interface RoomView extends Chat {
  readonly state: SessionState | null;
  /** The room was entered at least once since the last join. */
  readonly entered: boolean;
  /** What people call the room; empty when nobody has said. */
  readonly roomName: string;
  readonly present: readonly Presence[];
  readonly you: number;
  /** Of those who raised a hand, the first who did first. */
  readonly hands: readonly number[];
  readonly muted: boolean;
  readonly deafened: boolean;
  /** The active speakers, where the edge forwards only the loudest. */
  readonly speakers: readonly number[];
  readonly roundTrip: number | null;
  /** The last minute, a moment a second. */
  readonly moments: readonly Moment[];
  /** By participant. */
  readonly reactions: ReadonlyMap<number, ShownReaction>;
  readonly notices: readonly ShownNotice[];
  /**
   * How loud somebody is heard here, where that was changed: 0 to 2. By participant number, which the edge
   * proves; a user id is only what somebody says of themselves.
   */
  readonly volumes: ReadonlyMap<number, number>;
  readonly trouble: MicrophoneTrouble | null;
  readonly soundPaused: boolean;
}

export const NOTHING_YET: RoomView = {
  state: null,
  entered: false,
  present: [],
  you: 0,
  hands: [],
  muted: false,
  deafened: false,
  speakers: [],
  roomName: '',
  roundTrip: null,
  moments: [],
  messages: [],
  unsaid: [],
  reading: false,
  unread: 0,
  reactions: new Map(),
  notices: [],
  volumes: new Map(),
  trouble: null,
  soundPaused: false,
  lastId: 0,
};

/** What changes a view: what the room reports, and what the page does by itself. */
export type Happening =
  | Exclude<RoomReport, { kind: 'notice' }>
  | { readonly kind: 'told'; readonly told: Told }
  /** A notice or a reaction has been shown for long enough. */
  | { readonly kind: 'expired'; readonly id: number }
  /** The chat was opened, or closed. */
  | { readonly kind: 'reading'; readonly reading: boolean }
  /** What this page had not said when it was loaded anew. */
  | { readonly kind: 'restored'; readonly unsaid: readonly UnsaidMessage[] }
  /** Somebody is heard so loud from now on. */
  | { readonly kind: 'heard-at'; readonly number: number; readonly volume: number }
  /** The person wants a message no longer. */
  | { readonly kind: 'dropped'; readonly line: number };

/** The view after that; the same one when nothing that is shown has changed. */
export function apply(view: RoomView, happening: Happening): RoomView {
  switch (happening.kind) {
    case 'state':
      return withState(view, happening.state);
    case 'roster':
      return withRoster(view, happening.present, happening.you);
    case 'room-name':
      return { ...view, roomName: happening.name };
    case 'speakers':
      return { ...view, speakers: happening.numbers };
    case 'wishes':
      return { ...view, muted: happening.muted, deafened: happening.deafened };
    case 'round-trip':
      return { ...view, roundTrip: happening.milliseconds };
    case 'figures': {
      const moment = { roundTrip: view.roundTrip, figures: happening.figures };
      return { ...view, moments: [...view.moments, moment].slice(-MOMENTS) };
    }
    case 'said':
      return tellSaid(withSaid(view, happening), happening);
    case 'writing':
      return withWriting(view, ownName(view), happening);
    case 'unsaid':
      return tellUnsaid(withUnsaid(view, happening), happening);
    case 'restored':
      return withRestored(view, happening.unsaid);
    case 'dropped':
      return withoutLine(view, happening.line);
    case 'heard-at':
      return { ...view, volumes: new Map(view.volumes).set(happening.number, happening.volume) };
    case 'reacted':
      return withReaction(view, happening);
    case 'told':
      return withNotice(view, happening.told);
    case 'refused':
    case 'grant-ends':
    case 'speaking-while-muted':
    case 'no-sound':
    case 'changed-to':
    case 'loudspeaker-failed':
    case 'worker-failed':
      return withNotice(view, happening);
    case 'trouble':
      return { ...view, trouble: happening.trouble };
    case 'sound-paused':
      return { ...view, soundPaused: happening.paused };
    case 'reading':
      return { ...view, reading: happening.reading, unread: happening.reading ? 0 : view.unread };
    case 'expired':
      return without(view, happening.id);
    case 'speaking':
    case 'resume':
      return view;
  }
}

/** What is told of others is nobody's business after the end. */
const OF_OTHERS: ReadonlySet<Told['kind']> = new Set([
  'came',
  'went',
  'wrote',
  'reacted',
  'renamed',
  'raised-hand',
]);

function withState(view: RoomView, state: SessionState): RoomView {
  switch (state.phase) {
    case 'connecting':
      return { ...view, state, roundTrip: null, entered: view.entered && state.again };
    case 'connected':
      return { ...view, state, entered: true };
    case 'waiting':
      return { ...view, state, roundTrip: null };
    case 'ended': {
      const nothing = { present: [], hands: [], moments: [], reactions: new Map() };
      const notices = view.notices.filter(({ told }) => !OF_OTHERS.has(told.kind));
      return { ...ended(view), state, roundTrip: null, notices, ...nothing };
    }
  }
}

function withRoster(view: RoomView, present: readonly Presence[], you: number): RoomView {
  const raised = present.filter((each) => each.handRaised);
  const inOrder = raised.toSorted((one, other) => one.handRaisedAt - other.handRaisedAt);
  return { ...view, present, you, hands: inOrder.map(({ number }) => number) };
}

function ownName({ present, you }: RoomView): string {
  return present.find(({ number }) => number === you)?.name ?? '';
}

// However many write, one line at a time is told; who reads the chat sees them there.
function tellSaid(view: RoomView, { own, name, text }: Extract<RoomReport, { kind: 'said' }>): RoomView {
  if (own || view.reading) return view;
  const notices = view.notices.filter(({ told }) => told.kind !== 'wrote');
  return withNotice({ ...view, notices }, { kind: 'wrote', name, text });
}

// Who reads the chat sees it there, and the end has a page of its own.
function tellUnsaid(view: RoomView, { why }: Extract<RoomReport, { kind: 'unsaid' }>): RoomView {
  return view.reading || why === 'ended' ? view : withNotice(view, { kind: 'unsaid' });
}

function withReaction(view: RoomView, reacted: Extract<RoomReport, { kind: 'reacted' }>): RoomView {
  const { number, name, reaction } = reacted;
  const lastId = view.lastId + 1;
  const reactions = new Map(view.reactions).set(number, { id: lastId, reaction });
  return withNotice({ ...view, lastId, reactions }, { kind: 'reacted', name, reaction });
}

function withNotice(view: RoomView, told: Told): RoomView {
  const lastId = view.lastId + 1;
  return { ...view, lastId, notices: [...view.notices, { id: lastId, told }].slice(-MAX_NOTICES) };
}

function without(view: RoomView, id: number): RoomView {
  const notices = view.notices.filter((notice) => notice.id !== id);
  const reactions = new Map([...view.reactions].filter(([, shown]) => shown.id !== id));
  const same = notices.length === view.notices.length && reactions.size === view.reactions.size;
  return same ? view : { ...view, notices, reactions };
}

/** Before the room, in it, or after it. */
export type Screen = 'join' | 'room' | 'ended';

export function screenOf({ state, entered }: RoomView): Screen {
  if (!entered) return 'join';
  return state?.phase === 'ended' ? 'ended' : 'room';
}

/** From the first try to connect until the end. */
export function inMeeting({ state }: RoomView): boolean {
  return state !== null && state.phase !== 'ended';
}

/** Connected, as far as anybody can tell. */
export function inTheRoom({ state }: RoomView): boolean {
  return state?.phase === 'connected' && !state.suspect;
}

/** Why the session ended, where that is news: whoever has left knows. */
export function failureOf({ state }: RoomView): Failure | null {
  if (state?.phase !== 'ended') return null;
  const { failure } = state;
  return failure.kind === 'ending' && failure.ending === 'left' ? null : failure;
}

export function handRaised({ present, you }: RoomView): boolean {
  return present.find(({ number }) => number === you)?.handRaised ?? false;
}

/** Whether oneself may not be heard. */
export function isListener({ present, you }: RoomView): boolean {
  return present.find(({ number }) => number === you)?.listener ?? false;
}

/** What stands above the tiles for as long as it lasts. */
export type Banner =
  | { readonly kind: 'lost' | 'not-whole' | 'sound-paused' }
  | { readonly kind: 'trouble'; readonly trouble: MicrophoneTrouble };

export function bannersOf(view: RoomView): Banner[] {
  const { state, trouble, soundPaused } = view;
  const connected = state?.phase === 'connected' ? state : null;
  const banners: Banner[] = [];
  if (inMeeting(view) && !inTheRoom(view)) banners.push({ kind: 'lost' });
  if (connected && !connected.whole) banners.push({ kind: 'not-whole' });
  if (trouble) banners.push({ kind: 'trouble', trouble });
  if (connected && soundPaused) banners.push({ kind: 'sound-paused' });
  return banners;
}
