import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icons } from '../look/icons';
import { panelStyles, sharedStyles } from '../look/shared-styles';
import type { ChatMessage } from '../room-view';
import { strings } from '../strings';
import { type Part, partsOf } from './links';

const MAX_LENGTH = 1000;
/** Who has scrolled further up than this reads, and is not scrolled away. */
const NEAR_END = 60;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** What people write. Fires `say` with a text and `close`. */
export class ChatPanel extends LitElement {
  static override properties = { messages: { attribute: false } };
  declare messages: readonly ChatMessage[];

  static override styles = [
    sharedStyles,
    panelStyles,
    css`
    ol {
      display: grid; align-content: start; gap: var(--space-3); margin: 0; padding: var(--space-4);
      list-style: none; overflow-y: auto;
    }
    li { display: grid; gap: 0.1rem; justify-items: start; }
    .who {
      display: flex; gap: var(--space-2); align-items: baseline; font-size: var(--text-s);
      color: var(--ink-soft);
    }
    .who bdi { font-weight: 600; color: var(--ink); overflow-wrap: anywhere; }
    .text {
      max-width: 100%; padding: var(--space-2) var(--space-3); border-radius: var(--radius-m);
      background: var(--sunken);
      white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; text-align: start;
    }
    .own { justify-items: end; }
    .own .text { background: var(--accent); color: var(--on-accent); }
    .own .text a { color: inherit; }
    .nothing { padding: var(--space-4); color: var(--ink-soft); font-size: var(--text-s); }
    form {
      display: flex; gap: var(--space-2); padding: var(--space-3) var(--space-4);
      border-top: 1px solid var(--line);
    }
    textarea {
      flex: 1; min-height: 2.75rem; max-height: 8rem; padding: 0.6rem var(--space-4); resize: none;
      field-sizing: content;
    }
    .send { padding: 0; width: 2.75rem; }
  `,
  ];

  #stick = true;

  constructor() {
    super();
    this.messages = [];
  }

  override focus(): void {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  override render(): TemplateResult {
    return html`
      <header>
        <h2>${strings.chat}</h2>
        <button class="round" aria-label=${strings.close} title=${strings.close}
          @click=${() => this.dispatchEvent(new CustomEvent('close'))}>${icons.cross}</button>
      </header>
      ${
        this.messages.length === 0
          ? html`<p class="nothing">${strings.noMessages}</p>`
          : html`
        <ol role="log" aria-label=${strings.chat} tabindex="0" @scroll=${this.#scrolled}>
          ${repeat(
            this.messages,
            ({ id }) => id,
            (message) => this.#message(message),
          )}
        </ol>`
      }
      <form @submit=${this.#send}>
        <textarea class="input" rows="1" maxlength=${MAX_LENGTH} aria-label=${strings.writeMessage}
          placeholder=${strings.writeMessage} @keydown=${this.#key}></textarea>
        <button class="button primary send" aria-label=${strings.send}
          title=${strings.send}>${icons.send}</button>
      </form>`;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const list = this.renderRoot.querySelector('ol');
    this.#stick = !list || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  }

  protected override updated(changed: PropertyValues): void {
    const list = this.renderRoot.querySelector('ol');
    if (list && changed.has('messages') && (this.#stick || this.messages.at(-1)?.own))
      list.scrollTop = list.scrollHeight;
  }

  #message({ name, own, text, at }: ChatMessage): TemplateResult {
    const time = new Date(at);
    return html`
      <li class=${own ? 'own' : ''}>
        <p class="who"><bdi>${name}</bdi><time datetime=${time.toISOString()}>${clock.format(time)}</time></p>
        <p class="text" dir="auto">${partsOf(text).map(shown)}</p>
      </li>`;
  }

  #scrolled(): void {
    this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      (event.target as HTMLTextAreaElement).form?.requestSubmit();
    }
    if (event.key === 'Escape') this.dispatchEvent(new CustomEvent('close'));
  }

  #send(event: Event): void {
    event.preventDefault();
    const field = this.renderRoot.querySelector('textarea');
    const text = field?.value.trim() ?? '';
    if (!field || text === '') return;
    field.value = '';
    this.dispatchEvent(new CustomEvent('say', { detail: text }));
  }
}

function shown({ text, href }: Part): string | TemplateResult {
  return href === null
    ? text
    : html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
}

customElements.define('chat-panel', ChatPanel);
