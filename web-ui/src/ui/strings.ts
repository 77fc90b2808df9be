// The page's texts in the language that the browser asks for.
import type { Failure, SessionState, Transport } from '../client';
import type { UnsaidMessage } from './chat';
import type { Told } from './room-view';
import { english, type Texts } from './strings/english';
import { russian } from './strings/russian';

/** To add a language, write a file like `russian.ts` and name it here. */
const languages: Record<string, Texts> = { en: english, ru: russian };

/** The first of a browser's languages that the page has; English when it has none of them. */
export function languageOf(tags: readonly string[]): string {
  return (
    tags.map((tag) => tag.split('-')[0]?.toLowerCase() ?? '').find((tag) => Object.hasOwn(languages, tag)) ??
    'en'
  );
}

export const language = languageOf(globalThis.navigator?.languages ?? []);

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

/** Why somebody cannot be called what they typed. */
export function nameFault(typed: string): string {
  return typed.trim() === '' ? strings.nameMissing : strings.nameUnseen;
}

/** Why a message was not sent. */
export function unsaidText({ why, reason }: UnsaidMessage): string {
  const known = why === null || why === 'refused' ? edgeText('bad_text', reason) : strings.unsaid[why];
  return `${strings.notSent} ${known}`;
}

export function noticeText(told: Told): string {
  switch (told.kind) {
    case 'joined':
      return strings.joined(told.name);
    case 'left':
      return strings.left(told.name);
    case 'renamed':
      return strings.renamed(told.before ?? '', told.name);
    case 'raised-hand':
      return strings.raisedHand(told.name);
    case 'reacted':
      return strings.reacted(told.name, strings.reactions[told.reaction]);
    case 'refused':
      return edgeText(told.error, told.message);
    case 'speaking-while-muted':
      return strings.speakingWhileMuted;
    case 'no-sound':
      return strings.noSound;
    case 'changed-to':
      return strings.changedTo(told.label);
    case 'loudspeaker-failed':
      return strings.loudspeakerFailed;
    case 'worker-failed':
      return strings.workerFailed;
    case 'back-without-microphone':
      return strings.backWithoutMicrophone;
    case 'unsaid':
      return strings.unsaidNotice;
    case 'copied':
      return strings.copied;
    case 'diagnostics-copied':
      return strings.diagnosticsCopied;
    case 'copy-failed':
      return strings.copyFailed(told.text);
  }
}
