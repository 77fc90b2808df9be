import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { vi } from 'vitest';
import { EventSchema, type PublisherReport, type Request, RequestSchema } from '../gen/confab/v1/control_pb';
import type { CloseReason } from '../session/close-reason';
import type { ConnectOptions, OpenLink } from '../session/connect';
import type { Network } from '../session/dialler';
import type { EdgeAddress, Join } from '../session/edge-api';
import { type Link, type LinkSink, NoLink, type Obstacle, type Transport } from '../session/link';
import type { Line } from '../session/outgoing';
import type { Notice, Presence } from '../session/roster';
import { type Resume, Session, type SessionSettings } from '../session/session';
import type { SessionState } from '../session/state';

type EventKind = Parameters<typeof create<typeof EventSchema>>[1];
type Who = {
  number: number;
  user: string;
  name: string;
  muted?: boolean;
  handRaised?: boolean;
  away?: boolean;
};

export const ANN: Who = { number: 1, user: 'ann', name: 'Ann' };
export const BEA: Who = { number: 2, user: 'bea', name: 'Bea' };
export const CY: Who = { number: 3, user: 'cy', name: 'Cy' };

/** The edge's end of a link, held by the test. */
export class Wire implements Link {
  readonly requests: Request['kind'][] = [];
  bundles = 0;
  /** Its edge reads no requests any more. */
  full = false;
  closedWith: CloseReason | null = null;

  constructor(
    readonly edge: string,
    readonly options: ConnectOptions,
    readonly transport: Transport,
    private readonly sink: LinkSink,
  ) {}

  request(bytes: Uint8Array): boolean {
    if (this.full) return false;
    this.requests.push(fromBinary(RequestSchema, bytes).kind);
    return true;
  }

  bundle(): boolean {
    this.bundles++;
    return true;
  }

  close(reason: CloseReason): void {
    this.closedWith ??= reason;
  }

  /** The kinds of what was asked, pings left out. */
  get asked(): (string | undefined)[] {
    return this.requests.map((request) => request.case).filter((kind) => kind !== 'ping');
  }

  get pings(): bigint[] {
    return this.requests.flatMap((request) => (request.case === 'ping' ? [request.value.time] : []));
  }

  get enter(): { resume: string; attempt: number } | null {
    const [first] = this.requests;
    return first?.case === 'enter' ? { resume: first.value.resume, attempt: first.value.attempt } : null;
  }

  send(kind: EventKind): void {
    this.sink.event(toBinary(EventSchema, create(EventSchema, kind)));
  }

  garble(): void {
    this.sink.event(Uint8Array.of(0x0a, 0x7f, 1));
  }

  welcome(more: { participants?: Who[]; resumed?: boolean; whole?: boolean; you?: Who } = {}): this {
    const value = {
      room: 'r',
      you: ANN,
      participants: [ANN],
      edge: this.edge,
      resume: `${this.edge}-token`,
      whole: true,
      ...more,
    };
    this.send({ kind: { case: 'welcome', value } });
    return this;
  }

  /** Answers the latest ping. */
  pong(resume = ''): void {
    this.send({ kind: { case: 'pong', value: { time: this.pings.at(-1) ?? 0n, resume } } });
  }

  move(): void {
    this.send({ kind: { case: 'move', value: {} } });
  }

  hear(bundle: Uint8Array = Uint8Array.of(0x40)): void {
    this.sink.bundle(bundle);
  }

  end(reason: CloseReason): void {
    this.sink.closed(reason);
  }
}

/** Edges in memory, and everything a session says of itself. */
export class TestNetwork implements Network {
  /** What the session API names; or what it answers instead. */
  listed: string[] = ['a'];
  apiFailure: Error | null = null;
  readonly down = new Set<string>();
  readonly hanging = new Set<string>();
  readonly wires: Wire[] = [];
  /** What is in the way of WebTransport. */
  obstacle: Obstacle | null = null;
  readonly dialled: string[] = [];
  readonly dialledByWebTransport: string[] = [];
  asked = 0;

