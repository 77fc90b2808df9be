import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CallAudio } from '../client/call-audio';
import { type MicrophoneTrouble, microphonePermission } from '../client/media/capture/microphone';
import type { SoundSettings } from '../client/media/sound-settings';
import type { Reaction } from '../client/session/control';
import type { Join } from '../client/session/edge-api';
import type { Transport } from '../client/session/link';
import type { Notice, Presence } from '../client/session/roster';
import type { Resume } from '../client/session/session';
import type { SessionState } from '../client/session/state';
import type { Figures, Order, Report, Speaking } from '../client/worker/port';
import { MOMENTS, type Moment } from './panels/connection-panel';
import { rememberVolume, soundSettings, volumeOf } from './preferences';
import { forgetSession, type StoredSession, storedSession, storeSession } from './stored-session';
import { edgeText, noticeText, strings } from './strings';
import { Words } from './words';

const NOTICE_MS = 5_000;
const MAX_NOTICES = 3;

export interface ShownNotice {
  readonly id: number;
  readonly text: string;
}

/**
 * The page's side of a session: gives orders to the worker, holds what it reports for the elements to show,
 * and owns what only the page can own, the microphone and the audio context.
 */
export class SessionController implements ReactiveController {
  state: SessionState | null = null;
  /** The room was entered at least once since the last join. */
  entered = false;
  present: Presence[] = [];
  you = 0;
  muted = false;
  deafened = false;
  speaking = new Map<number, Speaking>();
  /** The active speakers, where the edge forwards only the loudest. */
  speakers: number[] = [];
  roundTrip: number | null = null;
  /** The last minute, a moment a second. */
  moments: readonly Moment[] = [];
  notices: ShownNotice[] = [];
  readonly words = new Words(() => this.#changed());

  readonly #host: ReactiveControllerHost;
  #worker: Worker | null = null;
  readonly #audio = new CallAudio(
    {
      order: (order, transfer) => this.#order(order, transfer),
      changed: () => this.#changed(),
      noSound: () => this.notify(strings.noSound),
      changedTo: (label) => this.notify(strings.changedTo(label)),
      loudspeakerFailed: () => this.notify(strings.loudspeakerFailed),
      lost: () => this.#mute(true),
    },
    soundSettings(),
  );
  // Held down to speak while muted.
  #talking = false;
  #noticeId = 0;
  #only: Transport | null = null;
  #permission: PermissionStatus | null = null;
  // What the session would come back by; none before it was in the room.
  #resume: { readonly join: Join; readonly resume: Resume } | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#onPageHide);
    addEventListener('pageshow', this.#onPageShow);
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#onPageHide);
    removeEventListener('pageshow', this.#onPageShow);
    this.leave();
    this.#worker?.terminate();
    this.#worker = null;
  }

  get trouble(): MicrophoneTrouble | null {
    return this.#audio.trouble;
  }

  get soundPaused(): boolean {
    return this.#audio.paused;
  }

  get handRaised(): boolean {
    return this.present.find(({ number }) => number === this.you)?.handRaised ?? false;
  }

  /** Makes ready what a join needs while the person is still about to. */
  warmUp(join: Join): void {
    this.#order({ kind: 'warm-up', join });
    this.#audio.prepare();
    void microphonePermission().then((permission) => {
      this.#permission = permission;
    });
  }

  /** Somebody reaches for the button. */
  aboutToJoin(join: Join, only: Transport | null): void {
    this.#order({ kind: 'about-to-join', join, only });
  }

  /**
   * To be called on a click. Returns false, with `trouble` set, when the microphone was wanted but is not
   * there.
   */
  async join(join: Join, only: Transport | null, withMicrophone: boolean): Promise<boolean> {
    // Whom the browser need not ask is not kept waiting: the edge is dialled while the microphone opens.
    const asked = withMicrophone && !this.#audio.open && this.#permission?.state !== 'granted';
    if (!asked) this.#enter(join, only, !withMicrophone);
    this.#audio.start();
    const opening = withMicrophone ? this.#audio.openMicrophone() : null;
    if (asked && !(await opening)) return false;
    if (asked) this.#enter(join, only, false);
    if (opening) await this.#speakOnce(opening);
    return true;
  }

  #enter(join: Join, only: Transport | null, withoutMicrophone: boolean): void {
    this.muted = withoutMicrophone && !this.#audio.open;
    this.deafened = false;
    this.entered = false;
    this.#only = only;
    this.state = { phase: 'connecting', transport: null, again: false };
    this.#order({ kind: 'join', join, only, muted: this.muted, deafened: false, resume: null });
  }

