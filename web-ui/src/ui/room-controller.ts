import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  type Join,
  type Notice,
  type Presence,
  Room,
  type RoomOptions,
  type RoomReport,
  type Speaking,
  type Transport,
} from '../client';
import type { UnsaidMessage } from './chat';
import { Gathering } from './gathering';
import { Colours } from './look/avatar';
import { Loudness } from './loudness';
import { soundSettings } from './preferences';
import {
  apply,
  type Happening,
  handRaised,
  inMeeting,
  NOTHING_YET,
  type RoomView,
  type Told,
} from './room-view';
import { Spotlight } from './stage/spotlight';
import { forgetSession, type StoredSession, storedSession, storeSession } from './stored-session';
import { storedTexts, storeTexts } from './stored-texts';

const NOTICE_MS = 5_000;
const REACTION_MS = 4_000;
/** However many speak at once, seats on the stage change no more often. */
const RESEAT_MS = 1_000;

/**
 * Holds the view of a room for the elements to show, and does what reports ask for besides: chimes, the
 * volumes that this person has chosen, and the session and the texts that a reload comes back to.
 */
export class RoomController implements ReactiveController {
  readonly room: Room;
  readonly loudness = new Loudness();
  readonly spotlight = new Spotlight();
  readonly colours = new Colours();
  readonly #gathering = new Gathering((told) => this.#tellComing(told));
  #reseating = false;
  #view: RoomView = NOTHING_YET;
  #draft = '';
  #only: Transport | null = null;
  // What the session would come back by; none before it was in the room.
  #resume: Pick<StoredSession, 'join' | 'resume'> | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    open: (report: (report: RoomReport) => void) => Room = (report) => new Room(report, soundSettings()),
  ) {
    host.addController(this);
    this.room = open((report) => this.#take(report));
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#onPageHide);
    addEventListener('pageshow', this.#onPageShow);
    const { draft, unsaid } = storedTexts(location.pathname);
    this.#draft = draft;
    if (unsaid.length > 0) this.#happen({ kind: 'restored', unsaid });
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#onPageHide);
    removeEventListener('pageshow', this.#onPageShow);
    this.#forget();
    this.room.close();
  }

  get view(): RoomView {
    return this.#view;
  }

  /** To be called on a click. Returns false when the microphone was wanted but is not there. */
  join(join: Join, options: RoomOptions): Promise<boolean> {
    this.#only = options.only;
    return this.room.join(join, options);
  }

  /** The session that this page was in a moment ago, before it was reloaded or left for another page. */
  get stored(): StoredSession | null {
    return storedSession(location.pathname);
  }

  /** Lets go of the session, for another tab to go on with it; null when there is none. */
  handOver(): StoredSession | null {
    if (!inMeeting(this.#view)) return null;
    this.#store();
    const { stored } = this;
    if (!stored) return null;
    this.room.suspend();
    this.room.giveUp('superseded');
    return stored;
  }

  /** Goes on with a session as it was. */
  async comeBack(stored: StoredSession, only: Transport | null): Promise<void> {
    this.#only = only;
    for (const [number, volume] of stored.volumes) this.#happen({ kind: 'heard-at', number, volume });
    if (!(await this.room.comeBack(stored, only))) this.tell({ kind: 'back-without-microphone' });
  }

  /** How loud a participant is heard here: 0 to 2, 1 is as they sound. Remembered for this call. */
  setVolume(number: number, volume: number): void {
    this.#happen({ kind: 'heard-at', number, volume });
    this.room.setVolume(number, volume);
    this.#store();
  }

  volumeOf(number: number): number {
    return this.#view.volumes.get(number) ?? 1;
  }

  toggleHand(): void {
    this.room.request({ kind: 'raise-hand', raised: !handRaised(this.#view) });
  }

  /** The chat is open, or closed. */
  read(reading: boolean): void {
    this.#happen({ kind: 'reading', reading });
  }

  /** What is being written, whether the chat is open or not. */
  get draft(): string {
    return this.#draft;
  }

  set draft(text: string) {
    this.#draft = text;
    this.#storeTexts();
  }

  sayAgain({ line, text }: UnsaidMessage): void {
    this.room.request({ kind: 'say', text, id: line });
  }

  drop({ line }: UnsaidMessage): void {
    this.#happen({ kind: 'dropped', line });
  }

  tell(told: Told): void {
    this.#happen({ kind: 'told', told });
  }

  leave(): void {
    this.#forget();
    this.room.leave();
  }

  #take(report: RoomReport): void {
    switch (report.kind) {
      case 'speaking':
        return this.#hear(report.speaking);
      case 'roster':
        this.#tellVolumes(report.present);
        this.colours.keep(report.present.map(({ number }) => number));
        break;
      case 'notice':
        return this.#note(report.notice);
      case 'resume':
        this.#resume = { join: report.join, resume: report.resume };
        return this.#store();
      case 'state':
        if (report.state.phase === 'ended') this.#end();
        break;
      default:
        break;
    }
    this.#happen(report);
    if (report.kind === 'wishes') this.#store();
  }

  #note(notice: Notice): void {
    switch (notice.kind) {
      case 'joined':
        return this.#gathering.take('came', notice.name);
      case 'left':
        return this.#gathering.take('went', notice.name);
      default:
        return this.tell(notice as Told);
    }
  }

  #tellComing(told: Extract<Told, { kind: 'came' | 'went' }>): void {
    this.room.chime(told.kind === 'came' ? 'joined' : 'left');
    this.tell(told);
  }

  #hear(speaking: readonly Speaking[]): void {
    this.loudness.take(speaking);
    const unseated = this.spotlight.hear(speaking.filter(({ voice }) => voice).map(({ number }) => number));
    if (!unseated || this.#reseating) return;
    this.#reseating = true;
    setTimeout(() => {
      this.#reseating = false;
      this.host.requestUpdate();
    }, RESEAT_MS);
  }

  #end(): void {
    this.#gathering.clear();
    this.#forget();
  }

  #happen(happening: Happening): void {
    const before = this.#view;
    this.#view = apply(before, happening);
    if (this.#view === before) return;
    if (this.#view.unsaid !== before.unsaid) this.#storeTexts();
    this.#endLater(before);
    this.host.requestUpdate();
  }

  // What was not shown before is shown for a moment only.
  #endLater({ lastId }: RoomView): void {
    const { notices, reactions } = this.#view;
    for (const { id } of notices) if (id > lastId) this.#expire(id, NOTICE_MS);
    for (const { id } of reactions.values()) if (id > lastId) this.#expire(id, REACTION_MS);
  }

  #expire(id: number, after: number): void {
    setTimeout(() => this.#happen({ kind: 'expired', id }), after);
  }

  // Whoever is new to the player, as after a reload, has the volume that was chosen for them.
  #tellVolumes(present: readonly Presence[]): void {
    const known = new Set(this.#view.present.map(({ number }) => number));
    for (const { number } of present) {
      const volume = this.volumeOf(number);
      if (volume !== 1 && !known.has(number)) this.room.setVolume(number, volume);
    }
  }

  readonly #onPageHide = (): void => {
    if (inMeeting(this.#view)) this.#store();
    this.room.suspend();
  };

  // The page was kept as it was, and comes back without being loaded.
  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (!event.persisted || !inMeeting(this.#view)) return;
    const { stored } = this;
    if (stored) void this.comeBack(stored, this.#only);
    else this.room.giveUp();
  };

  #store(): void {
    if (!this.#resume) return;
    const { muted, deafened } = this.#view;
    storeSession(location.pathname, {
      ...this.#resume,
      muted,
      deafened,
      microphone: this.room.microphoneOpen,
      volumes: [...this.#view.volumes],
    });
  }

  #storeTexts(): void {
    storeTexts(location.pathname, { draft: this.#draft, unsaid: this.#view.unsaid });
  }

  #forget(): void {
    this.#resume = null;
    forgetSession(location.pathname);
  }
}
