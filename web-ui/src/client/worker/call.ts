import type { Publisher, PublisherSink } from '../media/capture/publisher';
import { readBundle } from '../media/frame';
import { FrameAges } from '../media/playout/frame-ages';
import { NO_SOUND, type Playout } from '../media/playout/playout';
import { Reception } from '../media/playout/reception';
import type { PersonalRequest } from '../session/control';
import type { Network } from '../session/dialler';
import type { Join } from '../session/edge-api';
import { HeadStart } from '../session/head-start';
import { Session, type SessionSink } from '../session/session';
import { CallFigures } from './figures';
import type { Order, Report } from './port';
import { SpeakingLevels } from './speaking';

const SPEAKING_EVERY_MS = 100;
const FIGURES_EVERY_MS = 1_000;
const RECEIVER_REPORT_EVERY_MS = 1_000;

/** The time, and what is done again and again. */
export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Milliseconds since 1970. */
  date(): number;
  every(milliseconds: number, step: () => void): void;
}

/** What a call hears with and speaks by. */
export interface CallMedia {
  /** Loads the codec, so that the first frame need not wait for it. */
  warmUp(): void;
  playout(
    port: MessagePort,
    memory: SharedArrayBuffer | null,
  ): Pick<Playout, 'put' | 'setVolume' | 'forget' | 'stats'>;
  publisher(sink: PublisherSink): Pick<Publisher, 'listenTo' | 'report' | 'muted' | 'music'>;
}

/**
 * What happens in the worker: takes the page's orders, has one session at a time, and brings together what it
 * carries with what is heard and spoken. Owned by the worker; everything runs on its one thread.
 */
export class Call {
  readonly #headStart: HeadStart;
  readonly #levels = new SpeakingLevels();
  readonly #reception = new Reception();
  readonly #ages = new FrameAges();
  readonly #figures: CallFigures;
  #session: Session | null = null;
  #playout: ReturnType<CallMedia['playout']> | null = null;
  #publisher: ReturnType<CallMedia['publisher']> | null = null;
  #shared = false;
  #muted = false;
  #you = 0;

