import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { REACTIONS, type Reaction } from '../client';
import { controlBarStyles } from './look/control-bar-styles';
import { faces } from './look/faces';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import { strings } from './strings';

export type Panel = 'people' | 'chat' | 'connection' | 'settings' | 'share';

/**
 * The buttons of a room. Fires `mute`, `deafen`, `hand`, `leave`, `react` with a Reaction, and `panel` with
 * the Panel that is to be opened or closed. On a narrow screen some of them are behind "More".
 */
export class ControlBar extends LitElement {
  static override properties = {
    muted: { type: Boolean },
    deafened: { type: Boolean },
    hand: { type: Boolean },
    listener: { type: Boolean },
    people: { type: Number },
    unread: { type: Number },
    open: {},
  };
  declare muted: boolean;
  declare deafened: boolean;
  declare hand: boolean;
  /** May not be heard: there is nothing to mute. */
  declare listener: boolean;
  /** How many are in the room. */
  declare people: number;
  declare unread: number;
  /** The panel that is open. */
  declare open: Panel | null;

  static override styles = [sharedStyles, controlBarStyles];

  constructor() {
    super();
    this.muted = false;
    this.deafened = false;
    this.hand = false;
    this.listener = false;
    this.people = 0;
    this.unread = 0;
    this.open = null;
  }

  override render(): TemplateResult {
    const { deafened, hand } = this;
    const raise = hand ? strings.lowerHand : strings.raiseHand;
    return html`
      <div class="bar" role="group" aria-label=${strings.controls}>
        ${this.listener ? nothing : this.#mute()}
        ${this.#deafen('wide', word(strings.short.sound(deafened)))}
        <button class=${hand ? 'on' : ''} aria-label=${raise} aria-keyshortcuts="H" title="${raise} (H)"
          @click=${() => this.#fire('hand')}>${icons.hand} ${word(strings.short.hand(hand))}</button>
        <button class="react" aria-label=${strings.react} title=${strings.react} popovertarget="reactions">
          ${icons.smile} ${word(strings.react)}</button>
        <span class="rule"></span>
        ${this.#people()}
        ${this.#panel('chat', icons.chat, this.#chatLabel(), strings.chat, this.unread)}
        ${this.#panel('share', icons.share, strings.share, strings.share)}
        ${this.#panel('settings', icons.sliders, strings.settings, strings.settings)}
        <button class="narrow" aria-label=${strings.more} title=${strings.more} popovertarget="more">
          ${icons.more} ${word(strings.more)}</button>
        <span class="rule"></span>
        <button class="leave" aria-label=${strings.leave} title=${strings.leave}
          @click=${() => this.#fire('leave')}>${icons.leave} ${word(strings.leave)}</button>
      </div>
      ${this.#reactions()} ${this.#more()}`;
  }

  #mute(): TemplateResult {
    const { muted } = this;
    const mute = muted ? strings.unmute : strings.mute;
    return html`<button class="main ${muted ? 'off' : ''}" aria-label=${mute} aria-keyshortcuts="M"
      title="${mute} (M)" @click=${() => this.#fire('mute')}>
      ${muted ? icons.microphoneOff : icons.microphone} ${word(strings.short.microphone(muted))}</button>`;
  }

  #deafen(place: string, content: unknown): TemplateResult {
    const { deafened } = this;
    const deafen = deafened ? strings.undeafen : strings.deafen;
    return html`<button class="${place} ${deafened ? 'off' : ''}" aria-label=${deafen} aria-keyshortcuts="D"
      title="${deafen} (D)" @click=${() => this.#fire('deafen')}>
      ${deafened ? icons.headphonesOff : icons.headphones} ${content}</button>`;
  }

  #panel(panel: Panel, icon: unknown, label: string, text: string, count = 0): TemplateResult {
    const badge = count > 99 ? '99+' : count;
    return html`<button class=${panel} data-panel=${panel} aria-label=${label} title=${text}
      aria-expanded=${this.open === panel} @click=${() => this.#open(panel)}>${icon} ${word(text)}
      ${count > 0 ? html`<span class="badge" data-count=${badge}></span>` : nothing}</button>`;
  }

  #people(): TemplateResult {
    const { people } = this;
    return this.#panel('people', icons.people, strings.peopleHere(people), strings.short.people, people);
  }

  #chatLabel(): string {
    return this.unread > 0 ? `${strings.chat}, ${strings.unread(this.unread)}` : strings.chat;
  }

  #reactions(): TemplateResult {
    return html`<div id="reactions" class="reactions" popover role="group" aria-label=${strings.react}
      @beforetoggle=${this.#lift}>${this.#faces()}</div>`;
  }

  #faces(): TemplateResult[] {
    return REACTIONS.map(
      (reaction) => html`
        <button class="face" aria-label=${strings.reactions[reaction]}
          title=${strings.reactions[reaction]}
          @click=${(event: Event) => this.#react(reaction, event)}>${faces[reaction]}</button>`,
    );
  }

  #more(): TemplateResult {
    const item = (panel: Panel, icon: unknown, text: string) =>
      html`<button class="item" @click=${(event: Event) => this.#choose(panel, event)}>
        ${icon} ${text}</button>`;
    return html`<div id="more" class="more" popover role="group" aria-label=${strings.more}
      @beforetoggle=${this.#lift}>
      <div class="faces">${this.#faces()}</div>
      ${this.#deafen('item', this.deafened ? strings.undeafen : strings.deafen)}
      ${item('share', icons.share, strings.share)} ${item('settings', icons.sliders, strings.settings)}
      ${item('connection', icons.gauge, strings.connection)}
    </div>`;
  }

  // What opens stands above the bar, wherever the bar is.
  #lift(event: Event): void {
    const bar = this.renderRoot.querySelector('.bar')?.getBoundingClientRect();
    if (bar) (event.target as HTMLElement).style.setProperty('--bar', `${innerHeight - bar.top}px`);
  }

  #react(reaction: Reaction, event: Event): void {
    hidePopoverOf(event);
    this.#focus('.react');
    this.dispatchEvent(new CustomEvent('react', { detail: reaction }));
  }

  #choose(panel: Panel, event: Event): void {
    hidePopoverOf(event);
    this.#open(panel);
  }

  /** Puts the focus on the button that opens the panel. */
  focusPanel(panel: Panel): void {
    this.#focus(`[data-panel='${panel}']`);
  }

  // What is not there on this screen is behind "More".
  #focus(button: string): void {
    const buttons = [button, '.narrow'].map((each) => this.renderRoot.querySelector<HTMLElement>(each));
    buttons.find((each) => each?.checkVisibility())?.focus();
  }

  #open(panel: Panel): void {
    this.dispatchEvent(new CustomEvent('panel', { detail: panel }));
  }

  #fire(what: 'mute' | 'deafen' | 'hand' | 'leave'): void {
    this.dispatchEvent(new CustomEvent(what));
  }
}

function word(text: string): TemplateResult {
  return html`<span class="word">${text}</span>`;
}

function hidePopoverOf(event: Event): void {
  (event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]')?.hidePopover();
}

customElements.define('control-bar', ControlBar);

declare global {
  interface HTMLElementTagNameMap {
    'control-bar': ControlBar;
  }
}
