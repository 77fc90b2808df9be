import { describe, expect, it } from 'vitest';
import type { SessionState } from '../client';
import { NOTHING_YET } from './room-view';
import {
  edgeText,
  failureText,
  languageOf,
  nameFault,
  noticeText,
  stateText,
  titleOf,
  whoIsHere,
} from './strings';
import { russian } from './strings/russian';

const LOST = { kind: 'ending', ending: 'connection_lost' } as const;

describe('texts', () => {
  it('areInTheFirstLanguageOfTheBrowserThatThePageHas', () => {
    expect(languageOf(['fr-CA', 'ru-RU', 'en'])).toBe('ru');
    expect(languageOf(['EN-gb', 'ru'])).toBe('en');
    expect(languageOf(['constructor', 'toString'])).toBe('en');
    expect(languageOf([])).toBe('en');
  });

  it('areTheEdgesOwnInItsLanguageAndElseKnownByTheCode', () => {
    expect(edgeText('rate_limited', 'Slow down.')).toBe('Slow down.');
    expect(edgeText('rate_limited', '')).toContain('Too many tries');
    expect(edgeText('brand_new', '')).toContain('brand_new');
  });

  it('nameTheTransportAndWhyItIsNotTheUsualOne', () => {
    const connected: SessionState = {
      phase: 'connected',
      transport: 'websocket',
      obstacle: 'timeout',
      edge: 'a',
      suspect: false,
      whole: true,
    };
    expect(stateText(connected)).toMatch(/^WebSocket · ./);
    expect(stateText({ ...connected, transport: 'webtransport', obstacle: null })).toBe('WebTransport');
  });

  it('sayHowLongOneWaitsAndWhy', () => {
    const text = stateText({ phase: 'waiting', wait: 1_240, failure: LOST });
    expect(text).toContain('1.2');
    expect(text).toContain(failureText(LOST));
  });

  it('blameTheOnlyTransportThatWasAllowed', () => {
    const only = failureText({ kind: 'link', obstacle: 'refused', only: 'webtransport' });
    expect(only).not.toBe(failureText({ kind: 'link', obstacle: 'refused', only: null }));
  });

  it('sayWhatIsWrongWithAName', () => {
    expect(nameFault('  ')).toContain('who you are');
    expect(nameFault('\u200b')).toContain('can be seen');
  });

  it('tellWhatHappenedByName', () => {
    expect(noticeText({ kind: 'came', names: ['Bea'] })).toBe('Bea joined');
    expect(noticeText({ kind: 'came', names: ['Ann', 'Bea'] })).toBe('Ann and Bea joined');
    expect(noticeText({ kind: 'went', names: ['Ann', 'Bea', 'Cyd'] })).toBe('3 people left');
    expect(noticeText({ kind: 'renamed', name: 'Bea', before: 'B.' })).toMatch(/B\..*Bea/);
    expect(noticeText({ kind: 'reacted', name: 'Bea', reaction: 'party' })).toMatch(/^Bea: ./);
    expect(noticeText({ kind: 'refused', error: 'unreachable', message: '' })).toContain('cannot be reached');
    expect(noticeText({ kind: 'wrote', name: 'Bea', text: 'a\nb'.repeat(99) })).toMatch(
      /^Bea: a b.{100,125}…$/,
    );
  });

  it('nameTheOthersAsOneWouldSayIt', () => {
    const here = ['Ann', 'Bea', 'Cyd', 'Dan', 'Eve'];
    expect([0, 1, 2, 3, 4, 5].map((count) => whoIsHere(here.slice(0, count)))).toEqual([
      'You are alone here',
      'Ann',
      'Ann and Bea',
      'Ann, Bea, and Cyd',
      'Ann, Bea, and 2 others',
      'Ann, Bea, and 3 others',
    ]);
  });

  it('tellATabThatIsNotLookedAtWhatWasMissed', () => {
    expect(titleOf('demo', NOTHING_YET)).toBe('demo · Confab');
    const there = { ...NOTHING_YET, entered: true, unread: 3, muted: true };
    expect(titleOf('demo', there)).toBe('(3) demo · Muted · Confab');
  });

  it('countPeopleInRussian', () => {
    const names = (count: number) => Array.from({ length: count }, () => 'Ада');
    expect([1, 2, 3, 5, 21].map((count) => russian.came(names(count)))).toEqual([
      'Ада входит',
      'Ада и Ада входят',
      'Вошли 3 человека',
      'Вошли 5 человек',
      'Вошёл 21 человек',
    ]);
  });
});
