import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Join, Presence, Reaction, SoundSettings } from '../client';
import type { Panel } from './control-bar';
import type { JoinChoice } from './join-card';
import { FocusOrigin, keyAction } from './keys';
import { icons } from './look/icons';
import { roomPageStyles } from './look/room-page-styles';
import { sharedStyles } from './look/shared-styles';
import { originForOthers } from './origin';
import { rememberedName, rememberName, rememberRoom, volumeOf } from './preferences';
import { RoomController } from './room-controller';
import { banners, endedCard, status } from './room-parts';
import { columns, failureOf, handRaised, inMeeting, screenOf, type Told } from './room-view';
import { type Route, roomPath, userIdOf } from './routes';
import { failureText, strings } from './strings';
import './control-bar';
import './join-card';
import './panels/chat-panel';
import './panels/connection-panel';
import './panels/settings-panel';
import './panels/share-panel';
import './participant-tile';

type RoomRoute = Extract<Route, { page: 'room' }>;

/** A room, from before one enters until one has left: shows the view, and hands on what people do. */
export class RoomPage extends LitElement {
  static override properties = {
    route: { attribute: false },
    name: { state: true },
    busy: { state: true },
    panel: { state: true },
    origin: { state: true },
  };
  declare route: RoomRoute;
  declare name: string;
  /** Entering: a second click changes nothing. */
  declare busy: boolean;
  /** What stands beside the room. */
  declare panel: Panel | null;
  /** Where others open this page. */
  declare origin: string;

  static override styles = [sharedStyles, roomPageStyles];

  readonly #controller = new RoomController(this);
  readonly #focus = new FocusOrigin();
  #withMicrophone = true;

