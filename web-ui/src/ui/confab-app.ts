import { css, html, LitElement, type TemplateResult } from 'lit';
import { icons } from './look/icons';
import { sharedStyles } from './look/shared-styles';
import { parseRoute } from './routes';
import { strings } from './strings';
import './room-page';
import './start-page';

/**
 * Shows the page that the address names. Going elsewhere is a navigation of the browser, so there is no
 * router.
 */
export class ConfabApp extends LitElement {
  static override styles = [
    sharedStyles,
    css`
    main {
      display: grid; justify-items: center; align-content: center; gap: var(--space-5); min-height: 100dvh;
    }
  `,
  ];

  override render(): TemplateResult {
    const route = parseRoute(location.pathname, location.search);
    switch (route.page) {
      case 'start':
        return html`<start-page></start-page>`;
      case 'room':
        return html`<room-page .route=${route}></room-page>`;
      case 'unknown':
        return html`
        <main>
          <span class="wordmark">${icons.mark} ${strings.product}</span>
          <h1>${strings.unknownPage}</h1>
          <a class="button" href="/">${strings.startPage}</a>
        </main>`;
    }
  }
}

customElements.define('confab-app', ConfabApp);
