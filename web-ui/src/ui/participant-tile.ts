import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Presence, Reaction } from '../client';
import { avatarColour, initials } from './look/avatar';
import { faces } from './look/faces';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import { type Loudness, LoudnessOf } from './loudness';
import { displayName } from './routes';
import { nameFault, strings } from './strings';

/**
 * One participant: who it is, whether they speak, mute, deafen, raise a hand. One's own is renamed in place,
 * firing `rename`; how loud another is heard is chosen here, firing `volume` with a number.
 */
export class ParticipantTile extends LitElement {
  static override properties = {
    presence: { attribute: false },
    own: { type: Boolean },
    active: { type: Boolean },
    loudness: { attribute: false },
    volume: { type: Number },
    reaction: { attribute: false },
    editing: { state: true },
    fault: { state: true },
    tuning: { state: true },
  };
  declare presence: Presence;
  declare own: boolean;
  /** An active speaker, in a room where only the loudest are forwarded. */
  declare active: boolean;
  /** Where the tile listens to how loud its participant is. */
  declare loudness: Loudness | null;
  /** How loud this one is heard here: 0 to 2, 1 is as they sound. */
  declare volume: number;
  /** What they show at the moment. */
  declare reaction: Reaction | null;
  declare editing: boolean;
  /** What is wrong with the name that was typed. */
  declare fault: string;
  declare tuning: boolean;

  static override styles = [
    sharedStyles,
    css`
    :host { height: 100%; }
    .tile {
      position: relative; display: grid; justify-items: center; align-content: center;
      gap: var(--space-3); height: 100%;
      min-height: 13rem; padding: var(--space-5) var(--space-4); border: 1px solid var(--line);
      border-radius: var(--radius-l); background: var(--surface); text-align: center;
      transition: border-color var(--calm), box-shadow var(--calm);
    }
    :host([active]) .tile { border-color: var(--glow); }
    .tile.speaking { border-color: var(--glow); box-shadow: 0 0 0 1px var(--glow); }
    .avatar { position: relative; display: grid; place-items: center; width: 5rem; height: 5rem; }
    .avatar > * { grid-area: 1 / 1; }
    .ripple {
      width: 100%; height: 100%; border-radius: 50%; background: var(--glow);
      opacity: calc(var(--loudness) * 0.35); transform: scale(calc(1 + var(--loudness) * 0.38));
      transition: transform var(--quick) linear, opacity var(--quick) linear;
    }
    .ripple.inner {
      opacity: calc(var(--loudness) * 0.5); transform: scale(calc(1 + var(--loudness) * 0.18));
    }
    .face {
      display: grid; place-items: center; width: 100%; height: 100%; border-radius: 50%; z-index: 1;
      background: var(--colour); color: var(--on-avatar); font: 600 1.75rem/1 var(--font-display);
    }
    .deafened .face { filter: saturate(0.35); opacity: 0.8; }
    .away .avatar { opacity: 0.45; filter: saturate(0.2); }
    .away .name { color: var(--ink-soft); }
    .name { font-weight: 600; overflow-wrap: anywhere; line-height: 1.3; }
    .own { color: var(--ink-soft); font-weight: 400; }
    .marks {
      display: flex; flex-wrap: wrap; gap: var(--space-2); justify-content: center; align-items: center;
      min-height: 1.75rem;
    }
    .mark {
      display: inline-flex; align-items: center; gap: var(--space-1); padding: 0.15rem 0.6rem 0.15rem 0.4rem;
      border-radius: var(--radius-pill); background: var(--sunken); color: var(--ink-soft);
      font-size: var(--text-s);
    }
    .mark svg { width: 1rem; height: 1rem; }
    .mark.voice { background: none; color: var(--glow-text); font-weight: 600; padding: 0; }
    .small {
      display: inline-flex; align-items: center; gap: var(--space-1); min-height: 1.75rem;
      padding: 0 0.6rem 0 0.45rem;
      border: 1px solid var(--line); border-radius: var(--radius-pill); background: none; cursor: pointer;
      font-size: var(--text-s); color: var(--ink-soft);
    }
    .rename {
      position: absolute; top: var(--space-2); right: var(--space-2); display: grid; place-items: center;
      width: 2.5rem; height: 2.5rem; border: 0; border-radius: 50%;
      background: none; color: var(--ink-soft); cursor: pointer;
    }
    .rename:hover { background: var(--sunken); color: var(--ink); }
    .rename svg { width: 1.1rem; height: 1.1rem; }
    .tune {
      position: absolute; top: 3rem; right: var(--space-2); z-index: 2; display: grid; gap: var(--space-2);
      width: 12rem; max-width: calc(100% - var(--space-4)); padding: var(--space-3);
      border: 1px solid var(--line);
      border-radius: var(--radius-m); background: var(--surface); box-shadow: var(--shadow);
      text-align: start;
      font-size: var(--text-s);
    }
    .tune input[type='range'] { width: 100%; accent-color: var(--accent); }
    .tune label { display: flex; gap: var(--space-2); align-items: center; }
    .hand, .reaction { position: absolute; z-index: 2; line-height: 1; }
    .hand {
      top: var(--space-2); left: var(--space-2); display: grid; place-items: center; width: 2.5rem;
      height: 2.5rem;
      border-radius: 50%; background: var(--warn-soft); color: var(--glow-text);
    }
    .reaction { right: -0.4rem; bottom: -0.3rem; font-size: 1.9rem; animation: pop var(--calm) var(--ease); }
    @keyframes pop { from { transform: scale(0); } 70% { transform: scale(1.2); } }
    @media (prefers-reduced-motion: reduce) { .reaction { animation: none; } }
    .small:hover { color: var(--ink); border-color: var(--ink-soft); }
    .small svg { width: 1rem; height: 1rem; }
    form { display: grid; gap: var(--space-2); width: 100%; max-width: 15rem; }
    form div { display: flex; gap: var(--space-2); justify-content: center; }
    form .input { text-align: center; }
    form .small { padding: 0 var(--space-3); min-height: 2.25rem; }
    @media (max-width: 30rem) {
      .tile { min-height: 10.5rem; padding: var(--space-4) var(--space-2); }
      .avatar { width: 4rem; height: 4rem; }
      .face { font-size: 1.4rem; }
    }
  `,
  ];

