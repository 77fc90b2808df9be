const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

export interface Part {
  readonly text: string;
  readonly link: boolean;
}

/** A message in parts. Text stays text; only addresses become links. */
export function partsOf(message: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: link, index } of message.matchAll(LINK)) {
    parts.push({ text: message.slice(end, index), link: false }, { text: link, link: true });
    end = index + link.length;
  }
  return [...parts, { text: message.slice(end), link: false }].filter(({ text }) => text !== '');
}
