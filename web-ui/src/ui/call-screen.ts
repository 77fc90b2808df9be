import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Presence, Reaction, SoundSettings } from '../client';
import type { UnsaidMessage } from './chat';
import type { Panel } from './control-bar';
import { callScreenStyles } from './look/call-screen-styles';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import { MediaKeys } from './media-keys';
import type { PersonMenu } from './person-menu';
import { qualityOf } from './quality';
import type { RoomController } from './room-controller';
import { banners, status } from './room-parts';
import { handRaised, isListener, type RoomView } from './room-view';
import type { MenuWish } from './stage/people-stage';
import { strings, whoIsHere } from './strings';
import { WakeLock } from './wake-lock';
import './control-bar';
import './copy-button';
import './panels/chat-panel';
import './panels/connection-panel';
import './panels/people-panel';
import './panels/settings-panel';
import { type Enters, entersText } from './panels/share-panel';
import './person-menu';
import './stage/people-stage';

/**
 * A room while one is in it: header, stage, a panel, the controls. They lie side by side, and nothing lies on
 * anything but what the browser closes on a click elsewhere (docs/decisions/0022). Fires `rename` with a
 * name.
 */
export class CallScreen extends LitElement {
  static override properties = {
    room: {},
    link: {},
    enters: {},
    view: { attribute: false },
    controller: { attribute: false },
    panel: { state: true },
    person: { state: true },
  };
  /** The id of the room. */
  declare room: string;
  /** By which others come. */
  declare link: string;
  /** Who gets in by it. */
  declare enters: Enters;
  declare view: RoomView;
  declare controller: RoomController;
  /** What stands beside the stage. */
  declare panel: Panel | null;
  /** The number of the participant whose menu was opened last. */
  declare person: number;

  static override styles = [sharedStyles, callScreenStyles];

  constructor() {
    super();
    this.enters = 'anybody';
    this.panel = null;
    this.person = 0;
  }

