import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import { strings } from './strings';

/**
 * Copies a text. Where the browser does not let it, shows the text, selected, to be copied by hand. Fires
 * `copied`.
 */
export class CopyButton extends LitElement {
  static override properties = {
    text: { attribute: false },
    label: {},
    refused: { state: true },
  };
  /** What is copied: asked for on the click. */
  declare text: () => string;
  declare label: string;
  /** The text that could not be copied. */
  declare refused: string | null;

  static override styles = [
    sharedStyles,
    css`
    :host { display: grid; gap: var(--space-2); max-width: 100%; grid-template-columns: minmax(0, 1fr); }
    .button { padding-inline: var(--space-4); white-space: normal; }
    textarea { padding-block: var(--space-2); font-size: var(--text-s); resize: vertical; }
  `,
  ];

  constructor() {
    super();
    this.text = () => '';
    this.label = '';
    this.refused = null;
  }

  override render(): TemplateResult {
    return html`<button class="button primary" @click=${this.#copy}>${icons.copy} ${this.label}</button>
      <div aria-live="polite">${
        this.refused === null
          ? nothing
          : html`<p class="note bad">${icons.warning} ${strings.copyRefused}</p>
            <textarea class="input" readonly rows="2" aria-label=${this.label}
              .value=${this.refused}></textarea>`
      }</div>`;
  }

  async #copy(): Promise<void> {
    const text = this.text();
    this.refused = null;
    try {
      await navigator.clipboard.writeText(text);
      this.dispatchEvent(new CustomEvent('copied'));
    } catch {
      this.refused = text;
      await this.updateComplete;
      const shown = this.renderRoot.querySelector('textarea');
      shown?.focus();
      shown?.select();
    }
  }
}

customElements.define('copy-button', CopyButton);
