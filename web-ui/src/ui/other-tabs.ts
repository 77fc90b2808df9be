import type { StoredSession } from './stored-session';

/** A tab that is asked has answered by then, or there is none. */
const ANSWER_MS = 1_500;

/** A room, and as whom. Those whose address names nobody are this browser's person. */
export interface Call {
  readonly room: string;
  readonly user: string | null;
}

type Message =
  /** Somebody is about to enter the room here. */
  | { readonly kind: 'who'; readonly call: Call }
  /** This tab is in the room. */
  | { readonly kind: 'here'; readonly call: Call }
  /** No longer. */
  | { readonly kind: 'gone'; readonly call: Call }
  /** The call is wanted elsewhere. */
  | { readonly kind: 'move'; readonly call: Call }
  /** Here it is. */
  | { readonly kind: 'moved'; readonly call: Call; readonly session: StoredSession };

export interface OtherTabsSink {
  /** What the address of this tab names. */
  readonly call: Call;
  /** From entering until leaving. */
  readonly inMeeting: boolean;
  /** Another tab has entered the same call, or left it. */
  elsewhere(elsewhere: boolean): void;
  /** Lets go of the session, for another tab to go on with it. */
  handOver(): StoredSession | null;
}

/** The tabs of this browser find each other, so that nobody is in a room twice without wanting it. */
export class OtherTabs {
  #channel: BroadcastChannel | null = null;
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

  /** Asks who is in the call of this tab; whoever is says so. */
  look(): void {
    this.#tell({ kind: 'who', call: this.sink.call });
  }

  /** This tab has entered its call, or left it. */
  tell(inMeeting: boolean): void {
    this.#tell({ kind: inMeeting ? 'here' : 'gone', call: this.sink.call });
  }

  /** The session of the tab that is in the call; null when there is none any more. */
  take(): Promise<StoredSession | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), ANSWER_MS);
      this.#moved = (session) => {
        clearTimeout(timer);
        this.#moved = null;
        resolve(session);
      };
      this.#tell({ kind: 'move', call: this.sink.call });
    });
  }

  #take(message: Message): void {
    const { call, inMeeting } = this.sink;
    if (message.call.room !== call.room || message.call.user !== call.user) return;
    switch (message.kind) {
      case 'who':
        if (inMeeting) this.tell(true);
        return;
      case 'here':
        return this.sink.elsewhere(true);
      case 'gone':
        return this.sink.elsewhere(false);
      case 'move': {
        const session = inMeeting ? this.sink.handOver() : null;
        if (session) this.#tell({ kind: 'moved', call, session });
        return;
      }
      case 'moved':
        return this.#moved?.(message.session);
    }
  }

  #tell(message: Message): void {
    this.#channel?.postMessage(message);
  }
}
