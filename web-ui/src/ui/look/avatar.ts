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

/** The colour of a participant: the same on all screens. Two who say they are the same user differ. */
export function avatarColour(number: number): string {
  // Fibonacci hashing: its high bits tell even neighbours apart.
  const hash = Math.imul(number, 0x9e3779b1) >>> 16;
  return HUES[hash % HUES.length] ?? '#0f6e60';
}

/** One or two letters that stand for a name, or a letter and a number. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first = '', ...others] = words;
  return (firstLetter(first) + short(others.at(-1) ?? '')).toUpperCase() || '?';
}

// People are told apart by the end of a number.
function short(word: string): string {
  return /^\p{N}+$/u.test(word) ? [...word].slice(-3).join('') : firstLetter(word);
}

function firstLetter(word: string): string {
  return [...word][0] ?? '';
}
