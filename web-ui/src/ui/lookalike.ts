import { html, nothing, type TemplateResult } from 'lit';
import { icons } from './look/icons';
import { strings } from './strings';

/**
 * Stands beside a name that looks like that of somebody else, who had it before; nothing beside others. It
 * has no tooltip where nothing is pointed with, so the menu of a participant says it in words.
 * @param look the class
 */
export function lookalikeMark(
  look: string,
  { lookalike }: { readonly lookalike: boolean },
): TemplateResult | typeof nothing {
  const text = strings.lookalike;
  return lookalike
    ? html`<span class=${look} title=${text}>${icons.alike}<span class="unseen">${text}</span></span>`
    : nothing;
}
