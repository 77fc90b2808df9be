import { Backoff } from './backoff';
import { type Ending, isFinal } from './close-reason';
import type { Connect, Connected } from './connect';
import { type Event, readEvent, type Request, writeRequest } from './control';
import { EdgeError, type Join } from './edge-api';
import { type Link, type LinkSink, NoLink, type Transport } from './link';
import { type Notice, type Presence, Roster } from './roster';
import type { Failure, SessionState } from './state';
import { Wish } from './wish';

const PING_EVERY_MS = 2_000;
const WATCH_EVERY_MS = 1_000;
const SILENCE_MS = 6_000;
/** A connection that held this long makes the next wait short again. */
const STEADY_MS = 5_000;
/** For so long after WebTransport did not answer, reconnecting does not wait for it. */
const SKIP_WEBTRANSPORT_MS = 120_000;

export interface SessionSink {
  state(state: SessionState): void;
  roster(present: Presence[], you: number): void;
  wishes(muted: boolean, deafened: boolean): void;
  notice(notice: Notice): void;
  refused(error: string, message: string): void;
  roundTrip(milliseconds: number): void;
  bundle(bytes: Uint8Array): void;
  /** A participant is gone, or, without a number, everybody: numbers hold within one connection only. */
  forget(participant?: number): void;
}

/**
 * One participant's presence in a room, across as many connections as it takes. Lives in the worker; everything
 * happens on its one thread, and what an old link still says is not heard.
 */
