// Parts of the page of a room that only show: what is given goes in, markup comes out.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../client';
import type { Access } from './access';
import { loginButton } from './account';
import { icons } from './look/icons';
import { type Banner, bannersOf, type RoomView, screenOf } from './room-view';
import { failureText, noticeText, stateText, strings } from './strings';

/**
 * One live region for the whole page: the state of the connection and of one's own sound, and who comes and
 * goes. Only what changes is read out.
 */
export function status(view: RoomView): TemplateResult {
  const { state, notices } = view;
  const shown = state !== null && state.phase !== 'ended' ? stateText(state) : null;
  return html`<div class="status" role="status" aria-atomic="false">
      ${shown === null ? nothing : html`<p class="connection">${shown}</p>`}
      ${screenOf(view) === 'room' ? html`<p class="unseen">${ownSound(view)}</p>` : nothing}
      <ul class="notices">
        ${repeat(
          notices,
          ({ id }) => id,
          ({ told }) => html`<li>${noticeText(told)}</li>`,
        )}
      </ul>
    </div>`;
}

function ownSound({ muted, deafened }: RoomView): TemplateResult {
  return html`<span>${strings.microphoneIs(!muted)}</span> <span>${strings.soundIs(!deafened)}</span>`;
}

export function banners(view: RoomView, resumeSound: () => void): unknown {
  return repeat(
    bannersOf(view),
    ({ kind }) => kind,
    (shown) => banner(shown, resumeSound),
  );
}

function banner(shown: Banner, resumeSound: () => void): TemplateResult {
  switch (shown.kind) {
    case 'lost':
      return html`<p class="note bad" role="alert">${icons.warning} ${strings.lost}</p>`;
    case 'not-whole':
      return html`<p class="note bad" role="alert">${icons.warning} ${strings.notWhole}</p>`;
    case 'trouble': {
      const text = strings.microphoneTroubles[shown.trouble];
      return html`<p class="note bad" role="alert">${icons.microphoneOff} ${text}</p>`;
    }
    case 'sound-paused':
      return html`<p class="note sound">${icons.headphonesOff}
        ${strings.soundPaused}
        <button class="button" @click=${resumeSound}>${strings.resumeSound}</button>
        </p>`;
  }
}

/** Nobody enters without an invitation, and this person has none. */
export function uninvitedCard(room: string, { login }: Access, notLoggedIn: string): TemplateResult {
  return html`<section class="card ended" aria-labelledby="room">
      <h1 id="room">${room}</h1>
      <p>${login ? strings.invitationOrLogin : strings.refusals['unauthorized']}</p>
      <div role="alert">
        ${notLoggedIn ? html`<p class="note bad">${icons.warning} ${notLoggedIn}</p>` : nothing}
      </div>
      <div>
        ${login ? loginButton() : nothing}
        <a class="button" href=${base}>${strings.startPage}</a>
      </div>
    </section>`;
}

/** How to be in the room again. */
export interface WayBack {
  readonly text: string;
  readonly go: () => void;
}

export function endedCard(room: string, { state, unsaid }: RoomView, back: WayBack): TemplateResult {
  return html`<section class="card ended" tabindex="-1" aria-labelledby="room ending">
      <h1 id="room">${room}</h1>
      <p id="ending">${state?.phase === 'ended' ? failureText(state.failure) : nothing}</p>
      ${unsaid.length > 0 ? kept(unsaid.length) : nothing}
      <div>
        <button class="button primary" @click=${back.go}>${back.text}</button>
        <a class="button" href=${base}>${strings.startPage}</a>
      </div>
    </section>`;
}

function kept(unsaid: number): TemplateResult {
  return html`<p class="note">${icons.chat} ${strings.unsaidKept(unsaid)}</p>`;
}
