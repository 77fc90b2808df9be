import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { AudioOutput } from '../media/audio-output';
import { Microphone, type MicrophoneTrouble, NoMicrophone } from '../media/microphone';
import type { Join } from '../session/edge-api';
import type { Transport } from '../session/link';
import type { Presence } from '../session/roster';
import type { SessionState } from '../session/state';
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

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#onPageHide);
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#onPageHide);
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
    this.#order({ kind: 'join', join, only, muted: this.muted, deafened: false });
    return true;
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

  readonly #onPageHide = (): void => this.leave();

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
      case 'wishes':
        this.muted = report.muted;
        this.deafened = report.deafened;
        if (this.#microphone) this.#microphone.muted = report.muted;
        return;
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
