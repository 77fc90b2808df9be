// What the view of a room knows of the chat, and how reports change it.
import type { RoomReport, Unsaid } from '../client';

const MAX_MESSAGES = 500;

export interface ChatMessage {
  readonly id: number;
  readonly name: string;
  /** As of `Presence`, when it was said. */
  readonly lookalike: boolean;
  readonly own: boolean;
  readonly text: string;
  /** Milliseconds since 1970, by this browser's clock. */
  readonly at: number;
}

/** Something that this person wrote and that nobody is known to have. */
export interface UnsaidMessage extends ChatMessage {
  /** What the room knows it by. */
  readonly line: number;
  /** Null while it is on its way. */
  readonly why: Unsaid | null;
  /** What the edge that refused it says. */
  readonly reason: string;
}

/** Immutable. */
export interface Chat {
  readonly messages: readonly ChatMessage[];
  /** In the order of their writing; they stand after all messages. */
  readonly unsaid: readonly UnsaidMessage[];
  /** It is open. */
  readonly reading: boolean;
  /** Messages of others since it was last open. */
  readonly unread: number;
  readonly lastId: number;
}

type Of<K extends RoomReport['kind']> = Extract<RoomReport, { kind: K }>;

/** One's own message takes its place when the edge has told it to everybody. */
export function withSaid<C extends Chat>(chat: C, said: Of<'said'>): C {
  const { id, name, lookalike, own, text, at } = said;
  const written = own ? chat.unsaid.find(({ line }) => line === id) : undefined;
  const lastId = chat.lastId + (written ? 0 : 1);
  const message = { id: written?.id ?? lastId, name, lookalike, own, text, at };
  return {
    ...chat,
    lastId,
    messages: [...chat.messages, message].slice(-MAX_MESSAGES),
    unsaid: written ? chat.unsaid.filter((each) => each !== written) : chat.unsaid,
    unread: chat.unread + (own || chat.reading ? 0 : 1),
  };
}

export function withWriting<C extends Chat>(chat: C, name: string, { id, text, at }: Of<'writing'>): C {
  const lastId = chat.lastId + 1;
  const mine = { name, lookalike: false, own: true };
  const message = { id: lastId, ...mine, text, at, line: id, why: null, reason: '' };
  return { ...without(chat, id), lastId, unsaid: [...without(chat, id).unsaid, message] };
}

export function withUnsaid<C extends Chat>(chat: C, { id, why, message }: Of<'unsaid'>): C {
  const unsaid = chat.unsaid.map((each) => (each.line === id ? { ...each, why, reason: message } : each));
  return { ...chat, unsaid };
}

/** What was unsaid when this page was left or loaded anew. */
export function withRestored<C extends Chat>(chat: C, unsaid: readonly UnsaidMessage[]): C {
  const lastId = chat.lastId + unsaid.length;
  return { ...chat, lastId, unsaid: unsaid.map((each, index) => ({ ...each, id: chat.lastId + 1 + index })) };
}

export function without<C extends Chat>(chat: C, line: number): C {
  return { ...chat, unsaid: chat.unsaid.filter((each) => each.line !== line) };
}

/** Others' messages end with the session; what one has written oneself does not. */
export function ended<C extends Chat>(chat: C): C {
  const unsaid = chat.unsaid.map((each) => ({ ...each, why: each.why ?? ('ended' as const) }));
  return { ...chat, messages: [], unread: 0, unsaid };
}
