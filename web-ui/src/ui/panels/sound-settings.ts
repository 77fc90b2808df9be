import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { SoundSettings } from '../../client';
import { icons } from '../look/icons';
import { sharedStyles } from '../look/shared-styles';
import { rememberSoundSettings, soundSettings } from '../preferences';
import { strings } from '../strings';
import { type Device, Devices } from './devices';

type Flag = 'echoCancellation' | 'noiseSuppression' | 'gainControl' | 'music' | 'chimes';

/**
 * Which devices, and how they shall sound. Remembers what is chosen and fires `choose` with the
 * SoundSettings, and `test` when somebody wants to hear the loudspeaker.
 */
export class SoundSettingsForm extends LitElement {
  static override properties = {
    level: { type: Number },
    settings: { state: true },
    listening: { type: Boolean },
  };
  /** How loud the microphone is, 0 to 1. */
  declare level: number;
  /** The microphone is open, so that the level means something. */
  declare listening: boolean;
  declare settings: SoundSettings;

  static override styles = [
    sharedStyles,
    css`
    form { display: grid; gap: var(--space-4); }
    .with { display: flex; flex-wrap: wrap; gap: var(--space-2); }
    .with > :first-child { flex: 1 1 10rem; }
    select.input {
      appearance: none; padding-right: 2.25rem; text-overflow: ellipsis; cursor: pointer;
      background-image: linear-gradient(45deg, transparent 50%, currentColor 50%),
        linear-gradient(135deg, currentColor 50%, transparent 50%);
      background-position: right 1.15rem center, right 0.85rem center; background-size: 0.3rem 0.3rem;
      background-repeat: no-repeat;
    }
    meter, .meter { display: block; width: 100%; height: 0.5rem; border-radius: var(--radius-pill); }
    .meter { background: var(--sunken); overflow: hidden; }
    .meter span {
      display: block; height: 100%; border-radius: inherit; background: var(--accent);
      transform-origin: left; transform: scaleX(var(--level)); transition: transform var(--quick) linear;
    }
    :host([dir='rtl']) .meter span { transform-origin: right; }
    fieldset { display: grid; gap: var(--space-1); margin: 0; padding: 0; border: 0; }
    legend {
      padding: 0 0 var(--space-1); font-size: var(--text-s); font-weight: 600; color: var(--ink-soft);
    }
    .flag {
      display: flex; align-items: flex-start; gap: var(--space-3); min-height: 2.25rem;
      padding: var(--space-1) 0;
      cursor: pointer;
    }
    .flag input {
      width: 1.15rem; height: 1.15rem; margin: 0.15rem 0 0; flex: none; accent-color: var(--accent);
    }
    .flag small { display: block; color: var(--ink-soft); font-size: var(--text-s); }
    .flag:has(:disabled) { color: var(--ink-soft); cursor: default; }
  `,
  ];

  readonly #devices = new Devices(this);

  constructor() {
    super();
    this.level = 0;
    this.listening = false;
    this.settings = soundSettings();
  }

  /** To be called when the microphone has just been allowed: now browsers tell what devices are called. */
  look(): void {
    void this.#devices.look();
  }

  override render(): TemplateResult {
    const { microphones, loudspeakers } = this.#devices;
    const { settings } = this;
    return html`
      <form @submit=${(event: Event) => event.preventDefault()}>
        <div class="field">
          <label for="microphone">${strings.microphone}</label>
          ${this.#select('microphone', microphones, settings.microphone)}
          <div class="meter" role="meter" aria-label=${strings.microphoneLevel} aria-valuemin="0"
            aria-valuemax="1" aria-valuenow=${this.listening ? this.level.toFixed(1) : 0}
            .style=${`--level:${this.listening ? this.level : 0}`}><span></span></div>
        </div>
        <div class="field">
          <label for=${loudspeakers.length > 0 ? 'loudspeaker' : nothing}>${strings.loudspeaker}</label>
          <div class="with">
            ${
              loudspeakers.length > 0
                ? this.#select('loudspeaker', loudspeakers, settings.loudspeaker)
                : html`<span class="note">${strings.systemDefault}</span>`
            }
            <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('test'))}>
              ${icons.note} ${strings.testSound}</button>
          </div>
        </div>
        <fieldset>
          <legend>${strings.sound}</legend>
          ${this.#flag('echoCancellation', strings.echoCancellation)}
          ${this.#flag('noiseSuppression', strings.noiseSuppression)}
          ${this.#flag('gainControl', strings.gainControl)}
          ${this.#flag('music', strings.music, strings.musicAbout)}
          ${this.#flag('chimes', strings.chimes)}
        </fieldset>
      </form>`;
  }

  #select(name: 'microphone' | 'loudspeaker', devices: Device[], chosen: string | null): TemplateResult {
    return html`
      <select class="input" id=${name} @change=${(event: Event) => this.#chooseDevice(name, event)}>
        <option value="" ?selected=${chosen === null}>${strings.systemDefault}</option>
        ${devices.map((each) => option(each, chosen))}
      </select>`;
  }

  #flag(flag: Flag, text: string, about?: string): TemplateResult {
    const { settings } = this;
    const overridden =
      settings.music && ['echoCancellation', 'noiseSuppression', 'gainControl'].includes(flag);
    return html`
      <label class="flag">
        <input type="checkbox" name=${flag} .checked=${settings[flag] && !overridden} ?disabled=${overridden}
          @change=${(event: Event) => this.#choose({ [flag]: (event.target as HTMLInputElement).checked })} />
        <span>${text}${about ? html`<small>${about}</small>` : nothing}</span>
      </label>`;
  }

  #chooseDevice(name: 'microphone' | 'loudspeaker', event: Event): void {
    const select = event.target as HTMLSelectElement;
    this.#choose({ [name]: select.value || null });
    // Whoever has chosen by pointer is done with it: the keys are for talking again.
    if (!select.matches(':focus-visible')) select.blur();
  }

  #choose(change: Partial<SoundSettings>): void {
    this.settings = { ...this.settings, ...change };
    rememberSoundSettings(this.settings);
    this.dispatchEvent(new CustomEvent('choose', { detail: this.settings }));
  }
}

function option({ id, name }: Device, chosen: string | null): TemplateResult {
  return html`<option value=${id} ?selected=${id === chosen}>${name}</option>`;
}

customElements.define('sound-settings', SoundSettingsForm);
