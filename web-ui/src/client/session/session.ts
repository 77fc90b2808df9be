import type { Connection } from './connection';
import { Connections, type ConnectionsSink } from './connections';
import {
  type Event,
  type PersonalRequest,
  type PublisherReport,
  type Reaction,
  type Refused,
  reactionOf,
  type Said,
  type Welcome,
} from './control';
import type { Network } from './dialler';
import type { Join } from './edge-api';
import type { Transport } from './link';
import { type Line, Outgoing, type Unsaid } from './outgoing';
import { Renewal, type RenewalOwner } from './renewal';
import { Repetitions } from './repetitions';
import { type Notice, type Presence, Roster } from './roster';
import type { SessionState } from './state';
import { Wish } from './wish';

/**
 * Those whom the edge of a resumed session does not know are shown for so long: it may just not have heard of
 * them.
 */
const MISSING_MS = 3_000;

/** What makes another connection, even of another page, the same session. */
export interface Resume {
  readonly token: string;
  /** Of the last `Enter`. */
  readonly attempt: number;
}

export interface SessionSettings {
  readonly join: Join;
  readonly only: Transport | null;
  /** The session that this one goes on with. */
  readonly resume: Resume | null;
}

export interface SessionSink {
  state(state: SessionState): void;
  roster(present: Presence[], you: number): void;
  /** The active speakers where only the loudest are forwarded, the one who became one most recently first. */
  speakers(numbers: number[]): void;
  wishes(muted: boolean, deafened: boolean): void;
  notice(notice: Notice): void;
  /** Somebody in the room, oneself included, writes to everybody. The id is 0 where there is none. */
  said(who: Presence, line: Line): void;
  /** A line of one's own waits to be said; `said` follows, or `unsaid`. */
  writing(line: Line): void;
  unsaid(line: Line, why: Unsaid, message: string): void;
  /** Somebody in the room, oneself included, shows something. */
  reacted(who: Presence, reaction: Reaction): void;
  /** What became of one's own frames. */
  published(report: PublisherReport): void;
  /** What people call the room; empty when nobody has said. */
  roomName(name: string): void;
  /** What one may do here ends soon. */
  grantEnds(milliseconds: number): void;
  refused(error: string, message: string): void;
  roundTrip(milliseconds: number): void;
  /** A connection was closed since more requests waited than it takes. */
  overflowed(): void;
  bundle(bytes: Uint8Array): void;
  /** A participant is gone, or, without a number, everybody: numbers hold within one session only. */
  forget(participant?: number): void;
  /** To be kept by who wants to come back as the same. */
  resume(join: Join, resume: Resume): void;
}

/**
 * One participant's presence in a room, across as many connections as it takes. Lives in the worker;
 * everything happens on its one thread.
 */
