import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { cleanLine, lengthOf, MAX_LINE } from '../../client';
import type { ChatMessage, UnsaidMessage } from '../chat';
import { icons } from '../look/icons';
import { panelStyles, sharedStyles } from '../look/shared-styles';
import { lookalikeMark } from '../name-marks';
import { strings, unsaidText } from '../strings';
import { type Part, partsOf } from './links';
import { PanelElement } from './panel';

/** Who has room for fewer characters than this is told how many. */
const FEW = 100;
/** Who has scrolled further up than this reads, and is not scrolled away. */
const NEAR_END = 60;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/**
 * What people write. Fires `say` with a text, `draft` with what is being written, `again` and `drop` with a
 * message that was not said, and `close`.
 */
export class ChatPanel extends PanelElement {
  static override properties = {
    messages: { attribute: false },
    unsaid: { attribute: false },
    draft: {},
    missed: { state: true },
  };
  declare messages: readonly ChatMessage[];
  /** What one has written and nobody is known to have. */
  declare unsaid: readonly UnsaidMessage[];
  declare draft: string;
  /** Somebody wrote below of what is in view. */
  declare missed: boolean;

  static override styles = [
    sharedStyles,
    panelStyles,
    css`
    :host { grid-template-columns: minmax(0, 1fr); }
    ol {
      display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: var(--space-3);
      margin: 0; padding: var(--space-4);
      list-style: none; overflow-y: auto;
    }
    li { display: grid; gap: 0.1rem; justify-items: start; }
    .who {
      display: flex; gap: var(--space-2); align-items: baseline; font-size: var(--text-s);
      color: var(--ink-soft);
    }
    .who bdi { font-weight: 600; color: var(--ink); overflow-wrap: anywhere; }
    .alike { display: inline-flex; align-self: center; color: var(--glow-text); }
    .alike svg { width: 1.1rem; height: 1.1rem; }
    .text {
      max-width: 100%; padding: var(--space-2) var(--space-3); border-radius: var(--radius-m);
      background: var(--sunken);
      white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; text-align: start;
    }
    .own { justify-items: end; }
    .own .text { background: var(--accent); color: var(--on-accent); }
    .own .text a { color: inherit; }
    .sending { animation: appear var(--calm) 400ms both; }
    @keyframes appear { from { opacity: 0; } }
    .failed .text { background: var(--sunken); color: var(--ink); }
    .failed .note { display: block; color: var(--danger); text-align: end; }
    .count:not(:empty) { padding: 0 var(--space-4) var(--space-2); }
    .count { font-size: var(--text-s); color: var(--ink-soft); text-align: end; }
    .count.bad { color: var(--danger); font-weight: 600; }
    .nothing { padding: var(--space-4); color: var(--ink-soft); font-size: var(--text-s); }
    .foot { border-top: 1px solid var(--line); }
    .news {
      display: block; width: 100%; min-height: 2.25rem; border: 0; background: var(--warn-soft);
      color: var(--glow-text); font-size: var(--text-s); font-weight: 600; cursor: pointer;
    }
    form { display: flex; gap: var(--space-2); padding: var(--space-3) var(--space-4); }
    textarea {
      flex: 1; min-height: 2.75rem; max-height: 8rem; padding-block: 0.6rem; resize: none;
      field-sizing: content;
    }
    .send { align-self: end; padding: 0; width: 2.75rem; }
  `,
  ];

  #stick = true;

  constructor() {
    super();
    this.messages = [];
    this.unsaid = [];
    this.draft = '';
    this.missed = false;
  }

