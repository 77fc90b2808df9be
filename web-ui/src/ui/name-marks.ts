import { html, nothing, type TemplateResult } from 'lit';
import type { Presence } from '../client';
import { icons } from './look/icons';
import { strings } from './strings';

/**
 * Stands beside a name that looks like that of somebody else, who had it before or whom a token names;
 * nothing beside others. It has no tooltip where nothing is pointed with, so the menu of a participant says
 * it in words.
 * @param look the class
 */
export function lookalikeMark(
  look: string,
  { lookalike }: { readonly lookalike: boolean },
): TemplateResult | typeof nothing {
  return lookalike ? mark(`${look} alike`, icons.alike, strings.lookalike) : nothing;
}

/**
 * Says of whom a token names who that is: the name beside it may be their own choice. Whose name looks like
 * that of another whom a token names has that mark only.
 */
export function nameMark(look: string, presence: Presence): TemplateResult | typeof nothing {
  const { lookalike, verified, user } = presence;
  return verified && !lookalike
    ? mark(`${look} verified`, icons.verified, strings.verified(user))
    : lookalikeMark(look, presence);
}

function mark(look: string, icon: unknown, text: string): TemplateResult {
  return html`<span class=${look} title=${text}>${icon}<span class="unseen">${text}</span></span>`;
}

/** What both marks say, one after the other. */
export function nameNotes({ lookalike, verified, user }: Presence): readonly string[] {
  return [...(lookalike ? [strings.lookalike] : []), ...(verified ? [strings.verified(user)] : [])];
}