  readonly #wakeLock = new WakeLock();
  readonly #keys = new MediaKeys();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#wakeLock.hold();
    this.#keys.listen({
      toggleMute: () => void this.controller.room.toggleMute(),
      leave: () => this.controller.leave(),
    });
  }

  override disconnectedCallback(): void {
    this.#wakeLock.release();
    this.#keys.close();
    super.disconnectedCallback();
  }

  // A chat that was open when one left is open when one is back.
  protected override willUpdate(_changed: PropertyValues): void {
    if (!this.hasUpdated && this.view.reading) this.panel = 'chat';
  }

  /** Whoever has entered goes on here, and what was entered is read out. */
  protected override firstUpdated(_changed: PropertyValues): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  protected override updated(_changed: PropertyValues): void {
    this.#keys.show(this.room, this.view.muted);
  }

  override render(): TemplateResult {
    const { view, controller } = this;
    const { room } = controller;
    return html`<main class=${this.panel ? 'beside' : ''} @keydown=${this.#key}>
      ${this.#header()}
      <control-bar ?listener=${isListener(view)} ?muted=${view.muted} ?deafened=${view.deafened}
        ?hand=${handRaised(view)} .people=${view.present.length} .unread=${view.unread} .open=${this.panel}
        @mute=${() => void room.toggleMute()} @deafen=${() => room.toggleDeafen()}
        @hand=${() => controller.toggleHand()}
        @react=${(event: CustomEvent<Reaction>) => room.request({ kind: 'react', reaction: event.detail })}
        @panel=${(event: CustomEvent<Panel>) => this.#toggle(event.detail)}
        @leave=${() => controller.leave()}></control-bar>
      ${this.panel ? html`<aside>${this.#panel(this.panel)}</aside>` : nothing}
      <div class="stage">
        <div class="banners">${banners(view, () => room.resumeSound())}</div>
        <people-stage .view=${view} .controller=${controller} @person=${this.#person}></people-stage>
        ${view.present.length === 1 && this.panel !== 'share' ? this.#invitation() : nothing}
      </div>
      ${status(view)}
      ${this.#menu()}
    </main>`;
  }

  #header(): TemplateResult {
    const { view } = this;
    const { present, you } = view;
    const quality = qualityOf(view);
    const others = present.filter(({ number }) => number !== you).map(({ name }) => name);
    return html`<header>
      <span class="mark" aria-hidden="true">${icons.mark}</span>
      <div class="title">
        <h1 tabindex="-1">${whoIsHere(others)}</h1>
        <p class="room">${this.room}</p>
      </div>
      <button class="quality ${quality}" aria-expanded=${this.panel === 'connection'}
        aria-label="${strings.details}, ${strings.qualities[quality]}" title=${strings.details}
        @click=${() => this.#toggle('connection')}>${icons.bars} <span>${strings.qualities[quality]}</span>
      </button>
    </header>`;
  }

  #invitation(): TemplateResult {
    return html`<section class="invitation">
      <p>${this.enters === 'anybody' ? strings.alone : entersText(this.enters)}</p>
      <code>${this.link}</code>
      <copy-button .text=${() => this.link} .label=${strings.copyLink} @copied=${this.#copied}></copy-button>
    </section>`;
  }

  #panel(panel: Panel): TemplateResult {
    const { view } = this;
    const { room, loudness } = this.controller;
    const close = (): void => this.#toggle(panel);
    switch (panel) {
      case 'people':
        return html`<people-panel .view=${view}
        .volumeOf=${(number: number) => this.controller.volumeOf(number)}
        .colourOf=${(number: number) => this.controller.colours.of(number)}
        @person=${this.#person} @close=${close}></people-panel>`;
      case 'chat':
        return this.#chat(close);
      case 'connection':
        return html`<connection-panel .state=${view.state} .moments=${view.moments}
        @close=${close} @copied=${this.#copied}></connection-panel>`;
      case 'settings':
        return html`<settings-panel @close=${close} ?listening=${!view.muted}
        .loudness=${loudness} .you=${view.you}
        @choose=${(event: CustomEvent<SoundSettings>) => room.applySound(event.detail)}
        @test=${() => room.testSound()}></settings-panel>`;
      case 'share':
        return html`<share-panel .link=${this.link} .enters=${this.enters} @close=${close}
          @copied=${this.#copied}></share-panel>`;
    }
  }

  #chat(close: () => void): TemplateResult {
    const { view, controller } = this;
    return html`<chat-panel .messages=${view.messages} .unsaid=${view.unsaid} .draft=${controller.draft}
      @close=${close}
      @say=${(event: CustomEvent<string>) => controller.room.request({ kind: 'say', text: event.detail })}
      @draft=${(event: CustomEvent<string>) => {
        controller.draft = event.detail;
      }}
      @again=${(event: CustomEvent<UnsaidMessage>) => controller.sayAgain(event.detail)}
      @drop=${(event: CustomEvent<UnsaidMessage>) => controller.drop(event.detail)}></chat-panel>`;
  }

  #menu(): TemplateResult {
    const { view, controller, person } = this;
    const presence: Presence | null = view.present.find(({ number }) => number === person) ?? null;
    return html`<person-menu .presence=${presence} ?own=${person === view.you}
      .volume=${controller.volumeOf(person)}
      @volume=${(event: CustomEvent<number>) => controller.setVolume(person, event.detail)}
      @rename=${(event: CustomEvent<string>) =>
        this.dispatchEvent(new CustomEvent('rename', { detail: event.detail }))}></person-menu>`;
  }

  // Whoever opens a panel goes on in it, and whoever closes one where it was opened.
  #toggle(panel: Panel): void {
    const closing = this.panel === panel;
    this.panel = closing ? null : panel;
    this.controller.read(this.panel === 'chat');
    void this.updateComplete.then(() => {
      if (closing && panel === 'connection') this.renderRoot.querySelector<HTMLElement>('.quality')?.focus();
      else if (closing) this.renderRoot.querySelector('control-bar')?.focusPanel(panel);
      else this.renderRoot.querySelector<HTMLElement>('aside > *')?.focus();
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.panel || event.defaultPrevented) return;
    // Escape closes one thing at a time, and a menu is the browser's to close.
    if (event.composedPath().some((each) => each instanceof HTMLElement && each.matches(':popover-open')))
      return;
    this.#toggle(this.panel);
  }

  async #person({ detail }: CustomEvent<MenuWish>): Promise<void> {
    this.person = detail.number;
    await this.updateComplete;
    await this.renderRoot.querySelector<PersonMenu>('person-menu')?.open(detail.button);
  }

  #copied(): void {
    this.controller.tell({ kind: 'copied' });
  }
}

customElements.define('call-screen', CallScreen);
