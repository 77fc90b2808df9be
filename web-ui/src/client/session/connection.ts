import type { CloseReason } from './close-reason';
import type { OpenLink } from './connect';
import { type Request, writeRequest } from './control';
import type { EdgeAddress } from './edge-api';
import { type Link, type LinkSink, NoLink } from './link';

/** Who hears what the connections of a session say. */
export interface Listener {
  event(from: Connection, bytes: Uint8Array): void;
  bundle(from: Connection, bytes: Uint8Array): void;
  closed(from: Connection, reason: CloseReason): void;
  /** More requests wait than its queue takes. It is closed, and `closed` follows. */
  overflowed(): void;
}

/**
 * One connection to one edge, from the open transport to its close. It becomes part of a session by `Enter`.
 * After `close` nothing is heard from it any more.
 */
export class Connection implements LinkSink {
  /** That of the `Enter` sent on it; 0 before. */
  attempt = 0;
  enteredAt = 0;
  /** Its edge is about to end. */
  moving = false;
  /** Its edge reaches the whole room. */
  whole = true;
  /** What its edge calls itself. */
  edgeName = '';
  #open: OpenLink | null = null;
  #ended = false;

  private constructor(
    readonly edge: EdgeAddress,
    private readonly listener: Listener,
  ) {}

  /** @throws NoLink */
  static async open(
    edge: EdgeAddress,
    listener: Listener,
    connect: (sink: LinkSink) => Promise<OpenLink>,
  ): Promise<Connection> {
    const connection = new Connection(edge, listener);
    connection.#open = await connect(connection);
    if (connection.ended) throw new NoLink('refused');
    return connection;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get link(): Link {
    return (this.#open as OpenLink).link;
  }

  get obstacle(): OpenLink['obstacle'] {
    return (this.#open as OpenLink).obstacle;
  }

  request(request: Request): void {
    if (this.#ended || this.link.request(writeRequest(request))) return;
    this.link.close('slow_consumer');
    // Whoever asked is in the midst of something.
    queueMicrotask(() => {
      if (this.#ended) return;
      this.listener.overflowed();
      this.closed('slow_consumer');
    });
  }

  /** False when the bundle was dropped. */
  send(bundle: Uint8Array<ArrayBuffer>): boolean {
    return !this.#ended && this.link.bundle(bundle);
  }

  close(reason: CloseReason): void {
    if (this.#ended) return;
    this.#ended = true;
    this.link.close(reason);
  }

  event(bytes: Uint8Array): void {
    if (!this.#ended) this.listener.event(this, bytes);
  }

  bundle(bytes: Uint8Array): void {
    if (!this.#ended) this.listener.bundle(this, bytes);
  }

  closed(reason: CloseReason): void {
    if (this.#ended) return;
    this.#ended = true;
    this.listener.closed(this, reason);
  }
}
