import { describe, expect, it } from 'vitest';
import type { SessionState } from '../client';
import { edgeText, failureText, languageOf, nameFault, noticeText, stateText } from './strings';

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
    expect(noticeText({ kind: 'joined', name: 'Bea' })).toContain('Bea');
    expect(noticeText({ kind: 'renamed', name: 'Bea', before: 'B.' })).toMatch(/B\..*Bea/);
    expect(noticeText({ kind: 'reacted', name: 'Bea', reaction: 'party' })).toMatch(/^Bea: ./);
    expect(noticeText({ kind: 'refused', error: 'unreachable', message: '' })).toContain('cannot be reached');
    expect(noticeText({ kind: 'copy-failed', text: 'https://x/' })).toContain('https://x/');
  });
});
