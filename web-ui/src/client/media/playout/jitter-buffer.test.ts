import { describe, expect, it } from 'vitest';
import { generator } from '../../testing/random';
import { JitterBuffer, type Step } from './jitter-buffer';

const TICK = 256;
const DEADLINE = 384;
const FRAME = 960;
const TOP_UP = DEADLINE + 3 * TICK;

/** 20 ms SILK; the second byte tells frames apart. */
const payload = (mark: number): Uint8Array => Uint8Array.of(9 << 3, mark & 0xff, mark >> 8);
const markOf = (bytes: Uint8Array): number => (bytes[1] ?? 0) + ((bytes[2] ?? 0) << 8);

/** Plays a buffer as speaker and worklet would, on a clock of ticks (5.33 ms). */
class Player {
  readonly buffer = new JitterBuffer(TICK);
  readonly steps: Step[] = [];
  ready = 0;
  gaps = 0;
  /** What the speaker's clock is ahead of its sequences. */
  clock = 0;

  /** @param arrivals what comes in during each tick */
  run(ticks: number, arrivals: (tick: number) => number[] = () => [], quiet = false): this {
    for (let tick = 0; tick < ticks; tick++) {
      for (const sequence of arrivals(tick)) {
        this.put(sequence, quiet);
        this.fill();
      }
      if (this.buffer.playing && this.ready < TICK) this.gaps++;
      this.ready = Math.max(0, this.ready - TICK);
      this.buffer.look();
      this.fill();
    }
    return this;
  }

  put(sequence: number, quiet = false): void {
    const timestamp = (sequence * FRAME + this.clock) >>> 0;
    this.buffer.put(
      { sequence: sequence >>> 0, timestamp, payload: payload(sequence & 0xffff) },
      quiet,
      this.ready,
    );
  }

  fill(): void {
    while (this.ready < TOP_UP) {
      const step = this.buffer.pull(this.ready, DEADLINE);
      if (!step) return;
      this.steps.push(step);
      if (step.kind !== 'leave-out') this.ready += step.samples;
    }
  }

  kinds(): string[] {
    return this.steps.map((step) => step.kind);
  }

  count(kind: Step['kind']): number {
    return this.steps.filter((step) => step.kind === kind).length;
  }

  played(): number[] {
    return this.steps.flatMap((step) => (step.kind === 'decode' ? [markOf(step.payload)] : []));
  }
}

