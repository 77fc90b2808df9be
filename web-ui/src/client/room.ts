import { base } from './base';
import { CallAudio, type CallAudioSink } from './call-audio';
import { type MicrophoneTrouble, microphonePermission } from './media/capture/microphone';
import type { Chime } from './media/chimes';
import { DEFAULT_SOUND, type SoundSettings } from './media/sound-settings';
import type { PersonalRequest } from './session/control';
import type { Join } from './session/edge-api';
import type { Transport } from './session/link';
import type { Resume } from './session/session';
import type { SessionState } from './session/state';
import type { Order, Report } from './worker/port';

/** What a room tells the page. */
export type RoomReport =
  | Exclude<Report, { kind: 'microphone' }>
  /** What is the matter with the microphone now; null when nothing is. */
  | { readonly kind: 'trouble'; readonly trouble: MicrophoneTrouble | null }
  /** The browser holds the sound back until somebody clicks, and `resumeSound` is called on the click. */
  | { readonly kind: 'sound-paused'; readonly paused: boolean }
  /** This browser cannot play the room's sound at all. */
  | { readonly kind: 'no-sound' }
  /** Another microphone took the place of one that went away. */
  | { readonly kind: 'changed-to'; readonly label: string }
  /** The loudspeaker that was chosen cannot be used. */
  | { readonly kind: 'loudspeaker-failed' }
  /** Nothing works any more until the page is loaded again. */
  | { readonly kind: 'worker-failed' };

export interface RoomOptions {
  /** The only transport to be used; WebTransport where it works, else WebSocket, when it is null. */
  readonly only: Transport | null;
  /** Whether to speak; the person is asked for the microphone if need be. */
  readonly microphone: boolean;
  /** Come back as one left: muted, deafened and with a raised hand if one was. */
  readonly again: boolean;
}

const USUAL: RoomOptions = { only: null, microphone: true, again: false };

/** What is known of a session that a page was in before: see the reports `resume` and `wishes`. */
export interface Before {
  readonly join: Join;
  readonly resume: Resume;
  readonly muted: boolean;
  readonly deafened: boolean;
  /** The microphone was open. */
  readonly microphone: boolean;
}

/** The worker of a room, as far as a room uses it. */
export type RoomWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** What a room is made of; tests bring their own. */
export interface RoomParts {
  worker(): RoomWorker;
  audio(sink: CallAudioSink, settings: SoundSettings): CallAudio;
  permission(): Promise<Pick<PermissionStatus, 'state'> | null>;
}

const browserParts: RoomParts = {
  worker: () => new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module', name: base }),
  audio: (sink, settings) => new CallAudio(sink, settings),
  permission: microphonePermission,
};

/**
 * A room as a page has it: starts the worker, gives it orders, and owns what only the page can own, the
 * microphone and the audio context. One session at a time; `join` may be called again after the end. Whatever
 * happens is told to the function given first, on the page's thread.
 */
export class Room {
  readonly #audio: CallAudio;
  #worker: RoomWorker | null = null;
  #permission: Pick<PermissionStatus, 'state'> | null = null;
  #state: SessionState | null = null;
  #muted = false;
  #deafened = false;
  #handRaised = false;
  // Held down to speak while muted.
  #talking = false;

