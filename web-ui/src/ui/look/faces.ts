import type { Reaction } from '../../client';

/** What each looks like. */
export const faces: Record<Reaction, string> = {
  thumbsUp: '👍',
  applause: '👏',
  heart: '❤️',
  laughter: '😂',
  surprise: '😮',
  party: '🎉',
};
