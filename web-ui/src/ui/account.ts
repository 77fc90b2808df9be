// Who this person is to the edge, and how that changes; on the pages outside a call.
import { css, html, nothing, type TemplateResult } from 'lit';
import { type Access, loginPath, logoutPath } from './access';
import { icons } from './look/icons';
import { forgetOwnLinks } from './preferences';
import { strings } from './strings';

export const accountStyles = css`
  .top { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); }
  .account {
    display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-3);
    margin-left: auto; color: var(--ink-soft); font-size: var(--text-s); overflow-wrap: anywhere;
  }
  .account a { color: inherit; padding: var(--space-1); }
`;

/** The line at the top: where people log in, or who has. */
export function accountLine({ login, loggedIn, claims }: Access): TemplateResult | typeof nothing {
  if (loggedIn) {
    return html`<form class="account" method="post" action=${logoutPath()} @submit=${forgetOwnLinks}>
      <span>${strings.loggedInAs(claims.name ?? claims.user ?? '')}</span>
      <button class="link-button">${strings.logOut}</button>
    </form>`;
  }
  return login ? html`<p class="account"><a href=${loginPath()}>${strings.logIn}</a></p>` : nothing;
}

/** What stands in the place of what only those find who log in. */
export function loginButton(): TemplateResult {
  return html`<a class="button primary" href=${loginPath()}>${strings.logIn} ${icons.arrow}</a>`;
}
