import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Presence } from '../../client';
import { icons } from '../look/icons';
import { sharedStyles } from '../look/shared-styles';
import type { RoomController } from '../room-controller';
import { inTheRoom, type RoomView } from '../room-view';
import { strings } from '../strings';
import { type Arrangement, arrange, type Box, capacityOf, GAP } from './arrangement';
import '../participant-tile';

/** What a person wants to do with another, or with oneself: the menu opens at the button. */
export interface MenuWish {
  readonly number: number;
  readonly button: HTMLElement;
}

/** The pager below the tiles, with the gap above it. */
const PAGER_HEIGHT = 56;

/**
 * The people of a room as tiles that fill the stage; in pages where they do not fit. Fires `person` with a
 * MenuWish.
 */
export class PeopleStage extends LitElement {
  static override properties = {
    view: { attribute: false },
    controller: { attribute: false },
    box: { state: true },
    page: { state: true },
  };
  declare view: RoomView;
  declare controller: RoomController;
  /** The room that there is for tiles and pager. */
  declare box: Box;
  declare page: number;

  static override styles = [
    sharedStyles,
    css`
    :host {
      display: flex; flex-direction: column; justify-content: center; gap: ${GAP}px; min-height: 0;
    }
    .tiles {
      display: flex; flex-wrap: wrap; justify-content: center; gap: ${GAP}px; width: 100%; margin: auto;
    }
    .tiles li { width: var(--width); height: var(--height); }
    .pager { display: flex; align-items: center; justify-content: center; gap: var(--space-3); height: 44px; }
    .pager button {
      display: grid; place-items: center; width: 2.75rem; height: 2.75rem; border: 1px solid var(--line);
      border-radius: 50%; background: var(--surface); cursor: pointer;
    }
    .pager button[aria-disabled='true'] { opacity: 0.4; cursor: default; }
    .pager span { min-width: 4rem; text-align: center; font-variant-numeric: tabular-nums; }
    .back svg { transform: scaleX(-1); }
  `,
  ];

  readonly #measure = new ResizeObserver(([entry]) => {
    if (entry) this.box = { width: entry.contentRect.width, height: entry.contentRect.height };
  });

  constructor() {
    super();
    this.box = { width: 0, height: 0 };
    this.page = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#measure.observe(this);
  }

  override disconnectedCallback(): void {
    this.#measure.disconnect();
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const { present, you, hands } = this.view;
    const whole = capacityOf(this.box);
    const fits = present.length <= whole;
    const room = fits ? this.box : { ...this.box, height: this.box.height - PAGER_HEIGHT };
    const capacity = fits ? whole : capacityOf(room);
    const pages = this.controller.spotlight.pages(present, you, hands, capacity);
    const page = Math.min(this.page, pages.length - 1);
    // All pages have tiles of one size, so that turning them moves nothing.
    const arrangement = arrange(pages[0]?.length ?? 1, room);
    return html`${this.#tiles(pages[page] ?? [], arrangement)}
      ${fits ? nothing : this.#pager(page, pages.length)}`;
  }

  #tiles(shown: readonly Presence[], { columns, tile }: Arrangement): TemplateResult {
    const width = columns * tile.width + (columns - 1) * GAP;
    return html`<ul class="tiles" aria-label=${strings.participants}
      .style=${`max-width:${width + 1}px;--width:${tile.width}px;--height:${tile.height}px`}>
      ${repeat(
        shown,
        ({ number }) => number,
        (presence) => this.#tile(presence),
      )}</ul>`;
  }

  #tile(presence: Presence): TemplateResult {
    const { view, controller } = this;
    const { number } = presence;
    return html`<li><participant-tile .presence=${presence} ?own=${number === view.you}
      .loudness=${controller.loudness} .colour=${controller.colours.of(number)}
      ?unheard=${!inTheRoom(view)} ?active=${view.speakers.includes(number)}
      .hand=${view.hands.indexOf(number) + 1} .volume=${controller.volumeOf(number)}
      .reaction=${view.reactions.get(number)?.reaction ?? null}
      @menu=${(event: CustomEvent<HTMLElement>) => this.#person(number, event.detail)}>
      </participant-tile></li>`;
  }

  #pager(page: number, count: number): TemplateResult {
    const turn = (to: number) => () => {
      this.page = Math.min(Math.max(0, to), count - 1);
    };
    return html`<nav class="pager" aria-label=${strings.pages}>
      <button class="back" aria-label=${strings.previousPage} title=${strings.previousPage}
        aria-disabled=${page === 0} @click=${turn(page - 1)}>${icons.arrow}</button>
      <span aria-live="polite">${page + 1} / ${count}</span>
      <button aria-label=${strings.nextPage} title=${strings.nextPage}
        aria-disabled=${page === count - 1} @click=${turn(page + 1)}>${icons.arrow}</button>
    </nav>`;
  }

  #person(number: number, button: HTMLElement): void {
    const detail: MenuWish = { number, button };
    this.dispatchEvent(new CustomEvent('person', { detail }));
  }
}

customElements.define('people-stage', PeopleStage);