export class Session {
  readonly #muted = new Wish(false);
  readonly #deafened = new Wish(false);
  readonly #handRaised = new Wish(false);
  readonly #name: Wish<string>;
  readonly #roster = new Roster();
  readonly #repetitions = new Repetitions();
  readonly #outgoing: Outgoing;
  readonly #connections: Connections;
  readonly #renewal: Renewal;
  #join: Join;
  #token: string;
  #attempt: number;
  #again: boolean;
  #missing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly settings: SessionSettings,
    network: Network,
    private readonly sink: SessionSink,
    random: () => number = Math.random,
  ) {
    this.#join = settings.join;
    this.#name = new Wish(settings.join.name);
    this.#token = settings.resume?.token ?? '';
    this.#attempt = settings.resume?.attempt ?? 0;
    this.#again = settings.resume !== null;
    this.#connections = new Connections(network, this.#heard(), random);
    this.#renewal = new Renewal(this.#renewed(network));
    this.#outgoing = new Outgoing({
      send: (line) => this.#ask({ kind: 'say', ...line }),
      writing: (line) => sink.writing(line),
      unsaid: (line, why, message) => sink.unsaid(line, why, message),
    });
  }

  start(): void {
    this.sink.forget();
    this.#connections.start();
  }

  /** The network is back: there is no use in waiting any longer. */
  hurry(): void {
    this.#connections.hurry();
  }

  /**
   * What one wishes to be (muted, deafened, with a raised hand, of another name) and what one writes outlive
   * connections.
   */
  request(request: PersonalRequest): void {
    if (request.kind === 'say') return this.#outgoing.write(request.text, request.id);
    const wish = this.#wish(request);
    this.#ask(request);
    if (wish) this.#tellWishes();
  }

  #ask(request: PersonalRequest): boolean {
    const { current } = this.#connections;
    current?.request(request);
    return current !== null;
  }

  #wish(request: PersonalRequest): boolean {
    switch (request.kind) {
      case 'mute':
        this.#muted.set(request.muted);
        return true;
      case 'deafen':
        this.#deafened.set(request.deafened);
        return true;
      case 'raise-hand':
        this.#handRaised.set(request.raised);
        return true;
      case 'rename':
        this.#name.set(request.name);
        return true;
      default:
        return false;
    }
  }

  /** Tells the edge what came in since the last report. */
  report(received: number, lost: number): void {
    this.#connections.current?.request({ kind: 'report', received, lost });
  }

  /**
   * Whether the bundle left, or was dropped since the connection is backed up; null when there is no
   * connection.
   */
  publish(bundle: Uint8Array<ArrayBuffer>): boolean | null {
    const [left = null] = this.#connections.carriers.map((connection) => connection.send(bundle));
    return left;
  }

  leave(): void {
    this.#connections.leave();
  }

  /**
   * Ends here, but not for the edge: the page goes, and may come back within the time that the place is kept.
   */
  suspend(): void {
    this.#connections.close('unloaded');
    this.#end();
  }

  #heard(): ConnectionsSink {
    const session = this;
    return {
      only: this.settings.only,
      get join() {
        return session.#join;
      },
      get attempt() {
        return session.#attempt;
      },
      get again() {
        return session.#again;
      },
      enter: (connection) => this.#enter(connection),
      event: (event) => this.#event(event),
      bundle: (bytes) => {
        if (!this.#deafened.value) this.sink.bundle(bytes);
      },
      state: (state) => {
        if (state.phase === 'ended') this.#end();
        this.sink.state(state);
      },
      roundTrip: (milliseconds) => this.sink.roundTrip(milliseconds),
      overflowed: () => this.sink.overflowed(),
    };
  }

  #renewed(network: Network): RenewalOwner {
    const session = this;
    return {
      get url() {
        return session.#join.tokenUrl ?? null;
      },
      get token() {
        return session.#join.token ?? null;
      },
      fetchToken: (url) => network.fetchToken(url),
      show: (token) => {
        session.#join = { ...session.#join, token };
        session.#connections.current?.request({ kind: 'renew', token });
        session.#tellResume();
      },
      warn: (milliseconds) => session.sink.grantEnds(milliseconds),
    };
  }

  #enter(connection: Connection): void {
    this.#attempt++;
    connection.attempt = this.#attempt;
    this.#tellResume();
    connection.request({ kind: 'enter', resume: this.#token, attempt: this.#attempt });
  }

  #event(event: Event): void {
    const { kind } = event;
    if (kind.case === 'welcome') this.#welcome(kind.value);
    this.#roster.apply(event).forEach((notice) => this.sink.notice(notice));
    switch (kind.case) {
      case 'welcome':
        this.#hearOwnState(kind.value);
        this.#outgoing.connected();
        break;
      case 'speakers':
        return this.sink.speakers(kind.value.numbers);
      case 'roomChanged':
        return this.sink.roomName(kind.value.name);
      case 'grantEnds':
        return this.#renewal.begin(kind.value.inMs);
      case 'publisherReport':
        return this.sink.published(kind.value);
      case 'said':
        return this.#hearWord(kind.value.number, (who) => this.#hearLine(who, kind.value));
      case 'reacted': {
        const reaction = reactionOf(kind.value.reaction);
        return this.#hearWord(kind.value.number, (who) => reaction && this.sink.reacted(who, reaction));
      }
      case 'left':
        this.sink.forget(kind.value.number);
        break;
      case 'pong':
        return this.#renew(kind.value.resume);
      case 'you':
        this.#renew(kind.value.resume);
        break;
      case 'refused':
        return this.#refused(kind.value);
      case 'updated':
        if (kind.value.participant?.number === this.#roster.you?.number) this.#hearOwnState(null);
        break;
      default:
        break;
    }
    this.#tellRoster();
  }

  #hearLine(who: Presence, { id, text }: Said): void {
    const own = who === this.#roster.you ? this.#outgoing.heard(id, text) : null;
    const line = { id: own?.id ?? id, text };
    const repeated = this.#repetitions.isRepeated(who.user, line.id);
    // Nobody can keep this person from seeing what became of a line.
    if (own || !repeated) this.sink.said(who, line);
  }

  // A line waits and says so itself; a person is told of what else was refused.
  #refused({ error, message, retryAfterMs }: Refused): void {
    if (error === 'unauthorized' && this.#renewal.refused()) return;
    const aboutLine = this.#outgoing.refused(error, message, retryAfterMs);
    const wishes = error === 'bad_text' ? [] : [this.#muted, this.#deafened, this.#handRaised, this.#name];
    const unwished = wishes.map((wish) => wish.refuse()).includes(true);
    if (unwished || !aboutLine) this.sink.refused(error, message);
    if (unwished) this.#tellWishes();
  }

  // Words of people whom this page does not know are nobody's.
  #hearWord(number: number, tell: (who: Presence) => void): void {
    const who = this.#roster.find(number);
    if (who) tell(who);
  }

  #welcome({ resume, resumed, session, roomName }: Welcome): void {
    this.#again = true;
    this.#join = { ...this.#join, session };
    this.#renew(resume);
    this.sink.roomName(roomName);
    // The edge tells who speaks after its welcome, if anybody does.
    this.sink.speakers([]);
    clearTimeout(this.#missing);
    // What is heard of the others goes on across the connections of one session.
    if (resumed) this.#missing = setTimeout(() => this.#dropMissing(), MISSING_MS);
    else this.sink.forget();
  }

  #dropMissing(): void {
    const gone = this.#roster.dropMissing();
    for (const { number, name } of gone) {
      this.sink.forget(number);
      this.sink.notice({ kind: 'left', name });
    }
    if (gone.length > 0) this.#tellRoster();
  }

  // A new session starts neither muted nor deafened nor with a raised hand, and what was wished while there
  // was no connection is not known to any edge; the person's wish outlives the connection.
  #hearOwnState(welcome: Welcome | null): void {
    const you = this.#roster.you;
    if (!you) return;
    if (welcome) this.#askForWishes(you, !welcome.resumed);
    const changed = [
      this.#muted.hear(you.muted),
      this.#deafened.hear(you.deafened),
      this.#handRaised.hear(you.handRaised),
    ];
    this.#name.hear(you.name);
    if (this.#name.value !== this.#join.name) {
      this.#join = { ...this.#join, name: this.#name.value };
      this.#tellResume();
    }
    if (changed.includes(true)) this.#tellWishes();
  }

  #askForWishes(you: Presence, fresh: boolean): void {
    const [muted, deafened] = [this.#muted.value, this.#deafened.value];
    if (muted !== you.muted) this.request({ kind: 'mute', muted });
    if (deafened !== you.deafened) this.request({ kind: 'deafen', deafened });
    // The hand of a session that goes on may have been lowered while nobody here heard of it.
    const [hand, name] = [this.#handRaised, this.#name];
    if ((hand.pending || fresh) && hand.value !== you.handRaised)
      this.request({ kind: 'raise-hand', raised: hand.value });
    if (name.pending && name.value !== you.name) this.request({ kind: 'rename', name: name.value });
  }

  #renew(token: string): void {
    if (token === '') return;
    this.#token = token;
    this.#tellResume();
  }

  #end(): void {
    clearTimeout(this.#missing);
    this.#renewal.close();
    this.#outgoing.end();
    this.sink.speakers([]);
    this.sink.forget();
  }

  // Of oneself, what one wishes: it shows at once, also while there is no edge to hear it.
  #tellRoster(): void {
    const { you } = this.#roster;
    const wished = you && {
      ...you,
      name: this.#name.value,
      muted: this.#muted.value,
      deafened: this.#deafened.value,
      handRaised: this.#handRaised.value,
    };
    const present = this.#roster.list().map((each) => (each === you && wished ? wished : each));
    this.sink.roster(present, you?.number ?? 0);
  }

  #tellWishes(): void {
    this.sink.wishes(this.#muted.value, this.#deafened.value);
    if (this.#roster.you) this.#tellRoster();
  }

  #tellResume(): void {
    if (this.#token !== '') this.sink.resume(this.#join, { token: this.#token, attempt: this.#attempt });
  }
}
