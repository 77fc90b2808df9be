/** Hues on which white text can be read, far enough apart to tell people from each other. */
const HUES = [
  '#0f6e60',
  '#a4501b',
  '#3f5a9d',
  '#8a3d6b',
  '#5b6b1f',
  '#7a4b9a',
  '#1e6f93',
  '#96402f',
  '#6b5a2b',
  '#40684a',
];

/** The colour of a participant: the same for the same user everywhere. */
export function avatarColour(user: string): string {
  // FNV-1a, with its high bits folded in, since the low ones alone are much alike for short ids.
  let hash = 0x811c9dc5;
  for (const character of user) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return HUES[((hash ^ (hash >>> 15)) >>> 0) % HUES.length] ?? '#0f6e60';
}

/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return (
    chosen
      .map((word) => [...(word ?? '')][0] ?? '')
      .join('')
      .toUpperCase() || '?'
  );
}
