import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { SoundSettings } from '../client';
import {
  Lease,
  LevelMeter,
  Microphone,
  type MicrophoneTrouble,
  microphonePermission,
  NoMicrophone,
} from '../client';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import type { SoundSettingsForm } from './panels/sound-settings';
import { soundSettings } from './preferences';
import { displayName } from './routes';
import { nameFault, strings } from './strings';
import './panels/sound-settings';

/** What somebody decided before entering. */
export interface JoinChoice {
  readonly name: string;
  readonly withMicrophone: boolean;
}

/**
 * Asks for a name and lets one check microphone and loudspeaker. Fires `reach` with a name when somebody
 * reaches for the button, `choose` with a JoinChoice, `move` to bring a call of another tab here, `cancel`
 * while entering takes long, `sound` with the SoundSettings and `test`. The microphone it listens to is
 * closed when it goes.
 */
export class JoinCard extends LitElement {
  static override properties = {
    room: {},
    name: {},
    busy: { type: Boolean },
    trouble: {},
    failure: {},
    elsewhere: { type: Boolean },
    named: { type: Boolean },
    permission: { state: true },
    fault: { state: true },
    level: { state: true },
    listening: { state: true },
  };
  declare room: string;
  declare name: string;
  declare busy: boolean;
  declare trouble: MicrophoneTrouble | null;
  /** Why the last try to enter ended, for a person. */
  declare failure: string;
  /** Another tab of this browser is in the room. */
  declare elsewhere: boolean;
  /** The name is given, and stays. */
  declare named: boolean;
  declare permission: PermissionState | 'unknown';
  /** What is wrong with the name. */
  declare fault: string;
  declare level: number;
  declare listening: boolean;

  static override styles = [
    sharedStyles,
    css`
    .card {
      display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-5); width: min(26rem, 100%);
      margin: 0 auto; padding: var(--space-6);
    }
    .about { color: var(--ink-soft); font-size: var(--text-s); }
    h1 { font-size: var(--text-xl); overflow-wrap: anywhere; }
    form { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); }
    form > .button { min-height: 3.25rem; padding-inline: var(--space-3); white-space: normal; }
    details { border-block: 1px solid var(--line); }
    summary {
      display: flex; align-items: center; gap: var(--space-2); min-height: 3rem; cursor: pointer;
      font-weight: 600;
      list-style: none;
    }
    summary::-webkit-details-marker { display: none; }
    summary::after {
      content: ''; width: 0.5rem; height: 0.5rem; margin-left: auto; border: solid var(--ink-soft);
      border-width: 0 2px 2px 0; transform: rotate(45deg); transition: transform var(--quick);
    }
    [open] summary::after { transform: rotate(-135deg); }
    sound-settings { padding-bottom: var(--space-4); }
    @media (max-width: 30rem) { .card { padding: var(--space-5); } }
    /* Where there is more width than height, the way in stands beside what it is about. */
    @media (min-width: 38rem) and (max-height: 36rem) {
      .card { grid-template-columns: 1fr 1fr; gap: var(--space-3) var(--space-5); width: min(48rem, 100%); }
      .card { padding: var(--space-4) var(--space-5); }
      form:last-child { grid-area: 1 / 2 / span 3; align-content: center; }
    }
    @media (min-width: 56rem) and (max-height: 64rem) {
      .card:has([open]) { grid-template-columns: 1fr 1fr; width: min(54rem, 100%); }
      .card:has([open]) form:last-child { grid-area: 1 / 2 / span 3; align-content: center; }
    }
  `,
  ];

  constructor() {
    super();
    this.room = '';
    this.name = '';
    this.busy = false;
    this.trouble = null;
    this.failure = '';
    this.elsewhere = false;
    this.named = false;
    this.permission = 'unknown';
    this.fault = '';
    this.level = 0;
    this.listening = false;
  }