/** A frame each 20 ms on the tick clock, from sequence `first` on, shaped by `shape` (null loses it). */
function stream(
  count: number,
  shape: (n: number) => number | null = () => 0,
  first = 0,
): (tick: number) => number[] {
  const byTick = new Map<number, number[]>();
  for (let n = 0; n < count; n++) {
    const delay = shape(n);
    if (delay === null) continue;
    const tick = Math.floor((n * FRAME) / TICK + delay);
    byTick.set(tick, [...(byTick.get(tick) ?? []), first + n]);
  }
  return (tick) => byTick.get(tick) ?? [];
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('a jitter buffer', () => {
  it('playsAnEvenStreamInOrderWithoutMakingAnythingUp', () => {
    const player = new Player().run(1870, stream(500));
    expect(player.played().slice(0, 498)).toEqual(range(0, 498));
    expect(player.gaps).toBe(0);
    expect(player.buffer.stats()).toMatchObject({ lost: 0, late: 0, leftOut: 0, expanded: 0 });
  });

  it('holdsBackUntilThereIsEnoughToStart', () => {
    const player = new Player().run(3, stream(1));
    expect(player.steps).toEqual([]);
    player.run(10);
    expect(player.kinds()[0]).toBe('decode');
  });

  it('startsWithoutTheBacklogOfALateDecoder', () => {
    const player = new Player();
    for (let n = 0; n < 12; n++) player.put(n);
    player.fill();
    expect(player.played()[0]).toBe(8);
    expect(player.ready + player.buffer.waitingSamples).toBeLessThanOrEqual(4 * FRAME);
  });

  it('putsReorderedFramesBackInOrder', () => {
    // Every fifth frame arrives just after the one that follows it.
    const player = new Player().run(
      1870,
      stream(500, (n) => (n % 5 === 0 && n > 0 ? 4 : 0)),
    );
    expect(player.played().slice(50, 490)).toEqual(
      range(player.played()[50] ?? -1, (player.played()[50] ?? -1) + 440),
    );
    expect(player.buffer.stats().late).toBe(0);
    expect(player.buffer.stats().lost).toBe(0);
  });

  it('makesUpForASingleLossWithoutAGap', () => {
    const player = new Player().run(
      800,
      stream(200, (n) => (n === 100 ? null : 0)),
    );
    expect(player.buffer.stats().lost).toBe(1);
    expect(player.played()).toEqual(range(0, 200).filter((n) => n !== 100));
    expect(player.gaps).toBe(0);
  });

  it('waitsLongerOnALossyNetworkSoThatLostFramesAreRecoveredFromTheOneAfter', () => {
    const lossy = (n: number): number | null => (n % 25 === 24 ? null : 0);
    const player = new Player().run(3740, stream(1000, lossy));
    const recovered = player.steps.flatMap((step) => (step.kind === 'recover' ? [markOf(step.payload)] : []));
    expect(recovered.length).toBeGreaterThan(30);
    expect(recovered.every((mark) => mark % 25 === 0)).toBe(true);
    expect(player.gaps).toBe(0);
  });

  it('concealsTheFirstOfTwoLostFramesAndRecoversTheSecond', () => {
    const player = new Player().run(
      740,
      stream(200, (n) => (n === 100 || n === 101 ? null : 0)),
    );
    const { lost, expanded } = player.buffer.stats();
    expect(lost).toBe(2);
    // Sound made up before anything newer was here counts for the lost frame.
    expect(player.count('recover') + player.count('conceal')).toBeGreaterThanOrEqual(2);
    expect(expanded).toBeLessThanOrEqual(2);
    expect(player.gaps).toBe(0);
  });

  it('hearsDuplicatesOnce', () => {
    const once = stream(200);
    const player = new Player().run(800, (tick) => once(tick).flatMap((n) => [n, n, n]));
    expect(player.played()).toEqual(range(0, 200));
  });

  it('doesNotMindDuplicatesByAnotherPathWhicheverIsFaster', () => {
    // For a while every frame also comes over a second path, first 30 ms behind, then 30 ms ahead.
    const jittery = (n: number): number => (n * 7) % 4;
    const one = stream(1000, jittery);
    const behind = stream(100, (n) => jittery(n) + 6, 300);
    const ahead = stream(100, jittery, 600);
    const shift = (n: number): number => Math.floor((n * FRAME) / TICK);
    const single = new Player().run(3760, one);
    const both = new Player().run(3760, (tick) => [
      ...ahead(tick - shift(600) + 6),
      ...one(tick),
      ...behind(tick - shift(300)),
    ]);
    expect(both.buffer.stats()).toMatchObject({ received: 1000, duplicates: 200, lost: 0, late: 0 });
    expect(both.played()).toEqual(single.played());
    expect(both.gaps).toBe(0);
    expect(
      Math.abs(both.ready + both.buffer.waitingSamples - single.ready - single.buffer.waitingSamples),
    ).toBeLessThan(FRAME);
  });

  it('doesNotPlayAgainWhatCameBeforeAPause', () => {
    const player = new Player().run(500, stream(50));
    player
      .run(1, () => [50])
      .run(1, () => [48])
      .run(
        100,
        stream(20, () => 0, 51),
      );
    expect(player.played()).toEqual(range(0, 71));
    expect(player.buffer.stats()).toMatchObject({ duplicates: 1, lost: 0, late: 0 });
  });

  it('countsFramesThatComeTooLate', () => {
    const player = new Player().run(
      740,
      stream(200, (n) => (n === 100 ? 60 : 0)),
    );
    expect(player.buffer.stats().late).toBe(1);
    expect(player.played()).not.toContain(100);
  });

  it('cutsTheBacklogOfAStallAndCatchesUp', () => {
    // Frames 100 to 174 (1.5 s) come all at once at the end of the stall.
    const release = Math.floor((175 * FRAME) / TICK);
    const player = new Player().run(
      1500,
      stream(400, (n) => (n >= 100 && n < 175 ? release - Math.floor((n * FRAME) / TICK) : 0)),
    );
    expect(player.buffer.stats().leftOut).toBeGreaterThan(50);
    expect(player.buffer.stats().late).toBe(0);
    expect(player.buffer.waitingSamples + player.ready).toBeLessThan(4 * FRAME);
    expect(player.played().at(-1)).toBe(399);
  });

  it('endsWithAFadeAndBeginsAnewAfterAPause', () => {
    const player = new Player().run(500, stream(50));
    const last = player.steps.at(-1);
    expect(last).toMatchObject({ kind: 'conceal', last: true });
    expect(player.buffer.playing).toBe(false);
    player.run(
      100,
      stream(20, () => 0, 50),
    );
    expect(player.played()).toEqual(range(0, 70));
    expect(player.buffer.stats().lost).toBe(0);
  });

  it('countsAsMadeUpWhatIsMissingAndNotTheEndOfSpeech', () => {
    const spoken = new Player().run(500, stream(50));
    spoken.clock += 300 * TICK;
    spoken.run(
      200,
      stream(50, () => 0, 50),
    );
    expect(spoken.buffer.stats()).toMatchObject({ lost: 0, expanded: 0 });
    // The same silence, but the speaker's clock stood still meanwhile: it was the link's.
    const stalled = new Player().run(500, stream(50)).run(
      200,
      stream(50, () => 0, 50),
    );
    expect(stalled.buffer.stats()).toMatchObject({ lost: 0, expanded: 4 });
    const lossy = new Player().run(
      800,
      stream(200, (n) => (n === 100 ? null : 0)),
    );
    expect(lossy.buffer.stats()).toMatchObject({ lost: 1, recovered: 0, expanded: 0 });
  });

  it('keepsItsDelayWhenSpeechStopsForAMomentOnly', () => {
    for (const silence of [4, 8, 12, 16, 24, 32]) {
      const player = new Player().run(375, stream(100));
      const before = player.ready + player.buffer.waitingSamples;
      for (let pause = 1; pause <= 10; pause++) {
        player.run(silence);
        player.clock += silence * TICK;
        player.run(
          75,
          stream(20, () => 0, 80 + 20 * pause),
        );
      }
      const { expanded, lost, late } = player.buffer.stats();
      expect([silence, expanded, lost, late]).toEqual([silence, 0, 0, 0]);
      expect(Math.abs(player.ready + player.buffer.waitingSamples - before)).toBeLessThan(2 * TICK);
    }
  });

  it('goesOnAfterAPauseWithTheDelayThatItNeeds', () => {
    const random = generator(3);
    const jittery = (): number => random(8);
    const player = new Player().run(1135, stream(300, jittery));
    const before = player.buffer.stats();
    for (let pause = 1; pause <= 10; pause++) {
      player.run(140);
      player.clock += 150 * TICK;
      player.run(85, stream(20, jittery, 280 + 20 * pause));
    }
    const after = player.buffer.stats();
    expect(after.late + after.lost - before.late - before.lost).toBeLessThan(3);
    expect(after.received).toBe(500);
  });

  it('findsTheDelayAnewWhenTheClockOfTheSpeakerJumps', () => {
    const player = new Player().run(500, stream(50));
    player.clock = -1_000_000;
    player.run(
      200,
      stream(50, () => 0, 50),
    );
    expect(player.played()).toEqual(range(0, 100));
    expect(player.gaps).toBe(0);
  });

  it('doesNotMakeUpWhatWasLostInAPause', () => {
    const player = new Player().run(500, stream(50)).run(
      100,
      stream(20, () => 0, 90),
    );
    expect(player.played()).toEqual([...range(0, 50), ...range(90, 110)]);
    expect(player.buffer.stats()).toMatchObject({ lost: 0, recovered: 0 });
  });

  it('countsOnAcrossTheWrapOfTheSequence', () => {
    const player = new Player().run(
      800,
      stream(200, (n) => (n === 100 ? null : 0), 0xffffffff - 99),
    );
    expect(player.played()).toHaveLength(199);
    expect(player.buffer.stats()).toMatchObject({ lost: 1, late: 0 });
  });

  it('beginsAnewWhenTheSequenceJumps', () => {
    const player = new Player().run(200, stream(50)).run(
      200,
      stream(50, () => 0, 1_000_000),
    );
    expect(player.played().at(-1)).toBe((1_000_000 + 49) & 0xffff);
    expect(player.buffer.stats().lost).toBe(0);
  });

  it('shrinksDelayThatIsNeverNeeded', () => {
    // The first frames are 100 ms faster than all others would need; then the network is even.
    const player = new Player().run(
      4000,
      stream(1060, (n) => (n < 3 ? 0 : n < 20 ? 15 : 0)),
    );
    const slack = player.ready + player.buffer.waitingSamples;
    expect(slack).toBeLessThan(3 * FRAME);
  });

  it('followsAClockThatIsFaster', () => {
    // 0.1 % more frames than are played: without steering 60 s would gather 60 ms.
    const player = new Player().run(11_200, (tick) => stream3(tick, 0.999));
    expect(player.ready + player.buffer.waitingSamples).toBeLessThan(3 * FRAME);
    expect(player.buffer.stats().expanded).toBeLessThan(5);
  });

  it('ridesOutJitterWithFewRepairs', () => {
    const random = generator(7);
    const player = new Player().run(
      7500,
      stream(1990, () => random(8)),
    );
    const { late, lost } = player.buffer.stats();
    expect(late + lost).toBeLessThan(20);
    expect(player.gaps).toBe(0);
  });

  it('survivesAnySequenceOfEvents', () => {
    const random = generator(42);
    for (let round = 0; round < 200; round++) {
      const player = new Player();
      let sequence = random(2 ** 16);
      player.run(
        100,
        () =>
          Array.from({ length: random(4) }, () => {
            sequence += random(5) - 1;
            return random(50) === 0 ? random(2 ** 31) : sequence;
          }),
        random(2) === 0,
      );
      expect(player.ready).toBeLessThan(TOP_UP + 3 * FRAME);
    }
  });
});

const sent = new Map<number, number>();
/** Frames from a clock whose frames last `share` of ours. */
function stream3(tick: number, share: number): number[] {
  const due = Math.floor((tick * TICK) / (FRAME * share));
  const from = sent.get(0) ?? 0;
  sent.set(0, due + 1);
  return range(from, due + 1);
}