  readonly #heard = new LoudnessOf(this);

  constructor() {
    super();
    this.own = false;
    this.active = false;
    this.loudness = null;
    this.editing = false;
    this.fault = '';
    this.volume = 1;
    this.reaction = null;
    this.tuning = false;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#heard.follow(this.loudness, this.presence.number);
  }

  override render(): TemplateResult {
    const { name, user, muted, deafened, handRaised, away } = this.presence;
    const silent = muted || away;
    const hushed = this.volume === 0;
    const you = this.own ? html` <span class="own">${strings.you}</span>` : nothing;
    const speaking = this.#heard.now.voice && !silent;
    const loudness = silent ? 0 : this.#heard.now.loudness;
    return html`
      <div class="tile ${speaking ? 'speaking' : ''} ${deafened ? 'deafened' : ''} ${away ? 'away' : ''}"
        role="group" aria-label=${this.#label()}
        .style=${`--loudness:${loudness};--colour:${avatarColour(user)}`}>
        <div class="avatar" aria-hidden="true">
          <span class="ripple"></span><span class="ripple inner"></span>
          <span class="face">${initials(name)}</span>
          ${this.reaction ? html`<span class="reaction">${faces[this.reaction]}</span>` : nothing}
        </div>
        ${handRaised ? html`<span class="hand" title=${strings.handRaised}>${icons.hand}</span>` : nothing}
        ${
          this.editing
            ? this.#form()
            : html`
          <span class="name"><bdi>${name}</bdi>${you}</span>`
        }
        <div class="marks">
          ${speaking ? html`<span class="mark voice">${strings.speaking}</span>` : nothing}
          ${away ? html`<span class="mark">${strings.away}</span>` : nothing}
          ${muted ? html`<span class="mark">${icons.microphoneOff} ${strings.muted}</span>` : nothing}
          ${deafened ? html`<span class="mark">${icons.headphonesOff} ${strings.deafened}</span>` : nothing}
          ${hushed ? html`<span class="mark">${icons.volumeOff} ${strings.mutedForYou}</span>` : nothing}
        </div>
        ${this.own ? nothing : this.#tune(name)}
        ${
          this.own && !this.editing
            ? html`
          <button class="rename" aria-label=${strings.rename} title=${strings.rename} @click=${this.#edit}>
            ${icons.pencil}</button>`
            : nothing
        }
      </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('editing')) return;
    if (this.editing) this.renderRoot.querySelector('input')?.select();
    else if (changed.get('editing')) this.renderRoot.querySelector('button')?.focus();
  }

  #label(): string {
    const { name, muted, deafened, handRaised, away } = this.presence;
    const said = [
      this.own && strings.you,
      this.active && strings.activeSpeaker,
      away && strings.away,
      muted && strings.muted,
      deafened && strings.deafened,
      handRaised && strings.handRaised,
      this.volume === 0 && strings.mutedForYou,
    ];
    return [name, ...said.filter((text) => text !== false)].join(', ');
  }

  #tune(name: string): TemplateResult {
    const percent = Math.round(this.volume * 100);
    return html`
      <button class="rename" aria-label=${strings.volumeOf(name)} title=${strings.volume}
        aria-expanded=${this.tuning} @click=${() => {
          this.tuning = !this.tuning;
        }}>${this.volume === 0 ? icons.volumeOff : icons.volume}</button>
      ${
        this.tuning
          ? html`
        <div class="tune" @keydown=${this.#tuneKey}>
          <label for="volume">${strings.volume} <output>${percent} %</output></label>
          <input id="volume" type="range" min="0" max="200" step="5" .value=${String(percent)}
            @input=${(event: Event) => this.#setVolume(Number(field(event).value) / 100)} />
          <label><input type="checkbox" .checked=${this.volume === 0}
            @change=${(event: Event) => this.#setVolume(field(event).checked ? 0 : 1)} />
            ${strings.muteForMe}</label>
        </div>`
          : nothing
      }`;
  }

  #tuneKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.tuning = false;
  }

  #setVolume(volume: number): void {
    this.dispatchEvent(new CustomEvent('volume', { detail: volume }));
  }

  #form(): TemplateResult {
    return html`
      <form @submit=${this.#save} @keydown=${this.#key}>
        <input class="input" name="name" maxlength="64" aria-label=${strings.nameLabel}
          .value=${this.presence.name} />
        ${this.fault ? html`<p class="note bad" role="alert">${this.fault}</p>` : nothing}
        <div>
          <button class="small">${strings.saveName}</button>
          <button class="small" type="button" @click=${this.#stop}>${strings.cancel}</button>
        </div>
      </form>`;
  }

  #edit(): void {
    this.editing = true;
    this.fault = '';
  }

  #stop(): void {
    this.editing = false;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.editing = false;
  }

  #save(event: SubmitEvent): void {
    event.preventDefault();
    const typed = String(new FormData(event.target as HTMLFormElement).get('name') ?? '');
    const name = displayName(typed);
    this.fault = name === '' ? nameFault(typed) : '';
    this.editing = name === '';
    if (name && name !== this.presence.name) this.dispatchEvent(new CustomEvent('rename', { detail: name }));
  }
}

function field(event: Event): HTMLInputElement {
  return event.target as HTMLInputElement;
}

customElements.define('participant-tile', ParticipantTile);