  constructor(
    network: Network,
    private readonly clock: Clock,
    private readonly media: CallMedia,
    private readonly report: (report: Report) => void,
  ) {
    this.#headStart = new HeadStart(network);
    this.#figures = new CallFigures(() => clock.now());
    clock.every(SPEAKING_EVERY_MS, () => this.#tellSpeaking());
    clock.every(RECEIVER_REPORT_EVERY_MS, () => this.#reportReception());
    clock.every(FIGURES_EVERY_MS, () => this.#tellFigures());
  }

  obey(order: Order): void {
    switch (order.kind) {
      case 'warm-up':
        return this.#warmUp(order.join);
      case 'about-to-join':
        return this.#headStart.prepareLink(order.join, order.only);
      case 'join':
        return this.#join(order);
      case 'microphone':
        return this.#listenTo(order.source, order.music);
      case 'playout':
        this.#shared = order.memory !== null;
        this.#playout = this.media.playout(order.port, order.memory);
        return;
      case 'request':
        return this.#request(order.request);
      case 'volume':
        return this.#playout?.setVolume(order.number, order.volume);
      case 'suspend':
        return this.#session?.suspend();
      case 'leave':
        return this.#session?.leave();
    }
  }

  /** The network is back. */
  hurry(): void {
    this.#session?.hurry();
  }

  #warmUp(join: Join): void {
    this.media.warmUp();
    // Without a name they have not said who they are.
    if (join.name !== '') this.#headStart.prepareEdges(join);
  }

  #join(order: Extract<Order, { kind: 'join' }>): void {
    this.#session?.leave();
    const session = new Session(order, this.#headStart, this.#heard());
    this.#session = session;
    session.request({ kind: 'mute', muted: order.muted });
    session.request({ kind: 'deafen', deafened: order.deafened });
    if (order.handRaised) session.request({ kind: 'raise-hand', raised: true });
    session.start();
  }

  #request(request: PersonalRequest): void {
    if (this.#session) return this.#session.request(request);
    if (request.kind === 'say')
      this.report({ kind: 'unsaid', id: request.id ?? 0, why: 'ended', message: '' });
  }

  #heard(): SessionSink {
    const { report } = this;
    return {
      state: (state) => report({ kind: 'state', state }),
      roster: (present, you) => {
        this.#you = you;
        report({ kind: 'roster', present, you });
      },
      speakers: (numbers) => report({ kind: 'speakers', numbers }),
      wishes: (muted, deafened) => {
        this.#mute(muted);
        if (deafened) this.#forget();
        report({ kind: 'wishes', muted, deafened });
      },
      resume: (join, resume) => report({ kind: 'resume', join, resume }),
      notice: (notice) => report({ kind: 'notice', notice }),
      said: ({ name, lookalike, number }, line) => {
        const own = number === this.#you;
        report({ kind: 'said', ...line, name, lookalike, own, at: this.clock.date() });
      },
      writing: (line) => report({ kind: 'writing', ...line, at: this.clock.date() }),
      unsaid: ({ id }, why, message) => report({ kind: 'unsaid', id, why, message }),
      reacted: ({ name, number }, reaction) => report({ kind: 'reacted', number, name, reaction }),
      published: ({ received, lost, listenersLoss, maxBitrate }) =>
        this.#publisher?.report({
          uplinkLoss: received + lost === 0 ? 0 : lost / (received + lost),
          listenersLoss: listenersLoss / 1000,
          unsent: this.#figures.takeUnsent(),
          maxBitrate,
        }),
      roomName: (name) => report({ kind: 'room-name', name }),
      grantEnds: (milliseconds) => report({ kind: 'grant-ends', milliseconds }),
      refused: (error, message) => report({ kind: 'refused', error, message }),
      roundTrip: (milliseconds) => report({ kind: 'round-trip', milliseconds }),
      overflowed: () => this.#figures.noteOverflow(),
      bundle: (bundle) => this.#hear(bundle),
      forget: (participant) => this.#forget(participant),
    };
  }

  #mute(muted: boolean): void {
    this.#muted = muted;
    if (this.#publisher) this.#publisher.muted = muted;
  }

  #listenTo(source: ReadableStream<AudioData> | MessagePort, music: boolean): void {
    this.#publisher ??= this.media.publisher({
      bundle: (bundle) => {
        const left = this.#session?.publish(bundle) ?? null;
        if (left !== null) this.#figures.noteSent(bundle.length, left);
      },
      level: (level) => {
        if (level) this.#levels.note(this.#you, level);
        else this.#levels.forget(this.#you);
      },
      speakingWhileMuted: () => this.report({ kind: 'speaking-while-muted' }),
      wrongRate: () => this.report({ kind: 'microphone', trouble: 'rate' }),
      broken: () => this.report({ kind: 'microphone', trouble: 'encoder' }),
    });
    this.#publisher.muted = this.#muted;
    this.#publisher.music = music;
    this.#publisher.listenTo(source);
  }

  #hear(bundle: Uint8Array): void {
    this.#figures.noteReceived(bundle.length);
    for (const frame of readBundle(bundle).frames) {
      this.#reception.note(frame.participant, frame.sequence);
      this.#figures.noteFrame(frame.participant, frame.timestamp);
      if (this.#ages.isTooOld(frame.participant, frame.timestamp, this.clock.now())) continue;
      this.#levels.note(frame.participant, frame.level);
      this.#playout?.put(frame);
    }
  }

  #forget(participant?: number): void {
    this.#levels.forget(participant);
    this.#reception.forget(participant);
    this.#ages.forget(participant);
    this.#figures.forget(participant);
    this.#playout?.forget(participant);
  }

  #tellSpeaking(): void {
    const speaking = this.#levels.step();
    if (speaking) this.report({ kind: 'speaking', speaking });
  }

  #reportReception(): void {
    const came = this.#reception.take();
    if (came) this.#session?.report(came.received, came.lost);
  }

  #tellFigures(): void {
    if (!this.#session) return;
    const played = this.#playout?.stats() ?? NO_SOUND;
    this.report({ kind: 'figures', figures: this.#figures.take(played, this.#shared) });
  }
}
