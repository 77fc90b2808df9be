// The rules for what people write to each other, as docs/PROTOCOL.md section 1 has them. `golden/names.json`
// has cases, for the edge, too.

/** A line of chat has at most so many code points. */
export const MAX_LINE = 1000;
/** So many combining marks stand on one character at most. */
const MARKS_OF_LINE = 8;
const MARKS_OF_NAME = 4;

/** What is drawn as nothing, or steers other characters. */
const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}`;
const SEEN = new RegExp(String.raw`[^${UNSEEN}\p{M}]`, 'u');
const BEGINNING_MARKS = new RegExp(
  String.raw`^[${UNSEEN}]*(?!\p{Default_Ignorable_Code_Point})\p{M}[${UNSEEN}\p{M}]*`,
  'u',
);

/** Marks that take no place of their own, so that many of them make a heap. */
const STACKED = String.raw`(?!\p{Default_Ignorable_Code_Point})[\p{Mn}\p{Me}]`;
/** Whatever the marks behind it still stand on the same character over. */
const ATTACHED = String.raw`(?:(?!${STACKED})[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}])`;
const heaps = (most: number): RegExp =>
  new RegExp(`((?:${STACKED}${ATTACHED}*){${most}})(?:${STACKED}${ATTACHED}*)+`, 'gu');
const HEAPS_OF_LINE = heaps(MARKS_OF_LINE);
const HEAPS_OF_NAME = heaps(MARKS_OF_NAME);

/** Flags of parts of countries, such as Wales, and the tag characters that only they are made of. */
const LETTER = String.raw`\u{E0061}-\u{E007A}`;
const DIGIT = String.raw`\u{E0030}-\u{E0039}`;
const FLAG = String.raw`\u{1F3F4}[${LETTER}]{2}[${DIGIT}${LETTER}]{1,4}\u{E007F}`;
const TAGS = new RegExp(String.raw`(${FLAG})|[\u{E0000}-\u{E007F}]`, 'gu');

/**
 * A line of chat as an edge takes it, however it was pasted: tabs are spaces and all line ends are one kind,
 * what nobody sees, turns the direction of other text or makes a heap is left out. Empty when nothing is seen
 * of the rest. It may be too long.
 */
export function cleanLine(text: string): string {
  return clean(text, HEAPS_OF_LINE);
}

/** A name likewise, on one line. */
export function cleanName(text: string): string {
  return clean(text, HEAPS_OF_NAME).replaceAll('\n', ' ');
}

function clean(text: string, heaps: RegExp): string {
  const clean = text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(TAGS, '$1')
    .replace(heaps, '$1')
    .replace(BEGINNING_MARKS, '')
    .trim();
  return SEEN.test(clean) ? clean : '';
}

/** In code points, as the edge counts. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
