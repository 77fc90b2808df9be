import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { base, claimsOf, findGuestLink, findPage, type Join, type SoundSettings, tokenOf } from '../client';
import { type Access, findAccess, type LoginOutcome, OPEN, takeLoginOutcome } from './access';
import { accountLine, accountStyles } from './account';
import type { JoinCard, JoinChoice } from './join-card';
import { FocusOrigin, keyAction } from './keys';
import { icons } from './look/icons';
import { roomPageStyles } from './look/room-page-styles';
import { sharedStyles } from './look/shared-styles';
import { originForOthers } from './origin';
import { OtherTabs } from './other-tabs';
import type { Enters } from './panels/share-panel';
import { rememberedName, rememberName, rememberRoom } from './preferences';
import { RoomController } from './room-controller';
import { endedCard, status, uninvitedCard, type WayBack } from './room-parts';
import { failureOf, inMeeting, isListener, type Screen, screenOf } from './room-view';
import { newMark, type Route, roomPath, userIdOf } from './routes';
import type { StoredSession } from './stored-session';
import { failureText, strings, titleOf } from './strings';
import './call-screen';
import './join-card';

type RoomRoute = Extract<Route, { page: 'room' }>;

/** A room, from before one enters until one has left: shows the view, and hands on what people do. */
export class RoomPage extends LitElement {
  static override properties = {
    route: { attribute: false },
    name: { state: true },
    busy: { state: true },
    elsewhere: { state: true },
    origin: { state: true },
    access: { state: true },
    guestLink: { state: true },
    loginOutcome: { state: true },
  };
  declare route: RoomRoute;
  declare name: string;
  /** Entering: a second click changes nothing. */
  declare busy: boolean;
  /** Another tab of this browser is in the room. */
  declare elsewhere: boolean;
  /** Where others open this page. */
  declare origin: string;
  /** How this person gets in. */
  declare access: Access;
  /** The way in for others, from the root of the origin; null where each needs a way of their own. */
  declare guestLink: string | null;
  /** Why somebody who went to log in is not. */
  declare loginOutcome: LoginOutcome | null;

  static override styles = [sharedStyles, accountStyles, roomPageStyles];

  readonly #controller = new RoomController(this);
  readonly #focus = new FocusOrigin();
  readonly #tabs = this.#otherTabs();
  // One for the page, so that whoever rejoins is known.
  readonly #mark = newMark();
  readonly #told = findPage().catch(() => null);
  readonly #access = findAccess(this.#told, location.hash);
  #withMicrophone = true;
  #wasInMeeting = false;
  #screen: Screen = 'join';

