import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { createRoom, EdgeError, findPage } from '../client';
import { type Access, findAccess, OPEN, takeLoginOutcome } from './access';
import { accountLine, accountStyles, loginButton } from './account';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import { forgetRooms, type RecentRoom, recentRooms } from './preferences';
import { displayName, roomOf, roomPath } from './routes';
import { edgeText, strings } from './strings';

function pathTo({ room, token }: RecentRoom): string {
  return roomPath(room) + (token === null ? '' : `#t=${token}`);
}

/** Where one makes a room, or finds the way to one. */
export class StartPage extends LitElement {
  static override properties = {
    access: { state: true },
    busy: { state: true },
    error: { state: true },
    noRoom: { state: true },
  };
  declare access: Access;
  declare busy: boolean;
  declare error: string;
  /** What was typed leads to no room. */
  declare noRoom: boolean;

  static override styles = [
    sharedStyles,
    accountStyles,
    css`
    main {
      position: relative; display: grid; gap: var(--space-6); align-content: start; min-height: 100dvh;
      padding: var(--space-5) max(var(--space-5), 50vw - 32rem) var(--space-7);
    }
    main > * { position: relative; }
    main::before { left: max(50vw - 32rem, 0rem); top: 26rem; transform: translate(-50%, -50%); }
    .split { display: grid; gap: var(--space-6); align-items: center; padding-top: clamp(0rem, 8vh, 6rem); }
    .lead { display: grid; gap: var(--space-5); justify-items: start; }
    h1 { font-size: var(--text-xxl); letter-spacing: -0.02em; }
    .pitch { max-width: 30ch; font-size: var(--text-l); color: var(--ink-soft); }
    .make { display: grid; gap: var(--space-4); width: min(24rem, 100%); }
    .make .button {
      justify-self: start; min-height: 3.5rem; padding: 0 var(--space-6); font-size: var(--text-l);
    }
    .card { display: grid; gap: var(--space-5); }
    h2 { font-size: var(--text-l); }
    form { display: grid; gap: var(--space-3); }
    .recent {
      display: grid; gap: var(--space-2); padding-top: var(--space-4); border-top: 1px solid var(--line);
    }
    .recent header { display: flex; justify-content: space-between; align-items: baseline; }
    .recent h2 { font: 600 var(--text-s) var(--font); color: var(--ink-soft); }
    .recent a {
      display: flex; align-items: center; gap: var(--space-3); min-height: 2.75rem; padding: 0 var(--space-3);
      margin: 0 calc(-1 * var(--space-3)); border-radius: var(--radius-s); color: inherit;
      text-decoration: none;
      overflow-wrap: anywhere;
    }
    .recent a:hover { background: var(--sunken); }
    .recent svg { color: var(--ink-soft); }
    @media (min-width: 54rem) { .split { grid-template-columns: 1.25fr 1fr; gap: var(--space-7); } }
  `,
  ];

  constructor() {
    super();
    this.access = OPEN;
    this.busy = false;
    this.error = '';
    this.noRoom = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = strings.product;
    const outcome = takeLoginOutcome();
    if (outcome) this.error = strings.loginOutcomes[outcome];
    void findAccess(
      findPage().catch(() => null),
      '',
    ).then((access) => {
      this.access = access;
    });
  }

  override render(): TemplateResult {
    return html`
      <main class="rings">
        <header class="top">
          <span class="wordmark">${icons.mark} ${strings.product}</span>
          ${accountLine(this.access)}
        </header>
        <div class="split">
          <section class="lead">
            <h1>${strings.tagline}</h1>
            <p class="pitch">${this.access.asks ? strings.pitchMembers : strings.pitch}</p>
            ${this.#make()}
            <div role="status">
              ${this.error ? html`<p class="note bad">${icons.warning} ${this.error}</p>` : nothing}
            </div>
          </section>
          <section class="card">
            <h2>${strings.joinHeading}</h2>
            <form @submit=${this.#join}>
              <div class="field">
                <label for="room">${strings.roomLabel}</label>
                <input class="input" id="room" name="room" required placeholder=${strings.roomHint}
                  autocomplete="off" autocapitalize="none" spellcheck="false"
                  aria-describedby=${this.noRoom ? 'no-room' : nothing} />
                <div role="alert">
                  ${this.noRoom ? html`<p class="note bad" id="no-room">${strings.noRoomTyped}</p>` : nothing}
                </div>
              </div>
              <button class="button">${strings.joinRoom} ${icons.arrow}</button>
            </form>
            ${this.#recent()}
          </section>
        </div>
      </main>`;
  }

  // Where nobody does anything without a token, one makes rooms who has logged in.
  #make(): TemplateResult {
    const { asks, login, token } = this.access;
    if (asks && token === null) {
      return login
        ? html`<p class="note">${strings.logInToCreate}</p> ${loginButton()}`
        : html`<p class="note">${strings.byInvitation}</p>`;
    }
    return html`<form class="make" @submit=${this.#create}>
        <div class="field">
          <label for="room-name">${strings.roomNameLabel}</label>
          <input class="input" id="room-name" name="name" maxlength="64" autocomplete="off"
            placeholder=${strings.roomNameHint} />
        </div>
        <button class="button primary" ?disabled=${this.busy}>
          ${icons.plus} ${this.busy ? strings.creating : strings.createRoom}
        </button>
      </form>`;
  }

  #recent(): TemplateResult | typeof nothing {
    const rooms = recentRooms();
    if (rooms.length === 0) return nothing;
    return html`
      <div class="recent">
        <header>
          <h2>${strings.recentRooms}</h2>
          <button class="link-button" @click=${this.#forget}>${strings.forgetRooms}</button>
        </header>
        <ul>${rooms.map(
          (recent) =>
            html`<li><a href=${pathTo(recent)}>${icons.clock} ${recent.name ?? recent.room}</a></li>`,
        )}</ul>
      </div>`;
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const typed = new FormData(event.target as HTMLFormElement).get('name');
    this.busy = true;
    this.error = '';
    try {
      const { hostLink } = await createRoom(displayName(String(typed ?? '')), this.access.token);
      location.assign(hostLink);
    } catch (cause) {
      this.error = cause instanceof EdgeError ? edgeText(cause.code, cause.message) : String(cause);
    }
    this.busy = false;
  }

  #join(event: SubmitEvent): void {
    event.preventDefault();
    const room = roomOf(String(new FormData(event.target as HTMLFormElement).get('room') ?? ''));
    this.noRoom = room === null;
    if (room !== null) location.assign(roomPath(room));
  }

  #forget(): void {
    forgetRooms();
    this.requestUpdate();
  }
}

customElements.define('start-page', StartPage);
