import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { REACTIONS, type Reaction } from '../client';
import { faces } from './look/faces';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import { strings } from './strings';

export type Panel = 'chat' | 'connection' | 'settings' | 'share';

/**
 * The buttons of a room. Fires `mute`, `deafen`, `hand`, `leave`, `react` with a Reaction, and `panel` with
 * the Panel that is to be opened or closed.
 */
export class ControlBar extends LitElement {
  static override properties = {
    muted: { type: Boolean },
    deafened: { type: Boolean },
    hand: { type: Boolean },
    unread: { type: Number },
    open: {},
    choosing: { state: true },
  };
  declare muted: boolean;
  declare deafened: boolean;
  declare hand: boolean;
  declare unread: number;
  /** The panel that is open. */
  declare open: Panel | null;
  declare choosing: boolean;

  static override styles = [
    sharedStyles,
    css`
    :host {
      position: sticky; bottom: 0; z-index: 2;
      padding: var(--space-3) 0 max(var(--space-4), env(safe-area-inset-bottom));
    }
    .bar {
      display: flex; justify-content: center; gap: var(--space-1); width: fit-content; max-width: 100%;
      margin: 0 auto;
      padding: var(--space-2); border: 1px solid var(--line); border-radius: var(--radius-pill);
      background: var(--surface); box-shadow: var(--shadow);
    }
    .bar button {
      position: relative; display: inline-flex; align-items: center; justify-content: center;
      gap: var(--space-2);
      min-height: 3rem; min-width: 3rem; padding: 0 var(--space-3); border: 0;
      border-radius: var(--radius-pill);
      background: none; font-weight: 600; cursor: pointer;
      transition: background var(--quick), color var(--quick);
    }
    .bar button:hover, .bar [aria-expanded='true'] { background: var(--sunken); }
    .main { min-width: 7rem; }
    .on { background: var(--warn-soft); }
    .leave { background: var(--danger-soft); color: var(--danger); }
    .leave:hover { background: var(--danger) !important; color: var(--surface); }
    .badge {
      position: absolute; top: 0.15rem; right: 0.15rem; min-width: 1.15rem; padding: 0 0.3rem;
      border-radius: var(--radius-pill); background: var(--danger); color: var(--surface);
      font-size: 0.7rem; line-height: 1.15rem; text-align: center;
    }
    .reactions {
      display: flex; justify-content: center; gap: var(--space-1); width: fit-content;
      margin: 0 auto var(--space-2);
      padding: var(--space-1); border: 1px solid var(--line); border-radius: var(--radius-pill);
      background: var(--surface); box-shadow: var(--shadow);
    }
    .reactions button {
      width: 2.75rem; height: 2.75rem; border: 0; border-radius: 50%; background: none; font-size: 1.4rem;
      cursor: pointer; transition: transform var(--quick) var(--ease), background var(--quick);
    }
    .reactions button:hover { background: var(--sunken); transform: scale(1.12); }
    @media (max-width: 60rem) { .word { display: none; } .main { min-width: 3.5rem; } }
    @media (max-width: 30rem) {
      .bar { width: 100%; border-radius: var(--radius-l); justify-content: space-between; gap: 0; }
      .bar button { flex: 1; min-width: 0; padding: 0; }
      .main { flex: 1; }
    }
  `,
  ];

  constructor() {
    super();
    this.muted = false;
    this.deafened = false;
    this.hand = false;
    this.unread = 0;
    this.open = null;
    this.choosing = false;
  }

  override render(): TemplateResult {
    const { muted, deafened, hand } = this;
    const mute = muted ? strings.unmute : strings.mute;
    const deafen = deafened ? strings.undeafen : strings.deafen;
    const raise = hand ? strings.lowerHand : strings.raiseHand;
    return html`
      ${this.choosing ? this.#reactions() : nothing}
      <div class="bar" role="group" aria-label=${strings.controls}>
        <button class="main ${muted ? 'on' : ''}" aria-label=${mute} aria-keyshortcuts="M" title="${mute} (M)"
          @click=${() => this.#fire('mute')}>
          ${muted ? icons.microphoneOff : icons.microphone}
          <span class="word">${mute}</span></button>
        <button class="main ${deafened ? 'on' : ''}" aria-label=${deafen} aria-keyshortcuts="D"
          title="${deafen} (D)" @click=${() => this.#fire('deafen')}>
          ${deafened ? icons.headphonesOff : icons.headphones}
          <span class="word">${deafen}</span></button>
        ${this.#round(icons.hand, raise, hand, 'H', () => this.#fire('hand'))}
        <button aria-label=${strings.react} title=${strings.react} aria-expanded=${this.choosing}
          @click=${() => {
            this.choosing = !this.choosing;
          }}>${icons.smile}</button>
        ${this.#panel('chat', icons.chat, strings.chat, this.unread)}
        ${this.#panel('share', icons.share, strings.share)}
        ${this.#panel('settings', icons.sliders, strings.settings)}
        <button class="leave" aria-label=${strings.leave} title=${strings.leave}
          @click=${() => this.#fire('leave')}>
          ${icons.leave} <span class="word">${strings.leave}</span></button>
      </div>`;
  }

  #round(icon: unknown, text: string, on: boolean, key: string, act: () => void): TemplateResult {
    return html`<button class=${on ? 'on' : ''} aria-label=${text} title="${text} (${key})"
      aria-keyshortcuts=${key} @click=${act}>${icon}</button>`;
  }

  #panel(panel: Panel, icon: unknown, text: string, count = 0): TemplateResult {
    const badge = count > 99 ? '99+' : count;
    const label = count > 0 ? `${text}, ${strings.unread(count)}` : text;
    return html`<button data-panel=${panel} aria-label=${label} title=${text}
      aria-expanded=${this.open === panel}
      @click=${() => this.dispatchEvent(new CustomEvent('panel', { detail: panel }))}>${icon}
      ${count > 0 ? html`<span class="badge" aria-hidden="true">${badge}</span>` : nothing}
    </button>`;
  }

  #reactions(): TemplateResult {
    return html`<div class="reactions" role="group" aria-label=${strings.react} @keydown=${this.#key}>
      ${REACTIONS.map(
        (reaction) => html`
        <button aria-label=${strings.reactions[reaction]} title=${strings.reactions[reaction]}
          @click=${() => this.#react(reaction)}>${faces[reaction]}</button>`,
      )}
    </div>`;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.choosing = false;
  }

  #react(reaction: Reaction): void {
    this.choosing = false;
    this.dispatchEvent(new CustomEvent('react', { detail: reaction }));
  }

  /** Puts the focus on the button that opens the panel. */
  focusPanel(panel: Panel): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-panel='${panel}']`)?.focus();
  }

  #fire(what: 'mute' | 'deafen' | 'hand' | 'leave'): void {
    this.dispatchEvent(new CustomEvent(what));
  }
}

customElements.define('control-bar', ControlBar);

declare global {
  interface HTMLElementTagNameMap {
    'control-bar': ControlBar;
  }
}
