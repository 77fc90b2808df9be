import { LinkifyIt } from 'linkify-it';

/** What becomes a link, and nothing else does. */
const PROTOCOLS = /^(https?|mailto):/i;

// Bare names such as `setup.py` are more often no address.
const finder = new LinkifyIt()
  .add('ftp:', null)
  .add('//', null)
  .add('www.', {
    validate: (text, position, self) => {
      const rest = text.slice(position);
      return /^[^\s./]+\./.test(rest) ? self.testSchemaAt(`//${rest}`, 'https:', 0) - 2 : 0;
    },
    normalize: (match) => {
      match.url = `https://${match.url}`;
    },
  });

export interface Part {
  readonly text: string;
  /** Where it leads; null for what is text only. */
  readonly href: string | null;
}

/** A message in parts. Text stays text; only addresses of the web and of mail become links. */
export function partsOf(message: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { index, lastIndex, raw, url } of finder.match(message) ?? []) {
    parts.push({ text: message.slice(end, index), href: null });
    parts.push({ text: raw, href: PROTOCOLS.test(url) ? url : null });
    end = lastIndex;
  }
  return [...parts, { text: message.slice(end), href: null }].filter(({ text }) => text !== '');
}
