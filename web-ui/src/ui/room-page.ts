import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SoundSettings } from '../client/media/sound-settings';
import type { Reaction } from '../client/session/control';
import type { Join } from '../client/session/edge-api';
import type { Presence } from '../client/session/roster';
import { findLack, type Lack } from '../client/support';
import type { Panel } from './control-bar';
import type { JoinChoice } from './join-card';
import { icons } from './look/icons';
import { roomPageStyles } from './look/room-page-styles';
import { sharedStyles } from './look/shared-styles';
import { rememberedName, rememberName, rememberRoom, volumeOf } from './preferences';
import { SessionController } from './room-controller';
import { type Route, roomPath, userIdOf } from './routes';
import { failureText, stateText, strings } from './strings';
import './panels/chat-panel';
import './panels/connection-panel';
import './control-bar';
import './join-card';
import './participant-tile';
import './panels/settings-panel';
import './panels/share-panel';

type RoomRoute = Extract<Route, { page: 'room' }>;

/** A room, from before one enters until one has left. */
export class RoomPage extends LitElement {
  static override properties = {
    route: { attribute: false },
    name: { state: true },
    busy: { state: true },
    panel: { state: true },
  };
  declare route: RoomRoute;
  declare name: string;
  /** Entering: a second click changes nothing. */
  declare busy: boolean;
  /** What stands beside the room. */
  declare panel: Panel | null;

  static override styles = [sharedStyles, roomPageStyles];

  readonly #session = new SessionController(this);
  readonly #lack = findLack();
  #withMicrophone = true;

  constructor() {
    super();
    this.name = '';
    this.busy = false;
    this.panel = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#onKey);
    addEventListener('keyup', this.#onKeyUp);
    addEventListener('blur', this.#onBlur);
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#onKey);
    removeEventListener('keyup', this.#onKeyUp);
    removeEventListener('blur', this.#onBlur);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('route')) return;
    document.title = `${this.route.room} · ${strings.product}`;
    this.name = this.route.name ?? rememberedName();
    if (!this.#lack) this.#enter();
  }

  override render(): TemplateResult {
    const { state, entered } = this.#session;
    if (this.#lack) return this.#frame(this.#lackCard(this.#lack));
    if (state?.phase === 'ended' && entered) return this.#frame(this.#endedCard(failureText(state.failure)));
    if (entered) return this.#room();
    return this.#frame(this.#joinCard());
  }

  #frame(content: TemplateResult): TemplateResult {
    return html`<main class="quiet rings">
      <a class="wordmark" href="/">${icons.mark} ${strings.product}</a>
      <div class="middle">${content}</div>
      ${this.#status()}
    </main>`;
  }

  #joinCard(): TemplateResult {
    const { state, trouble } = this.#session;
    const connecting = state !== null && state.phase !== 'ended';
    const failure =
      state?.phase === 'ended' && !(state.failure.kind === 'ending' && state.failure.ending === 'left')
        ? failureText(state.failure)
        : '';
    return html`<join-card .room=${this.route.room} .name=${this.name} .trouble=${trouble} .failure=${failure}
      ?busy=${this.busy || connecting} @choose=${this.#choose}
      @reach=${(event: CustomEvent<string>) => this.#session.aboutToJoin(this.#who(event.detail), this.route.only)}
      @sound=${(event: CustomEvent<SoundSettings>) => this.#session.applySound(event.detail)}
      @test=${() => this.#session.testSound()}></join-card>`;
  }

  #endedCard(text: string): TemplateResult {
    return html`<section class="card ended">
      <h1>${this.route.room}</h1>
      <p>${text}</p>
      <div>
        <button class="button primary" @click=${this.#rejoin}>${strings.rejoin}</button>
        <a class="button" href="/">${strings.startPage}</a>
      </div>
    </section>`;
  }

  #lackCard(lack: Lack): TemplateResult {
    const { title, text, link } = strings.lacks[lack];
    const secure = `https://${location.host}${location.pathname}${location.search}`;
    return html`<section class="card ended">
      <h1>${title}</h1>
      <p>${text}</p>
      ${
        link
          ? html`<p><code>${secure}</code></p>
        <div><a class="button primary" href=${secure}>${link}</a></div>`
          : nothing
      }
    </section>`;
  }

  #room(): TemplateResult {
    const session = this.#session;
    const { present, words } = session;
    return html`<main class="room ${this.panel ? 'beside' : ''}">
      <header>
        <a class="wordmark" href="/" aria-label=${strings.product}>${icons.mark}<span>${strings.product}</span></a>
        <div class="title">
          <h1>${this.route.room}</h1>
          <span class="count">${strings.people(present.length)}</span>
        </div>
        ${this.#status()}
        <button class="figures" aria-expanded=${this.panel === 'connection'}
          aria-label="${strings.details}, ${strings.detailNames.roundTrip} ${this.#roundTrip()}"
          @click=${() => this.#toggle('connection')}>${icons.gauge} ${this.#roundTrip()}</button>
      </header>
      <div class="stage">
        ${this.#banners()}
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
      <control-bar ?muted=${session.muted} ?deafened=${session.deafened} ?hand=${session.handRaised}
        .unread=${words.unread} .open=${this.panel}
        @mute=${() => void session.toggleMute()} @deafen=${() => session.toggleDeafen()}
        @hand=${() => session.raiseHand(!session.handRaised)}
        @react=${(event: CustomEvent<Reaction>) => session.react(event.detail)}
        @panel=${(event: CustomEvent<Panel>) => this.#toggle(event.detail)}
        @leave=${() => session.leave()}></control-bar>
    </main>`;
  }

  #tile(presence: Presence): TemplateResult {
    const session = this.#session;
    const speaking = session.speaking.get(presence.number);
    const own = presence.number === session.you;
    return html`<li><participant-tile .presence=${presence} ?own=${own}
      ?active=${session.speakers.includes(presence.number)}
      .loudness=${speaking?.loudness ?? 0} .voice=${speaking?.voice ?? false}
      .volume=${own ? 1 : volumeOf(presence.user)} .reaction=${session.words.reactions.get(presence.number) ?? null}
      @volume=${(event: CustomEvent<number>) => session.setVolume(presence, event.detail)}
      @rename=${this.#rename}></participant-tile></li>`;
  }

