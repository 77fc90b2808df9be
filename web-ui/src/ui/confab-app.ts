import { html, LitElement, type TemplateResult } from 'lit';
import { findLack, findPage, type PageAddress } from '../client';
import { deadEndStyles, lackPage, noRoomPage, unknownPage } from './dead-ends';
import { sharedStyles } from './look/shared-styles';
import { parseRoute } from './routes';
import './room-page';
import './start-page';

/**
 * Shows the page that the address names, or why there is none. Going elsewhere is a navigation of the
 * browser, so there is no router; only how the address is written is put right.
 */
export class ConfabApp extends LitElement {
  static override properties = { address: { state: true } };
  /** Where this page should be opened; undefined until the edge has said so, and where nobody needs it. */
  declare address: PageAddress | undefined;

  static override styles = [sharedStyles, deadEndStyles];

  readonly #route = parseRoute(location.pathname, location.search);
  readonly #lack = findLack();

  constructor() {
    super();
    this.address = undefined;
    if (this.#route.page === 'room' && this.#route.path !== location.pathname) {
      history.replaceState(null, '', this.#route.path + location.search + location.hash);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#lack === 'insecure') void this.#findAddress();
  }

  override render(): TemplateResult {
    const route = this.#route;
    switch (route.page) {
      case 'no-room':
        return noRoomPage(route.typed);
      case 'unknown':
        return unknownPage();
      case 'start':
        return this.#lack ? lackPage(this.#lack, this.address) : html`<start-page></start-page>`;
      case 'room':
        return this.#lack
          ? lackPage(this.#lack, this.address)
          : html`<room-page .route=${route}></room-page>`;
    }
  }

  async #findAddress(): Promise<void> {
    this.address = await findPage().catch(() => ({ secureOrigin: null, selfMade: false }));
  }
}

customElements.define('confab-app', ConfabApp);
