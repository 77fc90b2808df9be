import { html, LitElement, type TemplateResult } from 'lit';
import type { SoundSettings } from '../../client/media/sound-settings';
import { icons } from '../look/icons';
import { panelStyles, sharedStyles } from '../look/shared-styles';
import { strings } from '../strings';
import './sound-settings';

/** Sound and devices in mid-call. Fires `choose` with the SoundSettings, `test` and `close`. */
export class SettingsPanel extends LitElement {
  static override properties = { level: { type: Number }, listening: { type: Boolean } };
  declare level: number;
  declare listening: boolean;

  static override styles = [sharedStyles, panelStyles];

  constructor() {
    super();
    this.level = 0;
    this.listening = false;
  }

  override render(): TemplateResult {
    return html`
      <header>
        <h2>${strings.settings}</h2>
        <button class="round" aria-label=${strings.close} title=${strings.close}
          @click=${() => this.dispatchEvent(new CustomEvent('close'))}>${icons.cross}</button>
      </header>
      <div class="body">
        <sound-settings .level=${this.level} ?listening=${this.listening}
          @choose=${(event: CustomEvent<SoundSettings>) =>
            this.dispatchEvent(new CustomEvent('choose', { detail: event.detail }))}
          @test=${() => this.dispatchEvent(new CustomEvent('test'))}></sound-settings>
        <p class="note">${icons.microphone} ${strings.holdToTalk}</p>
      </div>`;
  }
}

customElements.define('settings-panel', SettingsPanel);
