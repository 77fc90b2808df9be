import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Presence } from '../client';
import { focused } from './keys';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import { nameNotes } from './name-marks';
import { displayName } from './routes';
import { nameFault, strings } from './strings';

/** Between the button and the menu, and between the menu and the edge of the window. */
const MARGIN = 8;

/**
 * What can be done about one participant, opened by a button of theirs: how loud they are heard, firing
 * `volume` with a number; one's own name, firing `rename`. The browser closes it on Escape and on a click
 * elsewhere.
 */
export class PersonMenu extends LitElement {
  static override properties = {
    presence: { attribute: false },
    own: { type: Boolean },
    volume: { type: Number },
    fault: { state: true },
  };
  /** Null while there is nobody to show. */
  declare presence: Presence | null;
  declare own: boolean;
  /** 0 to 2, 1 is as they sound. */
  declare volume: number;
  /** What is wrong with the name that was typed. */
  declare fault: string;

  static override styles = [
    sharedStyles,
    css`
    :host {
      position: fixed; inset: auto; margin: 0; padding: var(--space-4); width: min(17rem, calc(100vw - 1rem));
      border: 1px solid var(--line); border-radius: var(--radius-m);
      background: var(--surface); color: var(--ink); box-shadow: var(--shadow);
    }
    :host(:not(:popover-open)) { display: none; }
    h2 {
      margin-bottom: var(--space-3); font: 600 var(--text-m)/1.3 var(--font); overflow: hidden;
      text-overflow: ellipsis; white-space: nowrap;
    }
    h2 + .note { margin: calc(-1 * var(--space-2)) 0 var(--space-3); }
    .fields, form { display: grid; gap: var(--space-3); }
    .fields label { display: flex; gap: var(--space-2); align-items: center; min-height: 1.75rem; }
    .fields output { margin-left: auto; font-variant-numeric: tabular-nums; color: var(--ink-soft); }
    input[type='range'] { width: 100%; height: 1.75rem; margin: 0; accent-color: var(--accent); }
    input[type='checkbox'] { width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
  `,
  ];

  #button: HTMLElement | null = null;

  constructor() {
    super();
    this.presence = null;
    this.own = false;
    this.volume = 1;
    this.fault = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'auto';
    this.setAttribute('role', 'dialog');
    this.addEventListener('toggle', this.#toggled);
    addEventListener('resize', this.#place);
  }

  override disconnectedCallback(): void {
    this.removeEventListener('toggle', this.#toggled);
    removeEventListener('resize', this.#place);
    super.disconnectedCallback();
  }

  /** Opens at a button, below it or above, wherever there is room. */
  async open(button: HTMLElement): Promise<void> {
    this.#button = button;
    this.fault = '';
    await this.updateComplete;
    this.showPopover();
    this.#place();
    this.renderRoot.querySelector('input')?.focus();
    if (this.own) this.renderRoot.querySelector('input')?.select();
  }

  protected override updated(): void {
    this.ariaLabel = this.presence?.name ?? null;
  }

  override render(): TemplateResult | typeof nothing {
    const { presence } = this;
    if (!presence) return nothing;
    return html`<h2><bdi>${presence.name}</bdi></h2>
      ${nameNotes(presence).map((note) => html`<p class="note">${note}</p>`)}
      ${this.own ? this.#form(presence) : this.#hearing()}`;
  }

  #hearing(): TemplateResult {
    const percent = Math.round(this.volume * 100);
    return html`<div class="fields">
      <label for="volume">${strings.volume} <output>${percent} %</output></label>
      <input id="volume" type="range" min="0" max="200" step="5" .value=${String(percent)}
        @input=${(event: Event) => this.#setVolume(Number(field(event).value) / 100)} />
      <label><input type="checkbox" .checked=${this.volume === 0}
        @change=${(event: Event) => this.#setVolume(field(event).checked ? 0 : 1)} />
        ${strings.muteForMe}</label>
    </div>`;
  }

  #form({ name }: Presence): TemplateResult {
    return html`<form @submit=${this.#save}>
      <input class="input" name="name" maxlength="64" aria-label=${strings.nameLabel} .value=${name} />
      ${this.fault ? html`<p class="note bad" role="alert">${this.fault}</p>` : nothing}
      <button class="button primary">${strings.saveName}</button>
    </form>`;
  }

  // Whoever closes it goes on where it was opened, unless a click has put the focus elsewhere.
  readonly #toggled = (event: Event): void => {
    const at = focused();
    const left = at === null || at === document.body || this.renderRoot.contains(at);
    if ((event as ToggleEvent).newState === 'closed' && left) this.#button?.focus();
  };

  readonly #place = (): void => {
    if (!this.#button || !this.matches(':popover-open')) return;
    const { right, top, bottom } = this.#button.getBoundingClientRect();
    const { width, height } = this.getBoundingClientRect();
    const x = Math.min(right - width, innerWidth - width - MARGIN);
    const fits = bottom + height + 2 * MARGIN <= innerHeight;
    const y = fits ? bottom + MARGIN : top - MARGIN - height;
    this.style.left = `${Math.max(MARGIN, x)}px`;
    this.style.top = `${Math.max(MARGIN, y)}px`;
  };

  #setVolume(volume: number): void {
    this.dispatchEvent(new CustomEvent('volume', { detail: volume }));
  }

  #save(event: SubmitEvent): void {
    event.preventDefault();
    const typed = String(new FormData(event.target as HTMLFormElement).get('name') ?? '');
    const name = displayName(typed);
    this.fault = name === '' ? nameFault(typed) : '';
    if (this.fault) return;
    this.hidePopover();
    if (name !== this.presence?.name) this.dispatchEvent(new CustomEvent('rename', { detail: name }));
  }
}

function field(event: Event): HTMLInputElement {
  return event.target as HTMLInputElement;
}

/** What opens the menu of somebody; says and shows what waits in there. */
export function menuButton(
  look: string,
  { name }: Presence,
  own: boolean,
  volume: number,
  open: (button: HTMLElement) => void,
): TemplateResult {
  const label = own ? strings.rename : strings.volumeOf(name);
  return html`<button class=${look} aria-label=${label} title=${label} aria-haspopup="dialog"
    @click=${(event: Event) => open(event.currentTarget as HTMLElement)}>
    ${own ? icons.pencil : volume === 0 ? icons.volumeOff : icons.volume}</button>`;
}

customElements.define('person-menu', PersonMenu);
