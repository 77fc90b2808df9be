import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Presence, Reaction } from '../client';
import { initials } from './look/avatar';
import { faces } from './look/faces';
import { icons } from './look/icons';
import { participantTileStyles } from './look/participant-tile-styles';
import { sharedStyles } from './look/shared-styles';
import { type Loudness, LoudnessOf } from './loudness';
import { nameMark, nameNotes } from './name-marks';
import { menuButton } from './person-menu';
import { strings } from './strings';

/**
 * One participant on the stage: who it is, whether they speak, are muted, deafened or away, have raised a
 * hand. Fires `menu` with the button that was pressed.
 */
export class ParticipantTile extends LitElement {
  static override properties = {
    presence: { attribute: false },
    own: { type: Boolean },
    unheard: { type: Boolean },
    active: { type: Boolean },
    hand: { type: Number },
    loudness: { attribute: false },
    colour: {},
    volume: { type: Number },
    reaction: { attribute: false },
  };
  declare presence: Presence;
  declare own: boolean;
  /** Nothing goes out at the moment: whatever is said here is heard by nobody. */
  declare unheard: boolean;
  /** An active speaker, in a room where only the loudest are forwarded. */
  declare active: boolean;
  /** The place among raised hands, from 1; 0 without one. */
  declare hand: number;
  /** Where the tile listens to how loud its participant is. */
  declare loudness: Loudness | null;
  declare colour: string;
  /** How loud this one is heard here: 0 to 2, 1 is as they sound. */
  declare volume: number;
  /** What they show at the moment. */
  declare reaction: Reaction | null;

  static override styles = [sharedStyles, participantTileStyles];

  readonly #heard = new LoudnessOf(this);

  constructor() {
    super();
    this.own = false;
    this.unheard = false;
    this.active = false;
    this.hand = 0;
    this.loudness = null;
    this.colour = '';
    this.volume = 1;
    this.reaction = null;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#heard.follow(this.loudness, this.presence.number);
  }

  override render(): TemplateResult {
    const { name, muted, deafened, away } = this.presence;
    const silent = muted || away || this.unheard;
    const speaking = this.#heard.now.voice && !silent;
    const loudness = silent ? 0 : this.#heard.now.loudness;
    const looks = { speaking, muted, deafened, away };
    const classes = Object.entries(looks).flatMap(([look, shown]) => (shown ? [look] : []));
    return html`
      <div class="tile ${classes.join(' ')}" role="group" aria-label=${this.#label()}
        .style=${`--loudness:${loudness};--colour:${this.colour}`}>
        <div class="avatar" aria-hidden="true">
          <span class="ripple"></span><span class="ripple inner"></span>
          <span class="face">${initials(name)}</span>
          ${this.reaction ? html`<span class="reaction">${faces[this.reaction]}</span>` : nothing}
        </div>
        ${this.#hand()}
        <p class="plate">
          ${this.#marks(speaking)}
          <bdi class="name">${name}</bdi>
          ${nameMark('mark', this.presence)}
          ${this.own ? html`<span class="own">${strings.you}</span>` : nothing}
        </p>
        ${menuButton('menu', this.presence, this.own, this.volume, this.#menu)}
      </div>`;
  }

  #hand(): TemplateResult | typeof nothing {
    if (this.hand === 0) return nothing;
    return html`<span class="hand" title=${strings.handRaised}>${icons.hand}
      <span aria-hidden="true">${this.hand}</span></span>`;
  }

  #marks(speaking: boolean): unknown {
    const { muted, deafened, away, listener } = this.presence;
    return [
      away ? html`<span class="mark">${strings.away}</span>` : nothing,
      speaking ? mark('voice', icons.voice, strings.speaking) : nothing,
      listener ? mark('listener', icons.headphones, strings.listener) : nothing,
      muted && !listener ? mark('off', icons.microphoneOff, strings.muted) : nothing,
      deafened ? mark('off', icons.headphonesOff, strings.deafened) : nothing,
      this.volume === 0 ? mark('off', icons.volumeOff, strings.mutedForYou) : nothing,
    ];
  }

  #label(): string {
    const { name, muted, deafened, handRaised, away, listener } = this.presence;
    const said = [
      ...nameNotes(this.presence),
      this.own && strings.you,
      this.active && strings.activeSpeaker,
      away && strings.away,
      listener && strings.listener,
      muted && !listener && strings.muted,
      deafened && strings.deafened,
      handRaised && strings.handRaised,
      this.volume === 0 && strings.mutedForYou,
    ];
    return [name, ...said.filter((text) => text !== false)].join(', ');
  }

  readonly #menu = (button: HTMLElement): void => {
    this.dispatchEvent(new CustomEvent('menu', { detail: button }));
  };
}

function mark(look: string, icon: unknown, text: string): TemplateResult {
  return html`<span class="mark ${look}" title=${text}>${icon}<span class="unseen">${text}</span></span>`;
}

customElements.define('participant-tile', ParticipantTile);
