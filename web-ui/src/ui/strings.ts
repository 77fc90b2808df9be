// The page's texts in the language that the browser asks for.
import type { Failure, SessionState, Transport } from '../client';
import type { UnsaidMessage } from './chat';
import { type RoomView, screenOf, type Told } from './room-view';
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

/** Of these an edge speaks to who writes programs; a person knows of invitations, and not of tokens. */
const OF_INVITATIONS: ReadonlySet<string> = new Set(['unauthorized', 'forbidden']);

/** In the reader's language where the page knows the code, else the edge's own text. */
export function edgeText(code: string, message: string): string {
  const known = strings.refusals[code];
  if (known && OF_INVITATIONS.has(code)) return known;
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
    case 'came':
      return strings.came(told.names);
    case 'went':
      return strings.went(told.names);
    case 'wrote':
      return strings.wrote(told.name, shortened(told.text));
    case 'renamed':
      return strings.renamed(told.before ?? '', told.name);
    case 'raised-hand':
      return strings.raisedHand(told.name);
    case 'reacted':
      return strings.reacted(told.name, strings.reactions[told.reaction]);
    case 'refused':
      return edgeText(told.error, told.message);
    case 'grant-ends':
      return strings.grantEnds(Math.ceil(told.milliseconds / 1000));
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
  }
}

/** As much of a message as is taken in at a glance. */
const GLANCE = 120;

function shortened(text: string): string {
  const letters = [...text.replaceAll('\n', ' ')];
  return letters.length > GLANCE ? `${letters.slice(0, GLANCE).join('')}…` : letters.join('');
}

const list = new Intl.ListFormat(language, { type: 'conjunction' });

/** The others in a room as one would say it: the first by name, the rest by number. */
export function whoIsHere(others: readonly string[]): string {
  if (others.length === 0) return strings.onlyYou;
  const named = others.slice(0, others.length > 3 ? 2 : 3);
  const rest = others.length - named.length;
  return list.format(rest > 0 ? [...named, strings.andOthers(rest)] : named);
}

/** What a tab says that is not looked at: unread lines, and whether one is heard. */
export function titleOf(room: string, view: RoomView): string {
  const inRoom = screenOf(view) === 'room';
  const unread = inRoom && view.unread > 0 ? `(${view.unread}) ` : '';
  const muted = inRoom && view.muted ? ` · ${strings.muted}` : '';
  return `${unread}${room}${muted} · ${strings.product}`;
}
