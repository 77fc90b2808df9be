import type { StoredSession } from './stored-session';

/** A tab that is asked has answered by then, or there is none. */
const ANSWER_MS = 1_500;

type Message =
  /** Somebody is about to enter the room here. */
  | { readonly kind: 'who'; readonly room: string }
  /** The room is open in this tab. */
  | { readonly kind: 'here'; readonly room: string }
  /** The call is wanted elsewhere. */
  | { readonly kind: 'move'; readonly room: string }
  /** Here it is. */
  | { readonly kind: 'moved'; readonly room: string; readonly session: StoredSession };

export interface OtherTabsSink {
  /** The room that this tab is in, from entering until leaving; null otherwise. */
  readonly room: string | null;
  /** Lets go of the session, for another tab to go on with it. */
  handOver(): StoredSession | null;
}

/** The tabs of this browser find each other, so that nobody is in a room twice without wanting it. */
export class OtherTabs {
  #channel: BroadcastChannel | null = null;
  #found: (() => void) | null = null;
  #moved: ((session: StoredSession) => void) | null = null;

  constructor(private readonly sink: OtherTabsSink) {}

  open(): void {
    this.#channel = new BroadcastChannel('confab');
    this.#channel.onmessage = (event: MessageEvent<Message>) => this.#take(event.data);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  /** Calls `found` when a tab that is in the room answers. */
  look(room: string, found: () => void): void {
    this.#found = found;
    this.#tell({ kind: 'who', room });
  }

  /** The session of the tab that is in the room; null when there is none any more. */
  take(room: string): Promise<StoredSession | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), ANSWER_MS);
      this.#moved = (session) => {
        clearTimeout(timer);
        this.#moved = null;
        resolve(session);
      };
      this.#tell({ kind: 'move', room });
    });
  }

  #take(message: Message): void {
    switch (message.kind) {
      case 'who':
        if (message.room === this.sink.room) this.#tell({ kind: 'here', room: message.room });
        return;
      case 'move': {
        const session = message.room === this.sink.room ? this.sink.handOver() : null;
        if (session) this.#tell({ kind: 'moved', room: message.room, session });
        return;
      }
      case 'here':
        return this.#found?.();
      case 'moved':
        return this.#moved?.(message.session);
    }
  }

  #tell(message: Message): void {
    this.#channel?.postMessage(message);
  }
}
