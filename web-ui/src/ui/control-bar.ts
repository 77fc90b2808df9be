import { css, html, LitElement, type TemplateResult } from 'lit';
import { strings } from '../strings';
import { icons } from './icons';
import { sharedStyles } from './shared-styles';

/** The buttons of a room. Fires `mute`, `deafen`, `copy-link` and `leave`. */
export class ControlBar extends LitElement {
  static override properties = { muted: { type: Boolean }, deafened: { type: Boolean } };
  declare muted: boolean;
  declare deafened: boolean;

  static override styles = [sharedStyles, css`
    :host {
      position: sticky; bottom: 0; z-index: 2;
      padding: var(--space-3) 0 max(var(--space-4), env(safe-area-inset-bottom));
    }
    .bar {
      display: flex; justify-content: center; gap: var(--space-2); width: fit-content; max-width: 100%; margin: 0 auto;
      padding: var(--space-2); border: 1px solid var(--line); border-radius: var(--radius-pill);
      background: var(--surface); box-shadow: var(--shadow);
    }
    button {
      display: inline-flex; align-items: center; justify-content: center; gap: var(--space-2);
      min-height: 3rem; min-width: 7rem;
      padding: 0 var(--space-4); border: 0; border-radius: var(--radius-pill); background: none;
      font-weight: 600; cursor: pointer; transition: background var(--quick), color var(--quick);
    }
    button:hover { background: var(--sunken); }
    .on { background: var(--warn-soft); }
    .leave { background: var(--danger-soft); color: var(--danger); }
    .leave:hover { background: var(--danger); color: var(--surface); }
    @media (max-width: 36rem) {
      .bar { width: 100%; border-radius: var(--radius-l); gap: 0; }
      button {
        flex: 1; flex-direction: column; gap: 0.15rem; min-width: 0; min-height: 3.5rem; padding: 0 var(--space-1);
        border-radius: var(--radius-m); font-size: var(--text-s); white-space: nowrap;
      }
    }
  `];

  constructor() {
    super();
    this.muted = false;
    this.deafened = false;
  }

  override render(): TemplateResult {
    return html`
      <div class="bar" role="group" aria-label=${strings.controls}>
        <button class=${this.muted ? 'on' : ''} aria-keyshortcuts="M" title="M" @click=${() => this.#fire('mute')}>
          ${this.muted ? icons.microphoneOff : icons.microphone} ${this.muted ? strings.unmute : strings.mute}
        </button>
        <button class=${this.deafened ? 'on' : ''} aria-keyshortcuts="D" title="D" @click=${() => this.#fire('deafen')}>
          ${this.deafened ? icons.headphonesOff : icons.headphones} ${this.deafened ? strings.undeafen : strings.deafen}
        </button>
        <button @click=${() => this.#fire('copy-link')}>${icons.link} ${strings.copyLink}</button>
        <button class="leave" @click=${() => this.#fire('leave')}>${icons.leave} ${strings.leave}</button>
      </div>`;
  }

  #fire(what: 'mute' | 'deafen' | 'copy-link' | 'leave'): void {
    this.dispatchEvent(new CustomEvent(what));
  }
}

customElements.define('control-bar', ControlBar);
