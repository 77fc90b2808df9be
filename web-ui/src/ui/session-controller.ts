import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { AudioOutput } from '../media/audio-output';
import { Microphone, type MicrophoneTrouble, NoMicrophone } from '../media/microphone';
import type { Join } from '../session/edge-api';
import type { Transport } from '../session/link';
import type { Presence } from '../session/roster';
import type { Resume } from '../session/session';
import type { SessionState } from '../session/state';
import { forgetSession, type StoredSession, storedSession, storeSession } from '../stored-session';
import { edgeText, noticeText, strings } from '../strings';
import type { Figures, Order, Report, Speaking } from '../worker/port';

const NOTICE_MS = 5_000;
const MAX_NOTICES = 3;

export interface ShownNotice {
  readonly id: number;
  readonly text: string;
}

/**
 * The page's side of a session: gives orders to the worker, holds what it reports for the elements to show, and owns
 * what only the page can own, the microphone and the audio context.
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
  figures: Figures | null = null;
  notices: ShownNotice[] = [];
  trouble: MicrophoneTrouble | null = null;
  soundPaused = false;

  readonly #host: ReactiveControllerHost;
  #worker: Worker | null = null;
  #output: AudioOutput | null = null;
  #microphone: Microphone | null = null;
  #noticeId = 0;
  #only: Transport | null = null;
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

  /** Starts the worker and its codec before they are needed. */
  warmUp(): void {
    this.#order({ kind: 'warm-up' });
  }

  /**
   * To be called on a click. Returns false, with `trouble` set, when the microphone was wanted but is not there.
   */
  async join(join: Join, only: Transport | null, withMicrophone: boolean): Promise<boolean> {
    this.#playSound();
    if (withMicrophone && !(await this.#openMicrophone())) return false;
    this.muted = !this.#microphone;
    this.deafened = false;
    this.entered = false;
    this.#only = only;
    this.#order({ kind: 'join', join, only, muted: this.muted, deafened: false, resume: null });
    return true;
  }

  /** The session that this page was in a moment ago, before it was reloaded or left for another page. */
  get stored(): StoredSession | null {
    return storedSession(location.pathname);
  }

  /** Goes on with a session as it was. The microphone follows; without it one is muted. */
  async comeBack({ join, resume, muted, deafened, microphone }: StoredSession, only: Transport | null): Promise<void> {
    this.#playSound();
    this.#only = only;
    this.muted = muted;
    this.deafened = deafened;
    this.state = { phase: 'connecting', transport: null, again: true };
    this.#order({ kind: 'join', join, only, muted, deafened, resume });
    if (!microphone) return;
    if (!(await this.#openMicrophone())) {
      this.#mute(true);
      this.notify(strings.backWithoutMicrophone);
    } else if (!this.inMeeting) {
      this.#closeMicrophone();
    } else if (this.#microphone) {
      this.#microphone.muted = this.muted;
    }
  }

  async toggleMute(): Promise<void> {
    if (this.muted && !this.#microphone && !(await this.#openMicrophone())) return;
    this.#mute(!this.muted);
  }

  toggleDeafen(): void {
    this.deafened = !this.deafened;
    this.#order({ kind: 'deafen', deafened: this.deafened });
    this.#changed();
  }

  rename(name: string): void {
    this.#order({ kind: 'rename', name });
  }

  leave(): void {
    this.#forget();
    if (this.#worker) this.#order({ kind: 'leave' });
    this.#closeMicrophone();
    this.#output?.pause();
  }

  resumeSound(): void {
    this.#output?.resume();
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
    this.#closeMicrophone();
    this.#output?.pause();
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
    storeSession(location.pathname, { ...this.#resume, muted, deafened, microphone: this.#microphone !== null });
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
    const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'confab' });
    worker.onerror = () => this.notify(strings.workerFailed);
    worker.onmessage = (event: MessageEvent<Report>) => {
      this.#take(event.data);
      this.#changed();
    };
    return worker;
  }

  #take(report: Report): void {
    switch (report.kind) {
      case 'state': return this.#takeState(report.state);
      case 'roster':
        this.present = report.present;
        this.you = report.you;
        return;
      case 'speakers':
        this.speakers = report.numbers;
        return;
      case 'wishes':
        this.muted = report.muted;
        this.deafened = report.deafened;
        this.#store();
        if (this.#microphone) this.#microphone.muted = report.muted;
        return;
      case 'resume':
        this.#resume = { join: report.join, resume: report.resume };
        return this.#store();
      case 'notice': return this.notify(noticeText(report.notice));
      case 'refused': return this.notify(edgeText(report.error, report.message));
      case 'round-trip':
        this.roundTrip = report.milliseconds;
        return;
      case 'speaking':
        this.speaking = new Map(report.speaking.map((speaking) => [speaking.number, speaking]));
        return;
      case 'figures':
        this.figures = report.figures;
        return;
      case 'microphone': return void this.#microphoneTrouble(report.trouble);
    }
  }

  #takeState(state: SessionState): void {
    this.state = state;
    if (state.phase === 'connected') this.entered = true;
    else this.roundTrip = null;
    if (state.phase !== 'ended') return;
    this.#forget();
    this.present = [];
    this.#closeMicrophone();
    this.#output?.pause();
  }

  #mute(muted: boolean): void {
    this.muted = muted;
    if (this.#microphone) this.#microphone.muted = muted;
    this.#order({ kind: 'mute', muted });
    this.#changed();
  }

  #playSound(): void {
    if (this.#output) return this.#output.resume();
    const output = new AudioOutput((playing) => {
      this.soundPaused = !playing;
      this.#changed();
    });
    this.#output = output;
    output.start().then(
      ({ port, memory }) => this.#order({ kind: 'playout', port, memory }, [port]),
      () => this.notify(strings.noSound),
    );
  }

  async #openMicrophone(): Promise<boolean> {
    this.trouble = null;
    try {
      this.#microphone ??= await Microphone.open(() => this.#microphoneEnded());
      await this.#feedWorker(false);
      // Browsers let a page play sound once it may listen to the microphone.
      this.#output?.resume();
      return true;
    } catch (cause) {
      this.#closeMicrophone();
      this.trouble = cause instanceof NoMicrophone ? cause.trouble : 'failed';
      this.#changed();
      return false;
    }
  }

  async #feedWorker(resample: boolean): Promise<void> {
    const source = await this.#microphone?.source(resample);
    if (source) this.#order({ kind: 'microphone', source }, [source]);
  }

  #microphoneEnded(): void {
    this.#closeMicrophone();
    this.trouble = 'ended';
    this.#mute(true);
  }

  async #microphoneTrouble(trouble: 'rate' | 'encoder'): Promise<void> {
    if (trouble === 'rate') return this.#feedWorker(true);
    this.trouble = 'encoder';
    this.#mute(true);
  }

  #closeMicrophone(): void {
    this.#microphone?.close();
    this.#microphone = null;
  }

  #changed(): void {
    this.#host.requestUpdate();
  }
}