  override focus(): void {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  override render(): TemplateResult {
    const shown = [...this.messages, ...this.unsaid];
    const left = MAX_LINE - lengthOf(cleanLine(this.draft));
    return html`
      ${this.header(strings.chat)}
      ${
        shown.length === 0
          ? html`<p class="nothing">${strings.noMessages}</p>`
          : html`
        <ol role="log" aria-label=${strings.chat} tabindex="0" @scroll=${this.#scrolled}>
          ${repeat(
            shown,
            ({ id }) => id,
            (message) => this.#message(message),
          )}
        </ol>`
      }
      <div class="foot">
        ${this.missed ? this.#news() : nothing}
        <form @submit=${this.#send}>
          <textarea class="input" rows="1" aria-label=${strings.writeMessage} aria-invalid=${left < 0}
            placeholder=${strings.writeMessage} @input=${this.#input} @keydown=${this.#key}></textarea>
          <button class="button primary send" aria-label=${strings.send}
            title=${strings.send}>${icons.send}</button>
        </form>
        <p class="count ${left < 0 ? 'bad' : ''}"
          aria-live=${left < 0 ? 'polite' : 'off'}>${countText(left)}</p>
      </div>`;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#stick = this.#isAtEnd();
  }

  protected override updated(changed: PropertyValues): void {
    const list = this.renderRoot.querySelector('ol');
    const wrote = (changed.get('unsaid') as this['unsaid'] | undefined)?.length ?? 0;
    const news = changed.has('messages') || changed.has('unsaid');
    const follows = this.#stick || this.unsaid.length > wrote;
    if (list && news && follows) list.scrollTop = list.scrollHeight;
    if (changed.has('messages') && !follows && !this.messages.at(-1)?.own) this.missed = true;
    const field = this.renderRoot.querySelector('textarea');
    if (field && field.value !== this.draft) field.value = this.draft;
  }

  #message(message: ChatMessage | UnsaidMessage): TemplateResult {
    const { name, own, text, at } = message;
    const unsaid = 'line' in message ? message : null;
    const sending = unsaid?.why === null;
    const failed = sending ? null : unsaid;
    const time = new Date(at);
    return html`
      <li class="${own ? 'own' : ''} ${failed ? 'failed' : ''}">
        <p class="who"><bdi>${name}</bdi>${lookalikeMark('', message)}${
          sending
            ? html`<span class="sending">${strings.sending}</span>`
            : html`<time datetime=${time.toISOString()}>${clock.format(time)}</time>`
        }</p>
        <p class="text" dir="auto">${partsOf(text).map(shown)}</p>
        ${failed ? this.#trouble(failed) : nothing}
      </li>`;
  }

  #trouble(message: UnsaidMessage): TemplateResult {
    const { why } = message;
    // The same text would be refused again.
    const again = why !== 'refused' && why !== 'too-long';
    return html`
      <div class="note" role="alert">${unsaidText(message)}
        ${again ? textButton(strings.tryAgain, () => this.#again(message)) : nothing}
        ${textButton(strings.editMessage, () => this.#edit(message))}
      </div>`;
  }

  #news(): TemplateResult {
    return html`<button class="news" @click=${this.#toEnd}>${strings.newMessages}</button>`;
  }

  #scrolled(): void {
    this.#stick = this.#isAtEnd();
    if (this.#stick) this.missed = false;
  }

  #isAtEnd(): boolean {
    const list = this.renderRoot.querySelector('ol');
    return !list || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  }

  #toEnd(): void {
    this.renderRoot.querySelector('ol')?.lastElementChild?.scrollIntoView({ block: 'end' });
    this.focus();
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
    const text = cleanLine(this.draft);
    if (text === '' || lengthOf(text) > MAX_LINE) return;
    this.#write('');
    this.dispatchEvent(new CustomEvent('say', { detail: text }));
  }

  #input(event: Event): void {
    this.#write((event.target as HTMLTextAreaElement).value);
  }

  #write(draft: string): void {
    this.draft = draft;
    this.dispatchEvent(new CustomEvent('draft', { detail: draft }));
  }

  // The button goes, and with it the focus.
  #again(message: UnsaidMessage): void {
    this.dispatchEvent(new CustomEvent('again', { detail: message }));
    this.focus();
  }

  #edit(message: UnsaidMessage): void {
    this.#write([this.draft, message.text].filter((text) => text.trim() !== '').join('\n'));
    this.dispatchEvent(new CustomEvent('drop', { detail: message }));
    this.focus();
  }
}

function textButton(text: string, act: () => void): TemplateResult {
  return html`<button class="link-button" @click=${act}>${text}</button>`;
}

function countText(left: number): string {
  if (left < 0) return strings.tooLong(-left);
  return left < FEW ? strings.charactersLeft(left) : '';
}

function shown({ text, href }: Part): string | TemplateResult {
  return href === null
    ? text
    : html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
}

customElements.define('chat-panel', ChatPanel);
