import type { Reaction } from '../client/session/control';
import type { ChatMessage } from './panels/chat-panel';

const MAX_MESSAGES = 500;
const REACTION_MS = 4_000;

/**
 * What people write and show: a chat while the page is open, and reactions for a moment. Owned by the
 * controller.
 */
export class Words {
  messages: readonly ChatMessage[] = [];
  /** Messages of others since the chat was last open. */
  unread = 0;
  /** By participant. */
  readonly reactions = new Map<number, Reaction>();
  #reading = false;
  #id = 0;

  constructor(private readonly onChange: () => void) {}

  /** The chat is open, or closed. */
  set reading(reading: boolean) {
    this.#reading = reading;
    if (reading) this.unread = 0;
  }

  said(name: string, own: boolean, text: string): void {
    const message: ChatMessage = { id: ++this.#id, name, own, text, at: Date.now() };
    this.messages = [...this.messages, message].slice(-MAX_MESSAGES);
    if (!own && !this.#reading) this.unread++;
  }

  reacted(number: number, reaction: Reaction): void {
    this.reactions.set(number, reaction);
    setTimeout(() => {
      if (this.reactions.get(number) === reaction) this.reactions.delete(number);
      this.onChange();
    }, REACTION_MS);
  }

  forget(): void {
    this.messages = [];
    this.unread = 0;
    this.reactions.clear();
  }
}