  constructor(
    private readonly report: (report: RoomReport) => void,
    settings: SoundSettings = DEFAULT_SOUND,
    private readonly parts: RoomParts = browserParts,
  ) {
    this.#audio = parts.audio(
      {
        order: (order, transfer) => this.#order(order, transfer),
        paused: (paused) => report({ kind: 'sound-paused', paused }),
        trouble: (trouble) => report({ kind: 'trouble', trouble }),
        noSound: () => report({ kind: 'no-sound' }),
        changedTo: (label) => report({ kind: 'changed-to', label }),
        loudspeakerFailed: () => report({ kind: 'loudspeaker-failed' }),
        lost: () => this.#mute(true),
      },
      settings,
    );
  }

  /** From the first try to connect until the end. */
  get inMeeting(): boolean {
    return this.#state !== null && this.#state.phase !== 'ended';
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** The key to talk is held. */
  get talking(): boolean {
    return this.#talking;
  }

  get microphoneOpen(): boolean {
    return this.#audio.open;
  }

  /** Makes ready what a join needs while the person is still about to. Nothing is heard, nobody is told. */
  warmUp(join: Join): void {
    this.#order({ kind: 'warm-up', join });
    this.#audio.prepare();
    void this.parts.permission().then((permission) => {
      this.#permission = permission;
    });
  }

  /** Somebody reaches for the button: the edge may be dialled. */
  aboutToJoin(join: Join, only: Transport | null = null): void {
    this.#order({ kind: 'about-to-join', join, only });
  }

  /**
   * To be called on a click. Returns false, and reports `trouble`, when the microphone was wanted but is not
   * there; then nothing was joined, unless the browser had promised it.
   */
  async join(join: Join, { only, microphone, again }: RoomOptions = USUAL): Promise<boolean> {
    const deafened = again && this.#deafened;
    const handRaised = again && this.#handRaised;
    // Who comes back is as before; who comes back muted needs no microphone yet.
    const speaks = again ? !this.#muted : microphone;
    // Whom the browser need not ask is not kept waiting: the edge is dialled while the microphone opens.
    const asked = speaks && !this.#audio.open && this.#permission?.state !== 'granted';
    const enter = (muted: boolean): void =>
      this.#enter({
        kind: 'join',
        join,
        only,
        muted,
        deafened,
        handRaised,
        resume: null,
      });
    if (!asked) enter(!speaks);
    this.#audio.start();
    if (!speaks) return true;
    const opening = this.#audio.openMicrophone();
    if (asked && !(await opening)) return false;
    if (asked) enter(false);
    await this.#speakOnce(opening);
    return true;
  }

  /**
   * Goes on with a session of this page from before it was reloaded or left. The microphone follows. Returns
   * false when it was open and could not be opened again; then one is muted.
   */
  async comeBack(
    { join, resume, muted, deafened, microphone }: Before,
    only: Transport | null = null,
  ): Promise<boolean> {
    this.#audio.start();
    // The edge knows of the hand.
    this.#enter({ kind: 'join', join, only, muted, deafened, handRaised: false, resume });
    return !microphone || this.#speakOnce(this.#audio.openMicrophone());
  }

  /**
   * Returns at once; what comes of it is told by reports. Unmuting so opens no microphone: see `toggleMute`.
   */
  request(request: PersonalRequest): void {
    if (request.kind === 'mute') this.#wish(request.muted, this.#deafened);
    if (request.kind === 'deafen') this.#wish(this.#muted, request.deafened);
    this.#order({ kind: 'request', request });
  }

  /** Asks for the microphone if need be; who calls it again meanwhile has thought better of it. */
  async toggleMute(): Promise<void> {
    if (!this.inMeeting) return;
    if (!this.#muted) return this.#mute(true);
    if (this.#audio.opening) return this.#audio.closeMicrophone();
    if (this.#audio.open || (await this.#audio.openMicrophone())) this.#mute(false);
  }

  toggleDeafen(): void {
    this.request({ kind: 'deafen', deafened: !this.#deafened });
  }

  /** Speaks while `held`, though muted; then is muted again. */
  async holdToTalk(held: boolean): Promise<void> {
    if (held === this.#talking || (held && !(this.#muted && this.inMeeting))) return;
    this.#talking = held;
    // Let go before the microphone was open: it is wanted no longer.
    if (!held && this.#audio.opening) return this.#audio.closeMicrophone();
    if (held && !this.#audio.open && !(await this.#audio.openMicrophone())) return;
    if (this.#talking === held) this.#mute(!held);
  }

  /** How loud a participant is heard here: 0 to 2, 1 is as they sound. */
  setVolume(number: number, volume: number): void {
    this.#order({ kind: 'volume', number, volume });
  }

  /** Takes effect at once, also in mid-call. */
  applySound(settings: SoundSettings): void {
    void this.#audio.apply(settings);
  }

  /** To be called on a click. */
  testSound(): void {
    this.#audio.start();
    this.#audio.chime('test');
  }

  chime(chime: Chime): void {
    this.#audio.chime(chime);
  }

  /** To be called on a click, after `sound-paused` was told. */
  resumeSound(): void {
    this.#audio.resume();
  }

  leave(): void {
    if (this.#worker) this.#order({ kind: 'leave' });
    this.#hush();
  }

  /** Ends here, but not for the edge: the page goes, and may come back. */
  suspend(): void {
    if (this.inMeeting) this.#order({ kind: 'suspend' });
    this.#hush();
  }

  /** After `suspend`, when this page does not go on with that session. */
  giveUp(ending: 'connection_lost' | 'superseded' = 'connection_lost'): void {
    this.#take({ kind: 'state', state: { phase: 'ended', failure: { kind: 'ending', ending } } });
  }

  /** Leaves for good, and lets the worker go. */
  close(): void {
    this.leave();
    this.#worker?.terminate();
    this.#worker = null;
  }

  #enter(order: Extract<Order, { kind: 'join' }>): void {
    this.#wish(order.muted, order.deafened);
    this.#take({
      kind: 'state',
      state: { phase: 'connecting', transport: null, again: order.resume !== null },
    });
    this.#order(order);
  }

  // Who is let in before the microphone opens is muted when it does not; who was not let in has no use for
  // it.
  async #speakOnce(opening: Promise<boolean>): Promise<boolean> {
    const opened = await opening;
    if (!opened && this.inMeeting) this.#mute(true);
    return opened;
  }

  #mute(muted: boolean): void {
    this.request({ kind: 'mute', muted });
  }

  // What a person wants shows at once.
  #wish(muted: boolean, deafened: boolean): void {
    this.#take({ kind: 'wishes', muted, deafened });
  }

  // Nothing is open after this, and nothing that is still being opened will be.
  #hush(): void {
    if (this.#talking) {
      this.#talking = false;
      this.#wish(true, this.#deafened);
    }
    this.#audio.closeMicrophone();
    this.#audio.pause();
  }

  #order(order: Order, transfer: Transferable[] = []): void {
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(order, transfer);
  }

  #startWorker(): RoomWorker {
    const worker = this.parts.worker();
    worker.onerror = () => this.report({ kind: 'worker-failed' });
    worker.onmessage = (event: MessageEvent<Report>) => this.#take(event.data);
    return worker;
  }

  #take(report: Report): void {
    switch (report.kind) {
      case 'microphone':
        return this.#microphoneTrouble(report.trouble);
      case 'state':
        this.#state = report.state;
        if (report.state.phase === 'ended') this.#hush();
        break;
      case 'roster':
        this.#handRaised = report.present.find(({ number }) => number === report.you)?.handRaised ?? false;
        break;
      case 'wishes':
        this.#muted = report.muted;
        this.#deafened = report.deafened;
        break;
      default:
        break;
    }
    this.report(report);
  }

  #microphoneTrouble(trouble: 'rate' | 'encoder'): void {
    if (trouble === 'rate') return void this.#audio.resample();
    this.report({ kind: 'trouble', trouble });
    this.#mute(true);
  }
}