  /** The session that this page was in a moment ago, before it was reloaded or left for another page. */
  get stored(): StoredSession | null {
    return storedSession(location.pathname);
  }

  /** Goes on with a session as it was. The microphone follows; without it one is muted. */
  async comeBack(
    { join, resume, muted, deafened, microphone }: StoredSession,
    only: Transport | null,
  ): Promise<void> {
    this.#audio.start();
    this.#only = only;
    this.muted = muted;
    this.deafened = deafened;
    this.state = { phase: 'connecting', transport: null, again: true };
    this.#order({ kind: 'join', join, only, muted, deafened, resume });
    if (!microphone) return;
    if (!(await this.#speakOnce(this.#audio.openMicrophone()))) this.notify(strings.backWithoutMicrophone);
  }

  // Who is let in before the microphone opens is muted when it does not; who was not let in has no use for
  // it.
  async #speakOnce(opening: Promise<boolean>): Promise<boolean> {
    const opened = await opening;
    if (!opened) this.#mute(true);
    else if (!this.inMeeting) this.#audio.closeMicrophone();
    return opened;
  }

  async toggleMute(): Promise<void> {
    if (this.muted && !this.#audio.open && !(await this.#audio.openMicrophone())) return;
    this.#mute(!this.muted);
  }

  toggleDeafen(): void {
    this.deafened = !this.deafened;
    this.#order({ kind: 'deafen', deafened: this.deafened });
    this.#changed();
  }

  /** Speaks while `held`, though muted; then is muted again. */
  async holdToTalk(held: boolean): Promise<void> {
    if (held === this.#talking || (held && !this.muted)) return;
    this.#talking = held;
    if (held && !this.#audio.open && !(await this.#audio.openMicrophone())) return;
    if (this.#talking === held) this.#mute(!held);
  }

  raiseHand(raised: boolean): void {
    this.#order({ kind: 'raise-hand', raised });
  }

  react(reaction: Reaction): void {
    this.#order({ kind: 'react', reaction });
  }

  say(text: string): void {
    this.#order({ kind: 'say', text });
  }

  /** How loud somebody is heard here; remembered for the user. */
  setVolume({ number, user }: Presence, volume: number): void {
    rememberVolume(user, volume);
    this.#order({ kind: 'volume', number, volume });
    this.#changed();
  }

  applySound(settings: SoundSettings): void {
    void this.#audio.apply(settings);
  }

  testSound(): void {
    this.#audio.start();
    this.#audio.chime('test');
  }

  rename(name: string): void {
    this.#order({ kind: 'rename', name });
  }

  leave(): void {
    this.#forget();
    if (this.#worker) this.#order({ kind: 'leave' });
    this.#audio.closeMicrophone();
    this.#audio.pause();
  }

  resumeSound(): void {
    this.#audio.resume();
  }

  notify(text: string): void {
    const notice = { id: ++this.#noticeId, text };
    this.notices = [...this.notices, notice].slice(-MAX_NOTICES);
    setTimeout(() => {
      this.notices = this.notices.filter((other) => other !== notice);
      this.#changed();
    }, NOTICE_MS);
    this.#changed();
  }

  /** From the first try to connect until the end. */
  get inMeeting(): boolean {
    return this.state !== null && this.state.phase !== 'ended';
  }

  readonly #onPageHide = (): void => {
    if (this.inMeeting) {
      this.#store();
      this.#order({ kind: 'suspend' });
    }
    this.#audio.closeMicrophone();
    this.#audio.pause();
  };

  // The page was kept as it was, and comes back without being loaded.
  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (!event.persisted || !this.inMeeting) return;
    const { stored } = this;
    if (stored) void this.comeBack(stored, this.#only);
    else this.#takeState({ phase: 'ended', failure: { kind: 'ending', ending: 'connection_lost' } });
    this.#changed();
  };

  #store(): void {
    if (!this.#resume) return;
    const { muted, deafened } = this;
    storeSession(location.pathname, { ...this.#resume, muted, deafened, microphone: this.#audio.open });
  }

  #forget(): void {
    this.#resume = null;
    forgetSession(location.pathname);
  }

  #order(order: Order, transfer: Transferable[] = []): void {
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(order, transfer);
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('../client/worker/worker.ts', import.meta.url), {
      type: 'module',
      name: 'confab',
    });
    worker.onerror = () => this.notify(strings.workerFailed);
    worker.onmessage = (event: MessageEvent<Report>) => {
      this.#take(event.data);
      this.#changed();
    };
    return worker;
  }

  #take(report: Report): void {
    switch (report.kind) {
      case 'state':
        return this.#takeState(report.state);
      case 'roster':
        this.#tellVolumes(report.present);
        this.present = report.present;
        this.you = report.you;
        return;
      case 'said':
        return this.words.said(report.name, report.own, report.text);
      case 'reacted':
        this.words.reacted(report.number, report.reaction);
        return this.notify(strings.reacted(report.name, strings.reactions[report.reaction]));
      case 'speaking-while-muted':
        return this.notify(strings.speakingWhileMuted);
      case 'speakers':
        this.speakers = report.numbers;
        return;
      case 'wishes':
        this.muted = report.muted;
        this.deafened = report.deafened;
        this.#store();
        return;
      case 'resume':
        this.#resume = { join: report.join, resume: report.resume };
        return this.#store();
      case 'notice':
        return this.#takeNotice(report.notice);
      case 'refused':
        return this.notify(edgeText(report.error, report.message));
      case 'round-trip':
        this.roundTrip = report.milliseconds;
        return;
      case 'speaking':
        this.speaking = new Map(report.speaking.map((speaking) => [speaking.number, speaking]));
        return;
      case 'figures':
        this.#takeFigures(report.figures);
        return;
      case 'microphone':
        return void this.#microphoneTrouble(report.trouble);
    }
  }

  #takeNotice(notice: Notice): void {
    if (notice.kind === 'joined' || notice.kind === 'left') this.#audio.chime(notice.kind);
    this.notify(noticeText(notice));
  }

  #takeFigures(figures: Figures): void {
    this.moments = [...this.moments, { roundTrip: this.roundTrip, figures }].slice(-MOMENTS);
  }

  // Whoever this person has set another volume for has it again.
  #tellVolumes(present: readonly Presence[]): void {
    const known = new Set(this.present.map(({ number }) => number));
    for (const { number, user } of present) {
      const volume = known.has(number) ? 1 : volumeOf(user);
      if (volume !== 1) this.#order({ kind: 'volume', number, volume });
    }
  }

  #takeState(state: SessionState): void {
    this.state = state;
    if (state.phase === 'connected') this.entered = true;
    else this.roundTrip = null;
    if (state.phase !== 'ended') return;
    this.#forget();
    this.present = [];
    this.words.forget();
    this.moments = [];
    this.#audio.closeMicrophone();
    this.#audio.pause();
  }

  #mute(muted: boolean): void {
    this.muted = muted;
    this.#order({ kind: 'mute', muted });
    this.#changed();
  }

  async #microphoneTrouble(trouble: 'rate' | 'encoder'): Promise<void> {
    if (trouble === 'rate') return this.#audio.feed(true);
    this.#audio.trouble = 'encoder';
    this.#mute(true);
  }

  #changed(): void {
    this.#host.requestUpdate();
  }
}
