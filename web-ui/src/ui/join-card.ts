import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { MicrophoneTrouble } from '../media/microphone';
import { displayName } from '../routes';
import { microphoneTexts, permissionTexts, strings } from '../strings';
import { icons } from './icons';
import { sharedStyles } from './shared-styles';

/** What somebody decided before entering. */
export interface JoinChoice {
  readonly name: string;
  readonly withMicrophone: boolean;
}

/** Asks for a name and says how it stands with the microphone. Fires `choose` with a JoinChoice. */
export class JoinCard extends LitElement {
  static override properties = {
    room: {}, name: {}, busy: { type: Boolean }, trouble: {}, failure: {},
    permission: { state: true }, incomplete: { state: true },
  };
  declare room: string;
  declare name: string;
  declare busy: boolean;
  declare trouble: MicrophoneTrouble | null;
  /** Why the last try to enter ended, for a person. */
  declare failure: string;
  declare permission: PermissionState | 'unknown';
  declare incomplete: boolean;

  static override styles = [sharedStyles, css`
    .card { display: grid; gap: var(--space-5); width: min(26rem, 100%); margin: 0 auto; padding: var(--space-6); }
    .about { color: var(--ink-soft); font-size: var(--text-s); }
    h1 { font-size: var(--text-xl); overflow-wrap: anywhere; }
    form { display: grid; gap: var(--space-4); }
    .button { min-height: 3.25rem; }
    @media (max-width: 30rem) { .card { padding: var(--space-5); } }
  `];

  constructor() {
    super();
    this.room = '';
    this.name = '';
    this.busy = false;
    this.trouble = null;
    this.failure = '';
    this.permission = 'unknown';
    this.incomplete = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#askPermission();
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    // Who still has to type a name starts there; who has one starts at the button.
    this.renderRoot.querySelector<HTMLElement>(this.name ? 'button' : 'input')?.focus();
  }

  override render(): TemplateResult {
    return html`
      <section class="card">
        <div>
          <p class="about">${strings.readyTo}</p>
          <h1>${this.room}</h1>
        </div>
        <form @submit=${this.#join}>
          <div class="field">
            <label for="name">${strings.nameLabel}</label>
            <input class="input" id="name" name="name" maxlength="64" autocomplete="name" .value=${this.name}
              placeholder=${strings.nameHint} aria-describedby=${this.incomplete ? 'missing' : nothing} />
            ${this.incomplete ? html`<p class="note bad" id="missing">${strings.nameMissing}</p>` : nothing}
          </div>
          ${this.#microphoneNote()}
          <div role="alert">
            ${this.failure ? html`<p class="note bad">${icons.warning} ${this.failure}</p>` : nothing}
          </div>
          <button class="button primary" ?disabled=${this.busy}>${this.busy ? strings.joining : strings.join}</button>
          ${this.trouble ? html`
            <button type="button" class="button" ?disabled=${this.busy} @click=${this.#listenOnly}>
              ${icons.headphones} ${strings.listenOnly}
            </button>` : nothing}
        </form>
      </section>`;
  }

  #microphoneNote(): TemplateResult {
    const trouble = this.trouble ?? (this.permission === 'denied' ? 'denied' : null);
    const text = trouble ? microphoneTexts[trouble] : permissionTexts[this.permission];
    return html`<p class="note ${trouble ? 'bad' : ''}" role=${trouble ? 'alert' : nothing}>
      ${trouble ? icons.microphoneOff : icons.microphone} ${text}</p>`;
  }

  #join(event: Event): void {
    event.preventDefault();
    this.#choose(true);
  }

  #listenOnly(): void {
    this.#choose(false);
  }

  #choose(withMicrophone: boolean): void {
    const typed = this.renderRoot.querySelector<HTMLInputElement>('#name')?.value ?? '';
    const name = displayName(typed);
    this.incomplete = name === '';
    if (this.incomplete) return;
    const detail: JoinChoice = { name, withMicrophone };
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }

  async #askPermission(): Promise<void> {
    try {
      const status = await navigator.permissions.query({ name: 'microphone' });
      this.permission = status.state;
      status.onchange = () => {
        this.permission = status.state;
      };
    } catch {
      // Not every browser tells before it is asked for the microphone itself.
      this.permission = 'unknown';
    }
  }
}

customElements.define('join-card', JoinCard);