  constructor() {
    super();
    this.name = '';
    this.busy = false;
    this.elsewhere = false;
    this.origin = location.origin;
    const token = tokenOf(location.hash);
    this.access = { ...OPEN, token, claims: claimsOf(token) };
    this.guestLink = null;
    this.loginOutcome = takeLoginOutcome();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void originForOthers(this.#told).then((origin) => {
      this.origin = origin;
    });
    void this.#access.then((access) => {
      this.access = access;
      if (access.loggedIn) this.name = access.claims.name ?? this.name;
    });
    this.#focus.listen();
    this.#tabs.open();
    addEventListener('keydown', this.#onKey);
    addEventListener('keyup', this.#onKeyUp);
    addEventListener('blur', this.#onBlur);
  }

  override disconnectedCallback(): void {
    this.#focus.close();
    this.#tabs.close();
    removeEventListener('keydown', this.#onKey);
    removeEventListener('keyup', this.#onKeyUp);
    removeEventListener('blur', this.#onBlur);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { view } = this.#controller;
    document.title = titleOf(this.#title, view);
    if (this.#wasInMeeting !== inMeeting(view)) {
      this.#wasInMeeting = inMeeting(view);
      this.#tabs.tell(this.#wasInMeeting);
      if (this.#wasInMeeting) void this.#findGuestLink();
    }
    if (!changed.has('route')) return;
    this.name = this.access.claims.name ?? this.route.name ?? rememberedName();
    this.#enter();
  }

  // An end is read out, and the keyboard goes on there.
  protected override updated(): void {
    const screen = screenOf(this.#controller.view);
    if (screen === 'ended' && this.#screen === 'room')
      this.renderRoot.querySelector<HTMLElement>('.ended')?.focus();
    this.#screen = screen;
  }

  override render(): TemplateResult {
    switch (screenOf(this.#controller.view)) {
      case 'join':
        return this.#frame(
          this.#isUninvited ? uninvitedCard(this.#title, this.access, this.#notLoggedIn) : this.#joinCard(),
        );
      case 'ended':
        return this.#frame(endedCard(this.#title, this.#controller.view, this.#wayBack()));
      case 'room':
        return this.#room();
    }
  }

  #frame(content: TemplateResult): TemplateResult {
    return html`<main class="quiet rings">
      <header class="top">
        <a class="wordmark" href=${base}>${icons.mark} ${strings.product}</a>
        ${accountLine(this.access)}
      </header>
      <div class="middle">${content}</div>
      ${status(this.#controller.view)}
    </main>`;
  }

  // A call that goes on in another tab is brought back, lest one be there twice.
  #wayBack(): WayBack {
    return this.elsewhere
      ? { text: strings.moveHere, go: () => void this.#moveHere() }
      : { text: strings.rejoin, go: () => void this.#join(true) };
  }

  /** What the room is called. */
  get #title(): string {
    return this.#controller.view.roomName || this.access.claims.roomName || this.route.room;
  }

  get #notLoggedIn(): string {
    return this.loginOutcome ? strings.loginOutcomes[this.loginOutcome] : '';
  }

  get #isUninvited(): boolean {
    return this.access.asks && this.access.token === null;
  }

  #joinCard(): TemplateResult {
    const { view, room } = this.#controller;
    const failure = failureOf(view);
    return html`<join-card .room=${this.#title} .name=${this.name} .trouble=${view.trouble}
      ?named=${!this.access.claims.mayRename}
      .failure=${failure ? failureText(failure) : this.#notLoggedIn} ?busy=${this.busy || inMeeting(view)}
      ?elsewhere=${this.elsewhere}
      @choose=${this.#choose} @move=${() => void this.#moveHere()} @cancel=${this.#cancel}
      @reach=${(event: CustomEvent<string>) => room.aboutToJoin(this.#who(event.detail), this.route.only)}
      @sound=${(event: CustomEvent<SoundSettings>) => room.applySound(event.detail)}
      @test=${() => room.testSound()}></join-card>`;
  }

  #room(): TemplateResult {
    const { room } = this.route;
    const { view } = this.#controller;
    const link = this.origin + (this.guestLink ?? roomPath(room));
    return html`<call-screen .room=${this.#title} .link=${link} .view=${view} .enters=${this.#enters}
      .controller=${this.#controller} @rename=${this.#rename}></call-screen>`;
  }

  /** Who gets in by the link that is shown. */
  get #enters(): Enters {
    const { asks, login } = this.access;
    if (!asks || this.guestLink !== null) return 'anybody';
    return login ? 'logged-in' : 'invited';
  }

  // Where nobody enters without a token, a host gives others theirs.
  async #findGuestLink(): Promise<void> {
    const { asks, token, claims } = await this.#access;
    if (!asks || token === null || !claims.isHost || this.guestLink !== null) return;
    this.guestLink = await findGuestLink(this.route.room, token).catch(() => null);
  }

  #choose(event: CustomEvent<JoinChoice>): void {
    this.name = event.detail.name;
    this.#withMicrophone = event.detail.withMicrophone;
    // A name that stands in the address belongs to the address, not to this browser's person.
    if (this.route.name === null) rememberName(this.name);
    this.loginOutcome = null;
    const { token, claims } = this.access;
    const { room } = this.route;
    rememberRoom({ room, name: claims.roomName, token: tokenOf(location.hash) ? token : null });
    void this.#join(false);
  }

  // Who reloads the page is still in the room.
  #enter(): void {
    const { stored, room } = this.#controller;
    if (stored) return void this.#comeBack(stored);
    void this.#access.then(() => {
      if (!this.#isUninvited) room.warmUp(this.#who(this.name));
    });
    this.#tabs.look();
  }

  #otherTabs(): OtherTabs {
    const page = this;
    return new OtherTabs({
      get call() {
        return { room: page.route.room, user: page.route.user };
      },
      get inMeeting() {
        return inMeeting(page.#controller.view);
      },
      elsewhere: (elsewhere) => {
        page.elsewhere = elsewhere;
      },
      handOver: () => page.#controller.handOver(),
    });
  }

  async #moveHere(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const session = await this.#tabs.take();
    this.elsewhere = false;
    if (session) await this.#comeBack(session);
    this.busy = false;
  }

  #comeBack(session: StoredSession): Promise<void> {
    this.name = session.join.name;
    this.#withMicrophone = session.microphone;
    return this.#controller.comeBack(session, this.route.only);
  }

  #cancel(): void {
    this.#controller.leave();
    this.busy = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<JoinCard>('join-card')?.focus());
  }

  #who(name: string): Join {
    const { room } = this.route;
    const { token, tokenUrl, claims } = this.access;
    const user = claims.user ?? this.route.user ?? userIdOf(name, this.#mark);
    return { room, user, name, token, tokenUrl };
  }

  async #join(again: boolean): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.#access;
    const microphone = this.#withMicrophone && this.access.claims.mayBeHeard;
    const options = { only: this.route.only, microphone, again };
    await this.#controller.join(this.#who(this.name), options);
    this.busy = false;
  }

  #rename(event: CustomEvent<string>): void {
    this.name = event.detail;
    if (this.route.name === null) rememberName(this.name);
    this.#controller.room.request({ kind: 'rename', name: event.detail });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const { view, room } = this.#controller;
    switch (screenOf(view) === 'room' ? keyAction(event, this.#focus.byKeyboard) : null) {
      case 'talk':
        event.preventDefault();
        return isListener(view) ? undefined : void room.holdToTalk(true);
      case 'mute':
        return isListener(view) ? undefined : void room.toggleMute();
      case 'deafen':
        return room.toggleDeafen();
      case 'hand':
        return this.#controller.toggleHand();
      case null:
        return;
    }
  };

  readonly #onKeyUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ') return;
    const { room } = this.#controller;
    // A button with the focus is not pressed by the key that was held to talk.
    if (room.talking) event.preventDefault();
    void room.holdToTalk(false);
  };

  // The key may be let go where this page does not see it.
  readonly #onBlur = (): void => void this.#controller.room.holdToTalk(false);
}

customElements.define('room-page', RoomPage);