  constructor() {
    super();
    this.name = '';
    this.busy = false;
    this.panel = null;
    this.origin = location.origin;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void originForOthers().then((origin) => {
      this.origin = origin;
    });
    this.#focus.listen();
    addEventListener('keydown', this.#onKey);
    addEventListener('keyup', this.#onKeyUp);
    addEventListener('blur', this.#onBlur);
  }

  override disconnectedCallback(): void {
    this.#focus.close();
    removeEventListener('keydown', this.#onKey);
    removeEventListener('keyup', this.#onKeyUp);
    removeEventListener('blur', this.#onBlur);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('route')) return;
    document.title = `${this.route.room} · ${strings.product}`;
    this.name = this.route.name ?? rememberedName();
    this.#enter();
  }

  override render(): TemplateResult {
    switch (screenOf(this.#controller.view)) {
      case 'join':
        return this.#frame(this.#joinCard());
      case 'ended':
        return this.#frame(endedCard(this.route.room, this.#controller.view, () => void this.#join(true)));
      case 'room':
        return this.#room();
    }
  }

  #frame(content: TemplateResult): TemplateResult {
    return html`<main class="quiet rings">
      <a class="wordmark" href="/">${icons.mark} ${strings.product}</a>
      <div class="middle">${content}</div>
      ${status(this.#controller.view)}
    </main>`;
  }

  #joinCard(): TemplateResult {
    const { view, room } = this.#controller;
    const failure = failureOf(view);
    return html`<join-card .room=${this.route.room} .name=${this.name} .trouble=${view.trouble}
      .failure=${failure ? failureText(failure) : ''} ?busy=${this.busy || inMeeting(view)}
      @choose=${this.#choose}
      @reach=${(event: CustomEvent<string>) => room.aboutToJoin(this.#who(event.detail), this.route.only)}
      @sound=${(event: CustomEvent<SoundSettings>) => room.applySound(event.detail)}
      @test=${() => room.testSound()}></join-card>`;
  }

  #room(): TemplateResult {
    const controller = this.#controller;
    const { view, room } = controller;
    const { present } = view;
    return html`<main class="room ${this.panel ? 'beside' : ''}">
      <header>
        <a class="wordmark" href="/"
          aria-label=${strings.product}>${icons.mark}<span>${strings.product}</span></a>
        <div class="title">
          <h1>${this.route.room}</h1>
          <span class="count">${strings.people(present.length)}</span>
        </div>
        ${status(view)}
        <button class="figures" aria-expanded=${this.panel === 'connection'}
          aria-label="${strings.details}, ${strings.detailNames.roundTrip} ${this.#roundTrip()}"
          @click=${() => this.#toggle('connection')}>${icons.gauge} ${this.#roundTrip()}</button>
      </header>
      <div class="stage">
        ${banners(view, () => room.resumeSound())}
        <ul class="tiles" aria-label=${strings.participants} .style=${`--columns:${columns(present.length)}`}>
          ${repeat(
            present,
            (presence) => presence.number,
            (presence) => this.#tile(presence),
          )}
        </ul>
        ${present.length === 1 ? html`<p class="alone">${strings.alone}</p>` : nothing}
      </div>
      ${this.panel ? html`<aside @keydown=${this.#panelKey}>${this.#panel(this.panel)}</aside>` : nothing}
      <control-bar ?muted=${view.muted} ?deafened=${view.deafened} ?hand=${handRaised(view)}
        .unread=${view.unread} .open=${this.panel}
        @mute=${() => void room.toggleMute()} @deafen=${() => room.toggleDeafen()}
        @hand=${this.#toggleHand}
        @react=${(event: CustomEvent<Reaction>) => room.request({ kind: 'react', reaction: event.detail })}
        @panel=${(event: CustomEvent<Panel>) => this.#toggle(event.detail)}
        @leave=${() => controller.leave()}></control-bar>
    </main>`;
  }

  #tile(presence: Presence): TemplateResult {
    const controller = this.#controller;
    const { view } = controller;
    const own = presence.number === view.you;
    return html`<li><participant-tile .presence=${presence} ?own=${own} .loudness=${controller.loudness}
      ?active=${view.speakers.includes(presence.number)} .volume=${own ? 1 : volumeOf(presence.user)}
      .reaction=${view.reactions.get(presence.number)?.reaction ?? null}
      @volume=${(event: CustomEvent<number>) => controller.setVolume(presence, event.detail)}
      @rename=${this.#rename}></participant-tile></li>`;
  }

  #panel(panel: Panel): TemplateResult {
    const { view, room, loudness } = this.#controller;
    const close = (): void => this.#toggle(panel);
    switch (panel) {
      case 'chat':
        return html`<chat-panel .messages=${view.messages} @close=${close}
        @say=${(event: CustomEvent<string>) => room.request({ kind: 'say', text: event.detail })}>
        </chat-panel>`;
      case 'connection':
        return html`<connection-panel .state=${view.state} .moments=${view.moments}
        @close=${close} @copy=${this.#copyDiagnostics}></connection-panel>`;
      case 'settings':
        return html`<settings-panel @close=${close} ?listening=${!view.muted}
        .loudness=${loudness} .you=${view.you}
        @choose=${(event: CustomEvent<SoundSettings>) => room.applySound(event.detail)}
        @test=${() => room.testSound()}></settings-panel>`;
      case 'share':
        return html`<share-panel .link=${this.#link()} @close=${close}
        @copy=${this.#copyLink}></share-panel>`;
    }
  }

  #roundTrip(): string {
    const { roundTrip } = this.#controller.view;
    return roundTrip === null ? '–' : strings.milliseconds(roundTrip);
  }

  // Whoever closes a panel goes on where it was opened.
  #toggle(panel: Panel): void {
    const closing = this.panel === panel;
    this.panel = closing ? null : panel;
    this.#controller.read(this.panel === 'chat');
    void this.updateComplete.then(() => {
      if (closing) this.renderRoot.querySelector('control-bar')?.focusPanel(panel);
      else this.renderRoot.querySelector<HTMLElement>('aside > *')?.focus();
    });
  }

  #panelKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.panel) this.#toggle(this.panel);
  }

  #choose(event: CustomEvent<JoinChoice>): void {
    this.name = event.detail.name;
    this.#withMicrophone = event.detail.withMicrophone;
    // A name that stands in the address belongs to the address, not to this browser's person.
    if (this.route.name === null) rememberName(this.name);
    rememberRoom(this.route.room);
    void this.#join(false);
  }

  // Who reloads the page is still in the room.
  #enter(): void {
    const { stored, room } = this.#controller;
    if (!stored) return room.warmUp(this.#who(this.name));
    this.name = stored.join.name;
    this.#withMicrophone = stored.microphone;
    void this.#controller.comeBack(stored, this.route.only);
  }

  #who(name: string): Join {
    const { room, user } = this.route;
    return { room, user: user ?? userIdOf(name), name };
  }

  async #join(again: boolean): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const options = { only: this.route.only, microphone: this.#withMicrophone, again };
    await this.#controller.join(this.#who(this.name), options);
    this.busy = false;
  }

  #rename(event: CustomEvent<string>): void {
    this.name = event.detail;
    if (this.route.name === null) rememberName(this.name);
    this.#controller.room.request({ kind: 'rename', name: event.detail });
  }

  #toggleHand(): void {
    const { view, room } = this.#controller;
    room.request({ kind: 'raise-hand', raised: !handRaised(view) });
  }

  #link(): string {
    return this.origin + roomPath(this.route.room);
  }

  #copyLink(): void {
    void this.#copy(this.#link(), { kind: 'copied' }, { kind: 'copy-failed', text: this.#link() });
  }

  #copyDiagnostics(event: CustomEvent<string>): void {
    void this.#copy(event.detail, { kind: 'diagnostics-copied' }, { kind: 'copy-failed', text: '' });
  }

  async #copy(text: string, done: Told, failed: Told): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#controller.tell(done);
    } catch {
      this.#controller.tell(failed);
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const { view, room } = this.#controller;
    switch (screenOf(view) === 'room' ? keyAction(event, this.#focus.byKeyboard) : null) {
      case 'talk':
        event.preventDefault();
        return void room.holdToTalk(true);
      case 'mute':
        return void room.toggleMute();
      case 'deafen':
        return room.toggleDeafen();
      case 'hand':
        return this.#toggleHand();
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
