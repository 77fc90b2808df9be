// The page's texts in the language that the browser asks for.
import type { Transport } from '../client/session/link';
import type { Notice } from '../client/session/roster';
import type { Failure, SessionState } from '../client/session/state';
import { english, type Texts } from './strings/english';
import { russian } from './strings/russian';

/** To add a language, write a file like `russian.ts` and name it here. */
const languages: Record<string, Texts> = { en: english, ru: russian };

/** The first of the browser's languages that the page has. */
export const language =
  navigator.languages.map((tag) => tag.split('-')[0]?.toLowerCase() ?? '').find((tag) => tag in languages) ??
  'en';

export const strings: Texts = languages[language] ?? english;

export const transportNames: Record<Transport, string> = {
  webtransport: 'WebTransport',
  websocket: 'WebSocket',
};

/** In the reader's language where the page knows the code, else the edge's own text. */
export function edgeText(code: string, message: string): string {
  const known = strings.refusals[code];
  return (language === 'en' && message) || known || message || strings.refused(code);
}

export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'ending':
      return strings.endings[failure.ending];
    case 'edge':
      return edgeText(failure.code, failure.message);
    case 'link':
      return failure.only === 'webtransport'
        ? strings.onlyTransport(strings.obstacles[failure.obstacle])
        : strings.noLink;
  }
}

export function stateText(state: SessionState): string {
  switch (state.phase) {
    case 'connecting':
      return strings.connecting(state.transport && transportNames[state.transport], state.again);
    case 'connected': {
      const name = transportNames[state.transport];
      return state.obstacle ? `${name} · ${strings.obstacles[state.obstacle]}` : name;
    }
    case 'waiting':
      return strings.tryingAgain(failureText(state.failure), (state.wait / 1000).toFixed(1));
    case 'ended':
      return failureText(state.failure);
  }
}

export function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case 'joined':
      return strings.joined(notice.name);
    case 'left':
      return strings.left(notice.name);
    case 'renamed':
      return strings.renamed(notice.before ?? '', notice.name);
    case 'raised-hand':
      return strings.raisedHand(notice.name);
  }
}
