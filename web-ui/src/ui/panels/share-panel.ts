import { css, html, LitElement, type TemplateResult } from 'lit';
import { encode } from 'uqr';
import { icons } from '../look/icons';
import { panelStyles, sharedStyles } from '../look/shared-styles';
import { strings } from '../strings';

/** The way into the room for others: link and QR code. Fires `copy` and `close`. */
export class SharePanel extends LitElement {
  static override properties = { link: {} };
  declare link: string;

  static override styles = [
    sharedStyles,
    panelStyles,
    css`
    .body { justify-items: center; padding: var(--space-5) var(--space-4); }
    /* A code is read in its own colours, whatever the page's are. */
    .code {
      width: min(15rem, 100%); padding: var(--space-3); border-radius: var(--radius-m); background: #fff;
    }
    .code svg { width: 100%; height: auto; }
    code {
      max-width: 100%; overflow-wrap: anywhere; text-align: center; font-size: var(--text-s);
      color: var(--ink-soft);
    }
  `,
  ];

  constructor() {
    super();
    this.link = '';
  }

  override render(): TemplateResult {
    return html`
      <header>
        <h2>${strings.share}</h2>
        <button class="round" aria-label=${strings.close} title=${strings.close}
          @click=${() => this.dispatchEvent(new CustomEvent('close'))}>${icons.cross}</button>
      </header>
      <div class="body">
        <div class="code">${this.#code()}</div>
        <code>${this.link}</code>
        <button class="button primary" @click=${() => this.dispatchEvent(new CustomEvent('copy'))}>
          ${icons.copy} ${strings.copyLink}</button>
      </div>`;
  }

  #code(): TemplateResult {
    const { data, size } = encode(this.link, { border: 0 });
    const path = data
      .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
      .join('');
    return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label=${strings.qrCode}
      shape-rendering="crispEdges"><path d=${path} fill="#000"></path></svg>`;
  }
}

customElements.define('share-panel', SharePanel);
