import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Presence } from '../../client';
import { initials } from '../look/avatar';
import { icons } from '../look/icons';
import { panelStyles, sharedStyles } from '../look/shared-styles';
import { nameMark } from '../name-marks';
import { menuButton } from '../person-menu';
import type { RoomView } from '../room-view';
import { language, strings } from '../strings';
import { PanelElement } from './panel';

const byName = new Intl.Collator(language, { sensitivity: 'base', numeric: true });

/**
 * Everybody who is in the room: raised hands in their order, then all by name, to be searched. Fires `person`
 * with a MenuWish and `close`.
 */
export class PeoplePanel extends PanelElement {
  static override properties = {
    view: { attribute: false },
    volumeOf: { attribute: false },
    colourOf: { attribute: false },
    sought: { state: true },
  };
  declare view: RoomView;
  /** How loud somebody is heard here, by participant number. */
  declare volumeOf: (number: number) => number;
  declare colourOf: (number: number) => string;
  declare sought: string;

  static override styles = [
    sharedStyles,
    panelStyles,
    css`
    .list { display: grid; grid-template-rows: auto minmax(0, 1fr); min-height: 0; }
    .search { padding: var(--space-3) var(--space-4) 0; }
    .body { gap: var(--space-3); padding-block: var(--space-3); }
    h3 { margin: 0; font-size: var(--text-s); color: var(--ink-soft); }
    /* A thousand rows are laid out only where they are seen. */
    li {
      display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; align-items: center;
      gap: var(--space-3);
      min-height: 2.75rem; content-visibility: auto; contain-intrinsic-height: 2.75rem;
    }
    .face {
      display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%;
      color: var(--on-avatar); font: 600 0.75rem/1 var(--font-display);
    }
    .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .away { opacity: 0.6; }
    .own { color: var(--ink-soft); }
    .marks { display: flex; align-items: center; gap: var(--space-2); color: var(--ink-soft); }
    .marks svg { width: 1.1rem; height: 1.1rem; }
    .off { color: var(--danger); }
    .alike { color: var(--glow-text); }
    .verified { color: var(--accent); }
  `,
  ];

  constructor() {
    super();
    this.volumeOf = () => 1;
    this.colourOf = () => '';
    this.sought = '';
  }

  override render(): TemplateResult {
    const { present, hands } = this.view;
    const found = present.filter(({ name }) => matches(name, this.sought));
    const raised = hands.flatMap((number) => found.find((each) => each.number === number) ?? []);
    return html`
      ${this.header(strings.peopleHere(present.length))}
      <div class="list">
        ${present.length > 7 || this.sought !== '' ? this.#search() : nothing}
        <div class="body" tabindex="0" role="region" aria-label=${strings.everybody}>
          ${raised.length > 0 ? this.#section(strings.handsRaised, raised) : nothing}
          ${this.#section(
            strings.everybody,
            found.toSorted((one, other) => this.#order(one, other)),
          )}
          ${found.length === 0 ? html`<p class="note">${strings.nobodyFound}</p>` : nothing}
        </div>
      </div>`;
  }

  #search(): TemplateResult {
    return html`<div class="search"><input class="input" type="search" aria-label=${strings.findPeople}
      placeholder=${strings.findPeople} .value=${this.sought} @input=${(event: Event) => {
        this.sought = (event.target as HTMLInputElement).value;
      }} /></div>`;
  }

  #section(title: string, shown: readonly Presence[]): TemplateResult {
    return html`<h3>${title}</h3><ul aria-label=${title}>${repeat(
      shown,
      ({ number }) => number,
      (presence) => this.#row(presence),
    )}</ul>`;
  }

  #row(presence: Presence): TemplateResult {
    const { number, name, muted, away, listener } = presence;
    const own = number === this.view.you;
    const hand = this.view.hands.indexOf(number) + 1;
    return html`<li class=${away ? 'away' : ''}>
      <span class="face" aria-hidden="true"
        .style=${`background:${this.colourOf(number)}`}>${initials(name)}</span>
      <span class="name"><bdi>${name}</bdi>
        ${own ? html`<span class="own">${strings.you}</span>` : nothing}</span>
      <span class="marks">
        ${nameMark('', presence)}
        ${hand > 0 ? html`<span title=${strings.handRaised}>${icons.hand}</span>` : nothing}
        ${listener ? html`<span title=${strings.listener}>${icons.headphones}</span>` : nothing}
        ${muted && !listener ? off(icons.microphoneOff, strings.muted) : nothing}
        ${menuButton('round', presence, own, this.volumeOf(number), (button) => this.#person(number, button))}
      </span>
    </li>`;
  }

  // Oneself first, as on the stage.
  #order(one: Presence, other: Presence): number {
    const { you } = this.view;
    return Number(other.number === you) - Number(one.number === you) || byName.compare(one.name, other.name);
  }

  #person(number: number, button: HTMLElement): void {
    this.dispatchEvent(new CustomEvent('person', { detail: { number, button } }));
  }
}

function off(icon: unknown, text: string): TemplateResult {
  return html`<span class="off" title=${text}>${icon}</span>`;
}

function matches(name: string, sought: string): boolean {
  return plain(name).includes(plain(sought));
}

// Whoever looks for "Zoe" finds "Zoë".
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

customElements.define('people-panel', PeoplePanel);
