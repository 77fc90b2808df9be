import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Join, type Presence, Room, type RoomOptions, type RoomReport, type Transport } from '../client';
import type { UnsaidMessage } from './chat';
import { Loudness } from './loudness';
import { rememberVolume, soundSettings, volumeOf } from './preferences';
import { apply, type Happening, inMeeting, NOTHING_YET, type RoomView, type Told } from './room-view';
import { forgetSession, type StoredSession, storedSession, storeSession } from './stored-session';
import { storedTexts, storeTexts } from './stored-texts';

const NOTICE_MS = 5_000;
const REACTION_MS = 4_000;

/**
 * Holds the view of a room for the elements to show, and does what reports ask for besides: chimes, the
 * volumes that this person has chosen, and the session and the texts that a reload comes back to.
 */
export class RoomController implements ReactiveController {
  readonly room: Room;
  readonly loudness = new Loudness();
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

  /** Goes on with a session as it was. */
  async comeBack(stored: StoredSession, only: Transport | null): Promise<void> {
    this.#only = only;
    if (!(await this.room.comeBack(stored, only))) this.tell({ kind: 'back-without-microphone' });
  }

  /** How loud somebody is heard here; remembered for the user. */
  setVolume({ number, user }: Presence, volume: number): void {
    rememberVolume(user, volume);
    this.room.setVolume(number, volume);
    this.host.requestUpdate();
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
        return this.loudness.take(report.speaking);
      case 'roster':
        this.#tellVolumes(report.present);
        break;
      case 'notice': {
        const { kind } = report.notice;
        if (kind === 'joined' || kind === 'left') this.room.chime(kind);
        break;
      }
      case 'resume':
        this.#resume = { join: report.join, resume: report.resume };
        return this.#store();
      case 'state':
        if (report.state.phase === 'ended') this.#forget();
        break;
      default:
        break;
    }
    this.#happen(report);
    if (report.kind === 'wishes') this.#store();
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
    for (const { id } of notices) if (id > lastId) this.#end(id, NOTICE_MS);
    for (const { id } of reactions.values()) if (id > lastId) this.#end(id, REACTION_MS);
  }

  #end(id: number, after: number): void {
    setTimeout(() => this.#happen({ kind: 'expired', id }), after);
  }

  // Whoever this person has set another volume for has it again.
  #tellVolumes(present: readonly Presence[]): void {
    const known = new Set(this.#view.present.map(({ number }) => number));
    for (const { number, user } of present) {
      const volume = known.has(number) ? 1 : volumeOf(user);
      if (volume !== 1) this.room.setVolume(number, volume);
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