export class Session {
  readonly #muted = new Wish();
  readonly #deafened = new Wish();
  readonly #roster = new Roster();
  readonly #backoff: Backoff;
  #link: Link | null = null;
  // Names the connection or try that counts; callbacks of any other are void.
  #current = 0;
  #attempt = 0;
  #welcomed = false;
  #everWelcomed = false;
  #obstacle: Connected['obstacle'] = null;
  #skipUntil = 0;
  #heardAt = 0;
  #openedAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(
    private join: Join, private readonly only: Transport | null, private readonly connect: Connect,
    private readonly sink: SessionSink, random: () => number = Math.random,
  ) {
    this.#backoff = new Backoff(random);
  }

  start(): void {
    void this.#try();
  }

  /** The network is back: there is no use in waiting any longer. */
  hurry(): void {
    if (this.#retry === undefined) return;
    this.#backoff.reset();
    void this.#try();
  }

  mute(muted: boolean): void {
    this.#muted.set(muted);
    this.#request({ kind: 'mute', muted });
    this.#tellWishes();
  }

  deafen(deafened: boolean): void {
    this.#deafened.set(deafened);
    this.#request({ kind: 'deafen', deafened });
    this.#tellWishes();
  }

  rename(name: string): void {
    this.#request({ kind: 'rename', name });
  }

  /** Whether the bundle left, or was dropped since the connection is backed up; null when there is no connection. */
  publish(bundle: Uint8Array<ArrayBuffer>): boolean | null {
    return this.#welcomed && this.#link ? this.#link.bundle(bundle) : null;
  }

  leave(): void {
    this.#request({ kind: 'leave' });
    this.#link?.close('left');
    this.#finish({ kind: 'ending', ending: 'left' });
  }

  async #try(): Promise<void> {
    this.#hangUp();
    const current = ++this.#current;
    const counts = (): boolean => current === this.#current;
    this.sink.state({ phase: 'connecting', transport: null, again: this.#everWelcomed });
    try {
      const connected = await this.connect({
        join: this.join,
        only: this.only,
        attempt: this.#attempt++,
        skipWebTransport: performance.now() < this.#skipUntil,
        first: this.#pingRequest(),
        trying: (transport) => {
          if (counts()) this.sink.state({ phase: 'connecting', transport, again: this.#everWelcomed });
        },
      }, this.#sinkOf(counts));
      if (counts()) this.#open(connected);
      else connected.link.close('left');
    } catch (cause) {
      if (counts()) this.#failed(cause);
    }
  }

  #sinkOf(counts: () => boolean): LinkSink {
    return {
      event: (bytes) => {
        if (counts()) this.#event(bytes);
      },
      bundle: (bytes) => {
        if (!counts()) return;
        this.#heardAt = performance.now();
        if (!this.#deafened.value) this.sink.bundle(bytes);
      },
      closed: (ending) => {
        if (counts()) this.#closed(ending);
      },
    };
  }

  #open({ link, obstacle }: Connected): void {
    this.#link = link;
    this.#obstacle = obstacle;
    this.#openedAt = this.#heardAt = performance.now();
    if (obstacle === 'timeout') this.#skipUntil = this.#openedAt + SKIP_WEBTRANSPORT_MS;
    this.#ping = setInterval(() => this.#request(this.#pingRequest()), PING_EVERY_MS);
    this.#watch = setInterval(() => this.#lookForLife(), WATCH_EVERY_MS);
    // The welcome may have come before the link was handed over.
    if (this.#welcomed) this.#settle();
  }

  #lookForLife(): void {
    const now = performance.now();
    if (now - this.#openedAt > STEADY_MS && this.#welcomed) this.#backoff.reset();
    if (now - this.#heardAt <= SILENCE_MS) return;
    this.#link?.close('idle_timeout');
    this.#closed('lost');
  }

  #event(bytes: Uint8Array): void {
    this.#heardAt = performance.now();
    let event: Event;
    try {
      event = readEvent(bytes);
    } catch {
      this.#link?.close('protocol_violation');
      this.#closed('protocol_violation');
      return;
    }
    const notice = this.#roster.apply(event);
    if (notice) this.sink.notice(notice);
    this.#react(event);
  }

  #react({ kind }: Event): void {
    switch (kind.case) {
      case 'welcome':
        this.#welcomed = true;
        this.#everWelcomed = true;
        this.sink.forget();
        this.#hearOwnState(true);
        if (this.#link) this.#settle();
        break;
      case 'left':
        this.sink.forget(kind.value.number);
        break;
      case 'pong':
        this.sink.roundTrip(performance.now() - Number(kind.value.time) / 1000);
        return;
      case 'refused':
        this.sink.refused(kind.value.error, kind.value.message);
        if (this.#muted.refuse() || this.#deafened.refuse()) this.#tellWishes();
        return;
      case 'updated':
        if (kind.value.participant?.number === this.#roster.you?.number) this.#hearOwnState(false);
        break;
      default: break;
    }
    this.sink.roster(this.#roster.list(), this.#roster.you?.number ?? 0);
  }

  /** The connection is complete: both the link and the welcome are here. */
  #settle(): void {
    const { transport } = this.#link as Link;
    this.sink.state({ phase: 'connected', transport, obstacle: this.#obstacle });
  }

  // A new connection starts neither muted nor deafened; the person's wish outlives the old one.
  #hearOwnState(fresh: boolean): void {
    const you = this.#roster.you;
    if (!you) return;
    this.join = { ...this.join, name: you.name };
    if (fresh) {
      if (this.#muted.value !== you.muted) this.mute(this.#muted.value);
      if (this.#deafened.value !== you.deafened) this.deafen(this.#deafened.value);
    }
    const changed = [this.#muted.hear(you.muted), this.#deafened.hear(you.deafened)];
    if (changed.includes(true)) this.#tellWishes();
  }

  #closed(ending: Ending): void {
    if (isFinal(ending)) {
      this.#finish({ kind: 'ending', ending });
      return;
    }
    this.#retryLater({ kind: 'ending', ending }, ending === 'rate_limited');
  }

  #failed(cause: unknown): void {
    if (cause instanceof EdgeError) {
      const failure: Failure = { kind: 'edge', code: cause.code, message: cause.message };
      const hopeful = this.#everWelcomed ? cause.passing : cause.status === 0;
      if (hopeful) this.#retryLater(failure, cause.status === 429);
      else this.#finish(failure);
      return;
    }
    const obstacle = cause instanceof NoLink ? cause.obstacle : 'refused';
    const failure: Failure = { kind: 'link', obstacle, only: this.only };
    // Who asks for one transport wants to see it fail.
    if (this.only === 'webtransport' && !this.#everWelcomed) this.#finish(failure);
    else this.#retryLater(failure, false);
  }

  #retryLater(failure: Failure, pause: boolean): void {
    this.#hangUp();
    this.#current++;
    const wait = this.#backoff.next(pause);
    this.sink.state({ phase: 'waiting', wait, failure });
    this.#retry = setTimeout(() => void this.#try(), wait);
  }

  #finish(failure: Failure): void {
    this.#hangUp();
    this.#current++;
    this.sink.state({ phase: 'ended', failure });
  }

  #hangUp(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#ping);
    clearInterval(this.#watch);
    this.#retry = undefined;
    this.#link = null;
    this.#welcomed = false;
    this.sink.forget();
  }

  #request(request: Request): void {
    this.#link?.request(writeRequest(request));
  }

  #pingRequest(): Request {
    return { kind: 'ping', time: BigInt(Math.round(performance.now() * 1000)) };
  }

  #tellWishes(): void {
    this.sink.wishes(this.#muted.value, this.#deafened.value);
  }
}
