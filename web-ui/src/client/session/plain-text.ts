// The rules for what people write to each other, as docs/PROTOCOL.md section 1 has them.

/** A line of chat has at most so many code points. */
export const MAX_LINE = 1000;

const SEEN = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]/u;

/** Whether anything is seen of a text: `golden/names.json` has the cases, for the edge, too. */
export function isSeen(text: string): boolean {
  return SEEN.test(text);
}

/**
 * A text as an edge takes it, however it was pasted: tabs are spaces and all line ends are one kind, what
 * nobody sees or what turns the direction of other text is left out. Empty when nothing is seen of the rest.
 * It may be too long.
 */
export function cleanLine(text: string): string {
  const line = text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();
  return isSeen(line) ? line : '';
}

/** In code points, as the edge counts. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
