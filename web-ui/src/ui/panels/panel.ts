import { html, LitElement, type TemplateResult } from 'lit';
import { icons } from '../look/icons';
import { strings } from '../strings';

/** What stands beside the room under a heading. Fires `close`. */
export abstract class PanelElement extends LitElement {
  /** Whoever opens a panel goes on at its heading. */
  override focus(): void {
    this.renderRoot.querySelector('h2')?.focus();
  }

  protected header(title: string): TemplateResult {
    return html`<header>
      <h2 tabindex="-1">${title}</h2>
      <button class="round" aria-label=${strings.close} title=${strings.close}
        @click=${() => this.dispatchEvent(new CustomEvent('close'))}>${icons.cross}</button>
    </header>`;
  }
}
