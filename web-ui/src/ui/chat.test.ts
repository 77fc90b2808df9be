import { describe, expect, it } from 'vitest';
import { apply, type Happening, NOTHING_YET, type RoomView } from './room-view';

const ANN = {
  user: 'ann',
  muted: false,
  deafened: false,
  handRaised: false,
  handRaisedAt: 0,
  away: false,
  lookalike: false,
  listener: false,
  verified: false,
};
const HERE: Happening = { kind: 'roster', present: [{ ...ANN, number: 1, name: 'Ann' }], you: 1 };

function writing(id: number, text: string): Happening {
  return { kind: 'writing', id, text, at: id };
}

function said(id: number, text: string, own = true): Happening {
  return { kind: 'said', id, name: own ? 'Ann' : 'Bea', lookalike: false, own, text, at: 100 + id };
}

function unsaid(id: number, why: 'refused' | 'unanswered' | 'ended'): Happening {
  return { kind: 'unsaid', id, why, message: 'because' };
}

const OVER: Happening = {
  kind: 'state',
  state: { phase: 'ended', failure: { kind: 'ending', ending: 'connection_lost' } },
};

function viewAfter(...happenings: Happening[]): RoomView {
  return [HERE, ...happenings].reduce(apply, NOTHING_YET);
}

/** What is read, and what became of it. */
function read({ messages, unsaid }: RoomView): string[] {
  return [
    ...messages.map(({ name, text }) => `${name}: ${text}`),
    ...unsaid.map(({ name, text, why }) => `${name}: ${text} (${why ?? 'sending'})`),
  ];
}

describe('the chat', () => {
  it('showsOnesOwnMessageAtOnceAndInItsPlaceOnceItIsSaid', () => {
    const sending = viewAfter(writing(7, 'first'), writing(8, 'second'), said(5, 'hers', false));
    expect(read(sending)).toEqual(['Bea: hers', 'Ann: first (sending)', 'Ann: second (sending)']);
    const done = [said(7, 'first'), said(6, 'more', false), said(8, 'second')].reduce(apply, sending);
    expect(read(done)).toEqual(['Bea: hers', 'Ann: first', 'Bea: more', 'Ann: second']);
    // It stays the same bubble.
    expect(done.messages[1]?.id).toBe(sending.unsaid[0]?.id);
    expect(new Set(done.messages.map(({ id }) => id)).size).toBe(4);
    expect(done.messages[1]?.at).toBe(107);
    expect(done.unread).toBe(2);
  });

  it('takesNoMessageOfAnotherForOnesOwn', () => {
    const view = viewAfter(writing(7, 'mine'), said(7, 'theirs', false), said(0, 'of an old page'));
    expect(read(view)).toEqual(['Bea: theirs', 'Ann: of an old page', 'Ann: mine (sending)']);
  });

  it('saysWhatWasNotSentAndSendsItAgainAtTheEnd', () => {
    const view = viewAfter(writing(7, 'a'), writing(8, 'b'), unsaid(7, 'unanswered'));
    expect(read(view)).toEqual(['Ann: a (unanswered)', 'Ann: b (sending)']);
    expect(view.unsaid[0]?.reason).toBe('because');
    expect(read(apply(view, writing(7, 'a')))).toEqual(['Ann: b (sending)', 'Ann: a (sending)']);
    expect(read(apply(view, { kind: 'dropped', line: 7 }))).toEqual(['Ann: b (sending)']);
    // It arrived after all.
    expect(read(apply(view, said(7, 'a')))).toEqual(['Ann: a', 'Ann: b (sending)']);
  });

  it('tellsWhoDoesNotReadItThatAMessageWasNotSent', () => {
    const closed = viewAfter(writing(7, 'a'), unsaid(7, 'refused'));
    expect(closed.notices.map(({ told }) => told.kind)).toEqual(['unsaid']);
    const open = viewAfter({ kind: 'reading', reading: true }, writing(7, 'a'), unsaid(7, 'refused'));
    expect(open.notices).toEqual([]);
    expect(viewAfter(writing(7, 'a'), unsaid(7, 'ended')).notices).toEqual([]);
  });

  it('keepsWhatWasNotSentWhenTheSessionEnds', () => {
    const view = viewAfter(
      said(5, 'hers', false),
      writing(7, 'a'),
      writing(8, 'b'),
      unsaid(8, 'refused'),
      OVER,
    );
    expect(read(view)).toEqual(['Ann: a (ended)', 'Ann: b (refused)']);
    expect(view.unread).toBe(0);
  });

  it('hasWhatWasNotSentBeforeThePageWasLoadedAnew', () => {
    const before = viewAfter(writing(7, 'a'), writing(8, 'b'), OVER);
    const view = [{ kind: 'restored', unsaid: before.unsaid } as const, writing(9, 'c')].reduce(
      apply,
      NOTHING_YET,
    );
    expect(view.unsaid.map(({ text, why }) => [text, why])).toEqual([
      ['a', 'ended'],
      ['b', 'ended'],
      ['c', null],
    ]);
    expect(new Set(view.unsaid.map(({ id }) => id)).size).toBe(3);
  });
});
