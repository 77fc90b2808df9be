import { css, html, type TemplateResult } from 'lit';
import { encode } from 'uqr';
import { panelStyles, sharedStyles } from '../look/shared-styles';
import { strings } from '../strings';
import { PanelElement } from './panel';
import '../copy-button';

/** Who gets in by a link. */
export type Enters = 'anybody' | 'logged-in' | 'invited';

export function entersText(enters: Enters): string {
  return strings.enters[enters];
}

/** The way into the room for others: link and QR code. Fires `copied` and `close`. */
export class SharePanel extends PanelElement {
  static override properties = { link: {}, enters: {} };
  declare link: string;
  declare enters: Enters;

  static override styles = [
    sharedStyles,
    panelStyles,
    css`
    .body { justify-items: center; padding: var(--space-5) var(--space-4); }
    /* A code is read in its own colours, whatever the page's are. */
    .code {
      width: min(15rem, 100%); padding: var(--space-3); border-radius: var(--radius-m); background: #fff;
    }
    .who { color: var(--ink-soft); font-size: var(--text-s); text-align: center; text-wrap: balance; }
    .code svg { width: 100%; height: auto; }
    code {
      max-width: 100%; overflow-wrap: anywhere; text-align: center; font-size: var(--text-s);
      color: var(--ink-soft);
    }
    @media (max-height: 32rem) {
      .body {
        grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: var(--space-2) var(--space-4);
        padding: var(--space-3);
      }
      .code { grid-row: span 3; width: clamp(6rem, 100dvh - 16rem, 15rem); padding: var(--space-2); }
    }
  `,
  ];

  constructor() {
    super();
    this.link = '';
    this.enters = 'anybody';
  }

  override render(): TemplateResult {
    return html`
      ${this.header(strings.share)}
      <div class="body">
        <div class="code">${this.#code()}</div>
        <code>${this.link}</code>
        <p class="who">${entersText(this.enters)}</p>
        <copy-button .text=${() => this.link} .label=${strings.copyLink}
          @copied=${() => this.dispatchEvent(new CustomEvent('copied'))}></copy-button>
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
