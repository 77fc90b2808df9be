import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Line, MAX_WAITING, Outgoing } from './outgoing';
import { MAX_LINE } from './plain-text';

describe('what one has written', () => {
  let connected: boolean;
  let sent: Line[];
  let written: Line[];
  let unsaid: string[];
  let outgoing: Outgoing;

  beforeEach(() => {
    vi.useFakeTimers();
    connected = true;
    sent = [];
    written = [];
    unsaid = [];
    outgoing = new Outgoing({
      send: (line) => {
        if (connected) sent.push(line);
        return connected;
      },
      writing: (line) => written.push(line),
      unsaid: ({ text }, why, message) => unsaid.push(`${text}: ${why}${message}`),
    });
  });
  afterEach(() => void vi.useRealTimers());

  function texts(): string[] {
    return sent.map(({ text }) => text);
  }

  /** The edge tells everybody, oneself included. */
  function acknowledge(line = sent.at(-1)): void {
    if (line) outgoing.heard(line.id, line.text);
  }

  it('goesLineByLineEachAfterTheOneBeforeItIsAcknowledged', () => {
    for (const text of ['a', 'b', 'c']) outgoing.write(text);
    vi.advanceTimersByTime(5_000);
    expect(texts()).toEqual(['a']);
    acknowledge();
    vi.advanceTimersByTime(100);
    expect(texts()).toEqual(['a', 'b']);
    acknowledge();
    vi.advanceTimersByTime(100);
    acknowledge();
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual(['a', 'b', 'c']);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
    expect(sent.every(({ id }) => id > 0)).toBe(true);
    expect([written, unsaid]).toEqual([sent, []]);
  });

  it('isCleanedAndNothingOfIsNothing', () => {
    outgoing.write(' a\tb\u202e\u2028c ');
    outgoing.write(' \u200b\n');
    expect(written.map(({ text }) => text)).toEqual(['a b\nc']);
  });

  it('waitsForAConnectionAndGoesOnByTheNextWithTheSameId', () => {
    connected = false;
    outgoing.write('a');
    outgoing.write('b');
    vi.advanceTimersByTime(3_600_000);
    expect([sent, unsaid]).toEqual([[], []]);
    connected = true;
    outgoing.connected();
    expect(texts()).toEqual(['a']);
    // The connection is lost, and with it perhaps the line.
    outgoing.connected();
    expect(texts()).toEqual(['a', 'a']);
    expect(sent[0]).toEqual(sent[1]);
    acknowledge();
    vi.advanceTimersByTime(100);
    expect(texts()).toEqual(['a', 'a', 'b']);
  });

  it('isAcknowledgedByAnEdgeThatPassesNoIdsOn', () => {
    outgoing.write('a');
    expect(outgoing.heard(0, 'something else')).toBeNull();
    expect(outgoing.heard(0, 'a')).toEqual(sent[0]);
    outgoing.connected();
    expect(texts()).toEqual(['a']);
  });

  it('slowsDownToHalfOfWhatTheEdgeAllowsUntilNothingWaits', () => {
    for (const text of ['a', 'b', 'c']) outgoing.write(text);
    expect(outgoing.refused('rate_limited', '', 400)).toBe(true);
    vi.advanceTimersByTime(799);
    expect(texts()).toEqual(['a']);
    vi.advanceTimersByTime(1);
    acknowledge();
    vi.advanceTimersByTime(799);
    expect(texts()).toEqual(['a', 'a']);
    vi.advanceTimersByTime(1);
    acknowledge();
    vi.advanceTimersByTime(800);
    acknowledge();
    vi.advanceTimersByTime(800);
    outgoing.write('d');
    outgoing.write('e');
    acknowledge();
    vi.advanceTimersByTime(100);
    expect(texts()).toEqual(['a', 'a', 'b', 'c', 'd', 'e']);
    expect(unsaid).toEqual([]);
  });

  it('waitsForTheEdgesPermissionAsOftenAsItTakes', () => {
    outgoing.write('a');
    for (let i = 0; i < 20; i++) {
      outgoing.refused('rate_limited', '', 50);
      vi.advanceTimersByTime(100);
    }
    acknowledge();
    expect([sent.length, unsaid]).toEqual([21, []]);
  });

  it('isWhyOtherRequestsAreRefusedUntilItHasRested', () => {
    outgoing.write('a');
    acknowledge();
    expect(outgoing.refused('rate_limited', '', 50)).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(outgoing.refused('rate_limited', '', 50)).toBe(false);
    expect([sent.length, unsaid]).toEqual([1, []]);
  });

  it('isNotWhatIsRefusedWhileNoLineIsOnItsWay', () => {
    expect(outgoing.refused('rate_limited', '', 50)).toBe(false);
    outgoing.write('a');
    expect(outgoing.refused('bad_name', '', 0)).toBe(false);
    acknowledge();
    outgoing.write('b');
    expect(outgoing.refused('bad_text', '', 0)).toBe(false);
    expect(unsaid).toEqual([]);
  });

  it('isGivenBackWhenTheEdgeRefusesIt', () => {
    outgoing.write('a');
    outgoing.write('b');
    expect(outgoing.refused('bad_text', '!', 0)).toBe(true);
    vi.advanceTimersByTime(100);
    expect([unsaid, texts()]).toEqual([['a: refused!'], ['a', 'b']]);
  });

  it('isGivenBackWhenTheTokenDoesNotGrantIt', () => {
    outgoing.write('a');
    expect(outgoing.refused('forbidden', 'Your token does not grant you this: reactions.', 0)).toBe(false);
    expect(outgoing.refused('forbidden', 'Your token does not grant you this: chat.', 0)).toBe(true);
    expect(unsaid).toEqual(['a: forbidden']);
  });

  it('isGivenBackWhenItIsTooLongForAnyEdge', () => {
    outgoing.write('🙂'.repeat(MAX_LINE));
    outgoing.write('x'.repeat(MAX_LINE + 1));
    acknowledge();
    vi.advanceTimersByTime(60_000);
    expect([sent.length, unsaid.length, unsaid[0]?.slice(-8)]).toEqual([1, 1, 'too-long']);
  });

  it('isSaidAgainFiveTimesToAnEdgeThatNeverAcknowledgesIt', () => {
    outgoing.write('a');
    outgoing.write('b');
    vi.advanceTimersByTime(49_999);
    expect(texts()).toEqual(['a', 'a', 'a', 'a', 'a']);
    expect(unsaid).toEqual([]);
    vi.advanceTimersByTime(101);
    expect([unsaid, texts().at(-1)]).toEqual([['a: unanswered'], 'b']);
  });

  it('isGivenBackWhenNoConnectionSurvivesIt', () => {
    outgoing.write('a');
    for (let i = 0; i < 10; i++) outgoing.connected();
    expect([sent.length, unsaid]).toEqual([5, ['a: unanswered']]);
  });

  it('isAcknowledgedLateAllTheSame', () => {
    outgoing.write('a');
    vi.advanceTimersByTime(10_000);
    outgoing.refused('rate_limited', '', 1_000);
    acknowledge();
    vi.advanceTimersByTime(60_000);
    expect([texts(), unsaid]).toEqual([['a', 'a'], []]);
  });

  it('isWrittenAgainWithItsId', () => {
    outgoing.write('a', 7);
    outgoing.write('a', 7);
    outgoing.write('b', 8);
    expect(written).toEqual([
      { id: 7, text: 'a' },
      { id: 8, text: 'b' },
    ]);
    // What was given up before arrived after all.
    expect(outgoing.heard(8, 'b')).toEqual({ id: 8, text: 'b' });
    outgoing.heard(7, 'a');
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual(['a']);
  });

  it('isGivenBackWhenTooMuchWaits', () => {
    connected = false;
    for (let i = 0; i <= MAX_WAITING; i++) outgoing.write(String(i));
    expect(unsaid).toEqual([`${MAX_WAITING}: full`]);
  });

  it('isGivenBackAtTheEnd', () => {
    outgoing.write('a');
    outgoing.write('b');
    outgoing.end();
    outgoing.write('c');
    outgoing.end();
    vi.advanceTimersByTime(60_000);
    expect(unsaid).toEqual(['a: ended', 'b: ended', 'c: ended']);
    expect(texts()).toEqual(['a']);
  });
});
