import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { rememberedName, rememberName, rememberRoom } from '../preferences';
import { roomPath, type Route, userIdOf } from '../routes';
import { failureText, lackTexts, microphoneTexts, stateText, strings } from '../strings';
import { findLack, type Lack } from '../support';
import { icons } from './icons';
import type { JoinChoice } from './join-card';
import { roomPageStyles } from './room-page-styles';
import { SessionController } from './session-controller';
import { sharedStyles } from './shared-styles';
import './connection-figures';
import './control-bar';
import './join-card';
import './participant-tile';

type RoomRoute = Extract<Route, { page: 'room' }>;

/** A room, from before one enters until one has left. */
export class RoomPage extends LitElement {
  static override properties = { route: { attribute: false }, name: { state: true }, busy: { state: true } };
  declare route: RoomRoute;
  declare name: string;
  /** Entering: a second click changes nothing. */
  declare busy: boolean;

  static override styles = [sharedStyles, roomPageStyles];

  readonly #session = new SessionController(this);
  readonly #lack = findLack();
  #withMicrophone = true;

  constructor() {
    super();
    this.name = '';
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#onKey);
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
    const failure = state?.phase === 'ended' && !(state.failure.kind === 'ending' && state.failure.ending === 'left')
      ? failureText(state.failure) : '';
    return html`<join-card .room=${this.route.room} .name=${this.name} .trouble=${trouble} .failure=${failure}
      ?busy=${this.busy || connecting} @choose=${this.#choose}></join-card>`;
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
    const { title, text, link } = lackTexts[lack];
    const secure = `https://${location.host}${location.pathname}${location.search}`;
    return html`<section class="card ended">
      <h1>${title}</h1>
      <p>${text}</p>
      ${link ? html`<p><code>${secure}</code></p>
        <div><a class="button primary" href=${secure}>${link}</a></div>` : nothing}
    </section>`;
  }

  #room(): TemplateResult {
    const session = this.#session;
    const { present } = session;
    return html`<main class="room">
      <header>
        <a class="wordmark" href="/" aria-label=${strings.product}>${icons.mark}<span>${strings.product}</span></a>
        <div class="title">
          <h1>${this.route.room}</h1>
          <span class="count">${strings.people(present.length)}</span>
        </div>
        ${this.#status()}
        <connection-figures .state=${session.state} .roundTrip=${session.roundTrip} .figures=${session.figures}>
        </connection-figures>
      </header>
      <div class="stage">
        ${this.#banners()}
        <ul class="tiles" aria-label=${strings.participants} .style=${`--columns:${columns(present.length)}`}>
          ${repeat(present, (presence) => presence.number, (presence) => {
            const speaking = session.speaking.get(presence.number);
            return html`<li><participant-tile .presence=${presence} ?own=${presence.number === session.you}
              ?active=${session.speakers.includes(presence.number)}
              .loudness=${speaking?.loudness ?? 0} .voice=${speaking?.voice ?? false}
              @rename=${this.#rename}></participant-tile></li>`;
          })}
        </ul>
        ${present.length === 1 ? html`<p class="alone">${strings.alone}</p>` : nothing}
      </div>
      <control-bar ?muted=${session.muted} ?deafened=${session.deafened}
        @mute=${() => void session.toggleMute()} @deafen=${() => session.toggleDeafen()}
        @copy-link=${this.#copyLink} @leave=${() => session.leave()}></control-bar>
    </main>`;
  }

  #banners(): TemplateResult {
    const { trouble, soundPaused, state } = this.#session;
    const connected = state?.phase === 'connected' ? state : null;
    return html`
      ${connected?.suspect ? html`<p class="note bad" role="alert">${icons.warning} ${strings.suspect}</p>` : nothing}
      ${connected && !connected.whole
        ? html`<p class="note bad" role="alert">${icons.warning} ${strings.notWhole}</p>` : nothing}
      ${trouble
        ? html`<p class="note bad" role="alert">${icons.microphoneOff} ${microphoneTexts[trouble]}</p>` : nothing}
      ${soundPaused && connected ? html`<p class="note sound">${icons.headphonesOff}
        ${strings.soundPaused}
        <button class="button" @click=${() => this.#session.resumeSound()}>${strings.resumeSound}</button>
        </p>` : nothing}`;
  }

  // One live region for the whole page: the state of the connection, and who comes and goes.
  #status(): TemplateResult {
    const { state, notices } = this.#session;
    const look = state?.phase === 'connected' && state.suspect ? 'suspect' : state?.phase;
    return html`<div class="status" role="status">
      ${state && state.phase !== 'ended' ? html`
        <p class="connection ${look}"><span class="dot"></span><span>${stateText(state)}</span></p>` : nothing}
      <ul class="notices">
        ${repeat(notices, (notice) => notice.id, (notice) => html`<li>${notice.text}</li>`)}
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
    if (!stored) return this.#session.warmUp();
    this.name = stored.join.name;
    this.#withMicrophone = stored.microphone;
    void this.#session.comeBack(stored, this.route.only);
  }

  #rejoin(): void {
    void this.#join();
  }

  async #join(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const { room, user, only } = this.route;
    const join = { room, user: user ?? userIdOf(this.name), name: this.name };
    await this.#session.join(join, only, this.#withMicrophone);
    this.busy = false;
  }

  #rename(event: CustomEvent<string>): void {
    this.name = event.detail;
    if (this.route.name === null) rememberName(this.name);
    this.#session.rename(event.detail);
  }

  async #copyLink(): Promise<void> {
    const link = location.origin + roomPath(this.route.room);
    try {
      await navigator.clipboard.writeText(link);
      this.#session.notify(strings.copied);
    } catch {
      this.#session.notify(strings.copyFailed(link));
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!this.#session.entered || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.composedPath().some((target) => target instanceof HTMLInputElement)) return;
    const key = event.key.toLowerCase();
    if (key === 'm') void this.#session.toggleMute();
    if (key === 'd') this.#session.toggleDeafen();
  };
}

// Rows of at most five, as even as they get.
function columns(count: number): number {
  return Math.max(1, Math.ceil(count / Math.ceil(count / 5)));
}

customElements.define('room-page', RoomPage);
