import transliterate from '@sindresorhus/transliterate';

/**
 * A text as an id: Latin letters, digits and hyphens. The same everywhere, whatever the reader's language and
 * keyboard, so that two who type one name mean one thing. What has no Latin spelling here is left out; empty
 * when that is all.
 */
export function slug(text: string): string {
  return latin(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Whether the slug of a text leaves no letter or digit out. */
export function isSpelledBySlug(text: string): boolean {
  return !/(?!\p{ASCII})[\p{L}\p{N}]/u.test(latin(text));
}

// First what is another form of the same: full width, ligatures, a letter and its accent; then marks that
// show nothing, such as soft hyphens and those that turn the direction of text.
function latin(text: string): string {
  return transliterate(text.normalize('NFKC').replace(/\p{Cf}/gu, ''));
}