  #panel(panel: Panel): TemplateResult {
    const session = this.#session;
    const close = (): void => this.#toggle(panel);
    switch (panel) {
      case 'chat':
        return html`<chat-panel .messages=${session.words.messages} @close=${close}
        @say=${(event: CustomEvent<string>) => session.say(event.detail)}></chat-panel>`;
      case 'connection':
        return html`<connection-panel .state=${session.state} .moments=${session.moments}
        @close=${close} @copy=${this.#copyDiagnostics}></connection-panel>`;
      case 'settings':
        return html`<settings-panel @close=${close} ?listening=${!session.muted}
        .level=${session.speaking.get(session.you)?.loudness ?? 0}
        @choose=${(event: CustomEvent<SoundSettings>) => session.applySound(event.detail)}
        @test=${() => session.testSound()}></settings-panel>`;
      case 'share':
        return html`<share-panel .link=${this.#link()} @close=${close} @copy=${this.#copyLink}></share-panel>`;
    }
  }

  #roundTrip(): string {
    const { roundTrip } = this.#session;
    return roundTrip === null ? '–' : strings.milliseconds(roundTrip);
  }

  // Whoever closes a panel goes on where it was opened.
  #toggle(panel: Panel): void {
    const closing = this.panel === panel;
    this.panel = closing ? null : panel;
    this.#session.words.reading = this.panel === 'chat';
    void this.updateComplete.then(() => {
      if (closing) this.renderRoot.querySelector('control-bar')?.focusPanel(panel);
      else this.renderRoot.querySelector<HTMLElement>('aside > *')?.focus();
    });
  }

  #panelKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.panel) this.#toggle(this.panel);
  }

  #banners(): TemplateResult {
    const { trouble, soundPaused, state } = this.#session;
    const connected = state?.phase === 'connected' ? state : null;
    return html`
      ${connected?.suspect ? html`<p class="note bad" role="alert">${icons.warning} ${strings.suspect}</p>` : nothing}
      ${
        connected && !connected.whole
          ? html`<p class="note bad" role="alert">${icons.warning} ${strings.notWhole}</p>`
          : nothing
      }
      ${
        trouble
          ? html`<p class="note bad" role="alert">${icons.microphoneOff} ${strings.microphoneTroubles[trouble]}</p>`
          : nothing
      }
      ${
        soundPaused && connected
          ? html`<p class="note sound">${icons.headphonesOff}
        ${strings.soundPaused}
        <button class="button" @click=${() => this.#session.resumeSound()}>${strings.resumeSound}</button>
        </p>`
          : nothing
      }`;
  }

  // One live region for the whole page: the state of the connection, and who comes and goes.
  #status(): TemplateResult {
    const { state, notices } = this.#session;
    const look = state?.phase === 'connected' && state.suspect ? 'suspect' : state?.phase;
    return html`<div class="status" role="status">
      ${
        state && state.phase !== 'ended'
          ? html`
        <p class="connection ${look}"><span class="dot"></span><span>${stateText(state)}</span></p>`
          : nothing
      }
      <ul class="notices">
        ${repeat(
          notices,
          (notice) => notice.id,
          (notice) => html`<li>${notice.text}</li>`,
        )}
      </ul>
    </div>`;
  }

  #choose(event: CustomEvent<JoinChoice>): void {
    this.name = event.detail.name;
    this.#withMicrophone = event.detail.withMicrophone;
    // A name that stands in the address belongs to the address, not to this browser's person.
    if (this.route.name === null) rememberName(this.name);
    rememberRoom(this.route.room);
    void this.#join();
  }

  // Who reloads the page is still in the room.
  #enter(): void {
    const { stored } = this.#session;
    if (!stored) return this.#session.warmUp(this.#who(this.name));
    this.name = stored.join.name;
    this.#withMicrophone = stored.microphone;
    void this.#session.comeBack(stored, this.route.only);
  }

  #who(name: string): Join {
    const { room, user } = this.route;
    return { room, user: user ?? userIdOf(name), name };
  }

  #rejoin(): void {
    void this.#join();
  }

  async #join(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.#session.join(this.#who(this.name), this.route.only, this.#withMicrophone);
    this.busy = false;
  }

  #rename(event: CustomEvent<string>): void {
    this.name = event.detail;
    if (this.route.name === null) rememberName(this.name);
    this.#session.rename(event.detail);
  }

  #link(): string {
    return location.origin + roomPath(this.route.room);
  }

  async #copyLink(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#link());
      this.#session.notify(strings.copied);
    } catch {
      this.#session.notify(strings.copyFailed(this.#link()));
    }
  }

  async #copyDiagnostics(event: CustomEvent<string>): Promise<void> {
    await navigator.clipboard.writeText(event.detail).then(
      () => this.#session.notify(strings.diagnosticsCopied),
      () => this.#session.notify(strings.copyFailed('')),
    );
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!this.#session.entered || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.composedPath().some(types)) return;
    if (event.key === ' ') {
      if (event.composedPath().some(presses)) return;
      event.preventDefault();
      void this.#session.holdToTalk(true);
    }
    if (event.repeat) return;
    switch (event.key.toLowerCase()) {
      case 'm':
        return void this.#session.toggleMute();
      case 'd':
        return this.#session.toggleDeafen();
      case 'h':
        return this.#session.raiseHand(!this.#session.handRaised);
    }
  };

  readonly #onKeyUp = (event: KeyboardEvent): void => {
    if (event.key === ' ') void this.#session.holdToTalk(false);
  };

  // The key may be let go where this page does not see it.
  readonly #onBlur = (): void => void this.#session.holdToTalk(false);
}

// Where letters are typed, or choose.
function types(target: EventTarget): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}

// Where the space bar means something already.
function presses(target: EventTarget): boolean {
  return target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement;
}

// Rows of at most five, as even as they get.
function columns(count: number): number {
  return Math.max(1, Math.ceil(count / Math.ceil(count / 5)));
}

customElements.define('room-page', RoomPage);
