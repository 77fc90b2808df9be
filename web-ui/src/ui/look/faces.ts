import type { Reaction } from '../../client/session/control';

/** What each looks like. */
export const faces: Record<Reaction, string> = {
  thumbsUp: '👍',
  applause: '👏',
  heart: '❤️',
  laughter: '😂',
  surprise: '😮',
  party: '🎉',
};
