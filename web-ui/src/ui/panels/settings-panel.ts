import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { SoundSettings } from '../../client';
import { icons } from '../look/icons';
import { panelStyles, sharedStyles } from '../look/shared-styles';
import { type Loudness, LoudnessOf } from '../loudness';
import { strings } from '../strings';
import { PanelElement } from './panel';
import './sound-settings';

/** Sound and devices in mid-call. Fires `choose` with the SoundSettings, `test` and `close`. */
export class SettingsPanel extends PanelElement {
  static override properties = {
    loudness: { attribute: false },
    you: { type: Number },
    listening: { type: Boolean },
  };
  declare loudness: Loudness | null;
  /** Whose microphone it is. */
  declare you: number;
  declare listening: boolean;

  static override styles = [sharedStyles, panelStyles];

  readonly #heard = new LoudnessOf(this);

  constructor() {
    super();
    this.loudness = null;
    this.you = 0;
    this.listening = false;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#heard.follow(this.loudness, this.you);
  }

  override render(): TemplateResult {
    return html`
      ${this.header(strings.settings)}
      <div class="body">
        <sound-settings .level=${this.#heard.now.loudness} ?listening=${this.listening}
          @choose=${(event: CustomEvent<SoundSettings>) =>
            this.dispatchEvent(new CustomEvent('choose', { detail: event.detail }))}
          @test=${() => this.dispatchEvent(new CustomEvent('test'))}></sound-settings>
        <p class="note">${icons.microphone} ${strings.holdToTalk}</p>
      </div>`;
  }
}

customElements.define('settings-panel', SettingsPanel);
