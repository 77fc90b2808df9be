import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { EventSchema, RequestSchema } from '../gen/confab/v1/control_pb';
import { type Event, readEvents, writeRequest } from './control';
import { Roster } from './roster';
import { Wish } from './wish';

const person = (number: number, name: string, muted = false) => ({
  number,
  user: name.toLowerCase(),
  name,
  muted,
});
const event = (kind: Parameters<typeof create<typeof EventSchema>>[1]): Event => create(EventSchema, kind);
const welcome = event({
  kind: {
    case: 'welcome',
    value: {
      room: 'r',
      you: person(2, 'You'),
      participants: [person(1, 'Ann'), person(2, 'You')],
    },
  },
});

describe('a roster', () => {
  it('beginsWithTheWelcomeOneselfFirst', () => {
    const roster = new Roster();
    expect(roster.apply(welcome)).toEqual([]);
    expect(roster.list().map((presence) => presence.name)).toEqual(['You', 'Ann']);
    expect(roster.you?.number).toBe(2);
  });

  it('followsTheEventsAfterIt', () => {
    const roster = new Roster();
    roster.apply(welcome);
    expect(
      roster.apply(event({ kind: { case: 'joined', value: { participant: person(3, 'Cy') } } })),
    ).toEqual([{ kind: 'joined', name: 'Cy' }]);
    expect(
      roster.apply(event({ kind: { case: 'updated', value: { participant: person(3, 'Cyd', true) } } })),
    ).toEqual([{ kind: 'renamed', name: 'Cyd', before: 'Cy' }]);
    expect(roster.list()[2]).toMatchObject({ name: 'Cyd', muted: true });
    expect(roster.apply(event({ kind: { case: 'left', value: { number: 1, reason: 'left' } } }))).toEqual([
      { kind: 'left', name: 'Ann' },
    ]);
    expect(roster.apply(event({ kind: { case: 'left', value: { number: 99, reason: 'left' } } }))).toEqual(
      [],
    );
    expect(roster.list().map((presence) => presence.number)).toEqual([2, 3]);
  });

  it('tellsNothingOfThoseWhoWereThereAlready', () => {
    const roster = new Roster();
    roster.apply(welcome);
    const joined = (already: boolean, number: number) =>
      event({ kind: { case: 'joined', value: { participant: person(number, 'Cy'), already } } });
    expect(roster.apply(joined(true, 3))).toEqual([]);
    expect(roster.apply(joined(false, 3))).toEqual([]);
    expect(roster.list()).toHaveLength(3);
  });

  it('showsWhoIsAwayAndBack', () => {
    const roster = new Roster();
    roster.apply(welcome);
    const updated = (away: boolean) =>
      event({ kind: { case: 'updated', value: { participant: { ...person(1, 'Ann'), away } } } });
    expect(roster.apply(updated(true))).toEqual([]);
    expect(roster.list()[1]).toMatchObject({ name: 'Ann', away: true });
    roster.apply(updated(false));
    expect(roster.list()[1]).toMatchObject({ away: false });
  });

  it('takesTheWelcomeOfAResumedSessionAsAChange', () => {
    const roster = new Roster();
    roster.apply(welcome);
    const resumed = event({
      kind: {
        case: 'welcome',
        value: {
          room: 'r',
          you: person(2, 'You'),
          participants: [person(4, 'Di'), person(2, 'You')],
          resumed: true,
        },
      },
    });
    expect(roster.apply(resumed)).toEqual([{ kind: 'joined', name: 'Di' }]);
    expect(roster.list().map(({ name, away }) => [name, away])).toEqual([
      ['You', false],
      ['Ann', true],
      ['Di', false],
    ]);
    expect(roster.dropMissing().map(({ name }) => name)).toEqual(['Ann']);
    expect(roster.list().map(({ name }) => name)).toEqual(['You', 'Di']);
    expect(roster.dropMissing()).toEqual([]);
  });
});

describe('control messages', () => {
  it('areWrittenAsTheSchemaSays', () => {
    const read = (bytes: Uint8Array) => fromBinary(RequestSchema, bytes).kind;
    expect(read(writeRequest({ kind: 'ping', time: 123n }))).toMatchObject({
      case: 'ping',
      value: { time: 123n },
    });
    expect(read(writeRequest({ kind: 'mute', muted: true }))).toMatchObject({
      case: 'setMuted',
      value: { muted: true },
    });
    expect(read(writeRequest({ kind: 'deafen', deafened: false }))).toMatchObject({ case: 'setDeafened' });
    expect(read(writeRequest({ kind: 'rename', name: 'Ü' }))).toMatchObject({ value: { name: 'Ü' } });
    expect(read(writeRequest({ kind: 'enter', resume: 't', attempt: 2 }))).toMatchObject({
      case: 'enter',
      value: { resume: 't', attempt: 2 },
    });
    expect(read(writeRequest({ kind: 'report', received: 9, lost: 2 }))).toMatchObject({
      case: 'receiverReport',
      value: { received: 9, lost: 2 },
    });
    expect(read(writeRequest({ kind: 'leave' }))).toMatchObject({ case: 'leave' });
  });

  it('ofReportsAndSpeakersAreTheBytesThatEdgesReadAndWrite', () => {
    expect([...writeRequest({ kind: 'report', received: 50, lost: 3 })]).toEqual([
      0x42, 4, 0x08, 50, 0x10, 3,
    ]);
    const speakers = [0x52, 8, 0x0a, 6, 0xfe, 0xff, 0xff, 0xff, 0x0f, 7];
    const kind = { case: 'speakers', value: { numbers: [2 ** 32 - 2, 7] } };
    expect(readEvents(Uint8Array.from(speakers))).toMatchObject([{ kind }]);
    expect(readEvents(Uint8Array.of(0x5a, 24, 0x0a, 10, ...speakers, 0x0a, 10, ...speakers))).toMatchObject([
      { kind },
      { kind },
    ]);
  });

  it('ofAnUnknownKindAreSkippedAndBrokenOnesThrow', () => {
    expect(readEvents(Uint8Array.of(0xfa, 0x01, 0))[0]?.kind.case).toBeUndefined();
    expect(readEvents(toBinary(EventSchema, welcome))[0]?.kind.case).toBe('welcome');
    expect(() => readEvents(Uint8Array.of(0x0a, 0x7f, 1))).toThrow();
  });
});

describe('a wish', () => {
  it('standsUntilTheEdgeConfirmsIt', () => {
    const muted = new Wish(false);
    muted.set(true);
    muted.set(false);
    muted.set(true);
    expect(muted.hear(false)).toBe(false);
    expect(muted.value).toBe(true);
    expect(muted.hear(true)).toBe(false);
    expect(muted.hear(false)).toBe(true);
    expect(muted.value).toBe(false);
  });

  it('fallsBackWhenRefused', () => {
    const muted = new Wish(false);
    expect(muted.refuse()).toBe(false);
    muted.set(true);
    expect(muted.refuse()).toBe(true);
    expect(muted.value).toBe(false);
  });
});
