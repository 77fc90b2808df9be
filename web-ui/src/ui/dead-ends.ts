// Pages on which it does not go on: each says why, and where it does. What is given goes in, markup comes
// out.
import { css, html, nothing, type TemplateResult } from 'lit';
import { base, type Lack, type PageAddress } from '../client';
import { icons } from './look/icons';
import { displayName } from './routes';
import { strings } from './strings';

export const deadEndStyles = css`
  main {
    position: relative; display: grid; grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto 1fr auto; min-height: 100dvh; padding: var(--space-5);
  }
  main > * { position: relative; }
  main::before { left: 50%; top: 50%; transform: translate(-50%, -50%); }
  .wordmark { justify-self: start; }
  .card {
    display: grid; gap: var(--space-4); align-self: center; width: min(30rem, 100%);
    margin: var(--space-5) auto; padding: var(--space-6); overflow-wrap: anywhere;
  }
  h1 { font-size: var(--text-xl); }
  p { color: var(--ink-soft); }
  .typed { font-size: var(--text-l); color: var(--ink); }
  @media (max-width: 30rem) {
    main { padding: var(--space-4); }
    .card { padding: var(--space-5); }
  }
`;

/** Nothing is at this address. */
export function unknownPage(): TemplateResult {
  const link = `${location.origin}${base}meeting/${strings.roomHint}`;
  return deadEnd(
    strings.unknownPage,
    html`<p>${strings.linksLook}<br /><code>${link}</code></p><p>${strings.startPageHelps}</p>`,
    toStartPage(),
  );
}

/** What stands in the place of a room names none. */
export function noRoomPage(typed: string): TemplateResult {
  return deadEnd(
    strings.noRoomName,
    html`<p class="typed"><bdi>${displayName(typed)}</bdi></p><p>${strings.roomNames}</p>`,
    toStartPage(),
  );
}

/** @param address where this page is to be opened instead; undefined until the edge has said so */
export function lackPage(lack: Lack, address: PageAddress | undefined): TemplateResult {
  const { title, text } = strings.lacks[lack];
  const secure = address?.secureOrigin;
  if (lack !== 'insecure' || address === undefined) return deadEnd(title, html`<p>${text}</p>`, nothing);
  if (secure === null) return deadEnd(title, html`<p>${text}</p><p>${strings.secureUnknown}</p>`, nothing);
  const link = `${secure}${location.pathname}${location.search}${location.hash}`;
  const warning = address.selfMade ? html`<p>${strings.certificateWarning}</p>` : nothing;
  return deadEnd(
    title,
    html`<p>${text}</p><p>${strings.secureAt}<br /><code>${link}</code></p>${warning}`,
    html`<a class="button primary" href=${link}>${strings.openSecure}</a>`,
  );
}

function deadEnd(title: string, about: unknown, way: unknown): TemplateResult {
  return html`<main class="rings">
      <a class="wordmark" href=${base}>${icons.mark} ${strings.product}</a>
      <section class="card">
        <h1>${title}</h1>
        ${about}
        ${way === nothing ? nothing : html`<div>${way}</div>`}
      </section>
    </main>`;
}

function toStartPage(): TemplateResult {
  return html`<a class="button primary" href=${base}>${strings.startPage}</a>`;
}