  readonly states: SessionState[] = [];
  readonly wishes: [boolean, boolean][] = [];
  readonly notices: Notice[] = [];
  readonly resumes: Resume[] = [];
  readonly speakers: number[][] = [];
  readonly grantEnds: number[] = [];
  readonly roomNames: string[] = [];
  /** What was said and shown, with the name of who did. */
  readonly words: [string, string][] = [];
  /** One's own lines, with their ids, and those that were not said. */
  readonly written: Line[] = [];
  readonly unsaid: [string, string][] = [];
  readonly refusals: string[] = [];
  readonly reports: PublisherReport[] = [];
  readonly forgotten: (number | undefined)[] = [];
  present: Presence[] = [];
  heard = 0;
  overflows = 0;

  readonly connect = async (options: ConnectOptions, sink: LinkSink): Promise<OpenLink> => {
    const name = options.edge.name ?? '';
    this.dialled.push(name);
    const blocked = options.only === 'websocket' ? 'forced' : options.only ? null : options.blocked;
    if (!blocked) this.dialledByWebTransport.push(name);
    if (this.down.has(name)) throw new NoLink('refused');
    if (this.hanging.has(name)) return new Promise(() => {});
    const obstacle = blocked ?? this.obstacle;
    if (obstacle && options.only === 'webtransport') throw new NoLink(this.obstacle ?? 'refused');
    const wire = new Wire(name, options, obstacle ? 'websocket' : 'webtransport', sink);
    this.wires.push(wire);
    return { link: wire, obstacle };
  };

  /** What an address gives next; the last one again and again. */
  readonly tokens: (string | null)[] = [null];

  readonly fetchToken = async (_url: string): Promise<string | null> =>
    (this.tokens.length > 1 ? this.tokens.shift() : this.tokens[0]) ?? null;

  readonly findEdges = async (_join: Join): Promise<EdgeAddress[]> => {
    this.asked++;
    if (this.apiFailure) throw this.apiFailure;
    return this.listed.map((name) => ({
      name,
      webtransport: null,
      websocket: `ws://${name}/ws`,
      ticket: null,
    }));
  };

  session(
    settings: Partial<SessionSettings> = {},
    random: () => number = () => 1,
    network: Network = this,
  ): Session {
    const join = { room: 'r', user: 'ann', name: 'Ann' };
    return new Session(
      { join, only: null, resume: null, ...settings },
      network,
      {
        state: (state) => this.states.push(state),
        roster: (present) => {
          this.present = present;
        },
        roomName: (name) => this.roomNames.push(name),
        grantEnds: (milliseconds) => this.grantEnds.push(milliseconds),
        speakers: (numbers) => this.speakers.push(numbers),
        wishes: (muted, deafened) => this.wishes.push([muted, deafened]),
        notice: (notice) => this.notices.push(notice),
        said: (who, { text }) => this.words.push([who.name, text]),
        writing: (line) => this.written.push(line),
        unsaid: ({ text }, why) => this.unsaid.push([text, why]),
        reacted: (who, reaction) => this.words.push([who.name, reaction]),
        published: (report) => this.reports.push(report),
        refused: (error) => this.refusals.push(error),
        roundTrip: () => {},
        overflowed: () => this.overflows++,
        bundle: () => this.heard++,
        forget: (participant) => this.forgotten.push(participant),
        resume: (_join, resume) => this.resumes.push(resume),
      },
      random,
    );
  }

  /** A session that is in the room, on the first edge listed. */
  async join(settings: Partial<SessionSettings> = {}, random: () => number = () => 1): Promise<Session> {
    const session = this.session(settings, random);
    session.start();
    await settle();
    this.wire.welcome().pong();
    this.forgotten.length = 0;
    this.speakers.length = 0;
    return session;
  }

  /** The latest link. */
  get wire(): Wire {
    const wire = this.wires.at(-1);
    if (!wire) throw new Error('no link yet');
    return wire;
  }

  wireTo(edge: string): Wire {
    const wire = this.wires.findLast((each) => each.edge === edge);
    if (!wire) throw new Error(`no link to ${edge}`);
    return wire;
  }

  get state(): SessionState | undefined {
    return this.states.at(-1);
  }

  get phase(): string | undefined {
    return this.state?.phase;
  }
}

/** Lets promises run. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

/** Time goes by while this link answers every ping. */
export async function liveOn(wire: Wire, milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    await vi.advanceTimersByTimeAsync(Math.min(100, milliseconds - passed));
    wire.pong();
  }
}