  readonly #microphone = new Lease<Microphone>();
  #meter: LevelMeter | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#askPermission();
  }

  override disconnectedCallback(): void {
    this.#hush();
    super.disconnectedCallback();
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    // Who still has to type a name starts there; who has one starts at the button.
    this.renderRoot.querySelector<HTMLElement>(this.name ? '.primary' : 'input')?.focus();
  }

  // A hint that comes while somebody is at the button changes what the button before them does.
  protected override updated(changed: PropertyValues): void {
    const atButton = this.shadowRoot?.activeElement?.localName === 'button';
    if (changed.has('elsewhere') && atButton) this.focus();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.primary')?.focus();
  }

  override render(): TemplateResult {
    const elsewhere = this.elsewhere && !this.busy;
    return html`
      <section class="card">
        <div>
          <p class="about">${strings.readyTo}</p>
          <h1>${this.room}</h1>
        </div>
        <form id="join" @submit=${this.#join}>
          <div class="field">
            <label for="name">${strings.nameLabel}</label>
            <input class="input" id="name" name="name" maxlength="64" autocomplete="name" .value=${this.name}
              placeholder=${strings.nameHint}
              ?readonly=${this.named} aria-describedby=${this.fault ? 'missing' : nothing} />
            ${this.fault ? html`<p class="note bad" id="missing" role="alert">${this.fault}</p>` : nothing}
          </div>
          ${this.#microphoneNote()}
        </form>
        <details @toggle=${this.#opened}>
          <summary>${icons.sliders} ${strings.checkMicrophone}</summary>
          <sound-settings .level=${this.level} ?listening=${this.listening} @choose=${this.#sound}
            @test=${() => this.dispatchEvent(new CustomEvent('test'))}></sound-settings>
        </details>
        <form @submit=${this.#join}>
          <div role="alert">
            ${this.failure ? html`<p class="note bad">${icons.warning} ${this.failure}</p>` : nothing}
          </div>
          ${elsewhere ? this.#elsewhere() : nothing}
          <button class="button ${elsewhere ? '' : 'primary'}" ?disabled=${this.busy}
            @pointerenter=${this.#reach} @pointerdown=${this.#reach}>
            ${this.busy ? strings.joining : strings.join}</button>
          ${this.busy ? this.#cancelButton() : this.#quietButton()}
        </form>
      </section>`;
  }

  // An edge may take its time; nobody has to wait for it.
  #cancelButton(): TemplateResult {
    return html`<button type="button" class="button"
      @click=${() => this.dispatchEvent(new CustomEvent('cancel'))}>${strings.cancel}</button>`;
  }

  #quietButton(): TemplateResult {
    return html`<button type="button" class="button" @click=${this.#joinWithoutMicrophone}>
      ${icons.microphoneOff} ${strings.withoutMicrophone}</button>`;
  }

  #elsewhere(): TemplateResult {
    return html`<p class="note" role="status">${icons.warning} ${strings.elsewhere}</p>
      <button type="button" class="button primary" @click=${this.#move}>${strings.moveHere}</button>`;
  }

  #microphoneNote(): TemplateResult {
    const trouble = this.trouble ?? (this.permission === 'denied' ? 'denied' : null);
    const text = trouble ? strings.microphoneTroubles[trouble] : strings.permissions[this.permission];
    return html`<p class="note ${trouble ? 'bad' : ''}" role=${trouble ? 'alert' : nothing}>
      ${trouble ? icons.microphoneOff : icons.microphone} ${text}</p>`;
  }

  #opened(event: Event): void {
    if ((event.target as HTMLDetailsElement).open) void this.#listen();
    else this.#hush();
  }

  #sound(event: CustomEvent<SoundSettings>): void {
    this.dispatchEvent(new CustomEvent('sound', { detail: event.detail }));
    if (!this.#microphone.wanted) return;
    this.#hush();
    void this.#listen();
  }

  async #listen(): Promise<void> {
    try {
      const microphone = await this.#microphone.take(() =>
        Microphone.open(soundSettings(), () => this.#hush()),
      );
      if (!microphone || this.#meter) return;
      this.trouble = null;
      this.listening = true;
      this.#meter = new LevelMeter(microphone.stream, (level) => {
        this.level = level;
      });
      this.renderRoot.querySelector<SoundSettingsForm>('sound-settings')?.look();
    } catch (cause) {
      this.trouble = cause instanceof NoMicrophone ? cause.trouble : 'failed';
    }
  }

  #hush(): void {
    this.#meter?.close();
    this.#meter = null;
    this.#microphone.close();
    this.listening = false;
    this.level = 0;
  }

  // Enter in the field does what the first button says.
  #join(event: SubmitEvent): void {
    event.preventDefault();
    if (this.elsewhere && !event.submitter) this.#move();
    else this.#choose(true);
  }

  #move(): void {
    this.dispatchEvent(new CustomEvent('move'));
  }

  #joinWithoutMicrophone(): void {
    this.#choose(false);
  }

  #reach(): void {
    const name = this.#typedName();
    if (name !== '' && !this.busy) this.dispatchEvent(new CustomEvent('reach', { detail: name }));
  }

  #typedName(): string {
    return displayName(this.#typed());
  }

  #typed(): string {
    return this.renderRoot.querySelector<HTMLInputElement>('#name')?.value ?? '';
  }

  #choose(withMicrophone: boolean): void {
    const name = this.#typedName();
    this.fault = name === '' ? nameFault(this.#typed()) : '';
    if (this.fault) return this.renderRoot.querySelector<HTMLElement>('#name')?.focus();
    const detail: JoinChoice = { name, withMicrophone };
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }

  async #askPermission(): Promise<void> {
    const status = await microphonePermission();
    this.permission = status?.state ?? 'unknown';
    status?.addEventListener('change', () => {
      this.permission = status.state;
    });
  }
}

customElements.define('join-card', JoinCard);
