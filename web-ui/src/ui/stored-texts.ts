// What this tab has written and not got rid of: the draft and the messages that were not said. Kept by the
// address of the page until they are, so that a reload loses nothing. Works, forgetful, where storage is not
// allowed.
import type { UnsaidMessage } from './chat';

export interface StoredTexts {
  readonly draft: string;
  readonly unsaid: readonly UnsaidMessage[];
}

const NOTHING: StoredTexts = { draft: '', unsaid: [] };

export function storeTexts(path: string, texts: StoredTexts): void {
  try {
    if (texts.draft === '' && texts.unsaid.length === 0) sessionStorage.removeItem(keyOf(path));
    else sessionStorage.setItem(keyOf(path), JSON.stringify(texts));
  } catch {
    // Private mode or full: they last as long as the page.
  }
}

/** Whoever loads the page anew cannot know what became of what was on its way. */
export function storedTexts(path: string): StoredTexts {
  try {
    const texts: unknown = JSON.parse(sessionStorage.getItem(keyOf(path)) ?? 'null');
    if (!areTexts(texts)) return NOTHING;
    return { ...texts, unsaid: texts.unsaid.map((each) => ({ ...each, why: each.why ?? 'ended' })) };
  } catch {
    return NOTHING;
  }
}

function keyOf(path: string): string {
  return `confab.texts:${path}`;
}

// Only this page writes entries; another version of it may have written others.
function areTexts(value: unknown): value is StoredTexts {
  const texts = value as Partial<StoredTexts> | null;
  return (
    typeof texts?.draft === 'string' &&
    Array.isArray(texts.unsaid) &&
    texts.unsaid.every(
      ({ text, name, line, at }) =>
        typeof text === 'string' &&
        typeof name === 'string' &&
        typeof line === 'number' &&
        typeof at === 'number',
    )
  );
}
