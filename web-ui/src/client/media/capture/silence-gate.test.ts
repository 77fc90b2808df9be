import { describe, expect, it } from 'vitest';
import { SilenceGate } from './silence-gate';

const LOUD = { voice: true, dbov: 20 };
const SILENT = { voice: false, dbov: 90 };

describe('silence', () => {
  it('isSentForAMomentAndThenNotAtAll', () => {
    const gate = new SilenceGate<number>();
    gate.pass(0, LOUD);
    const sent = Array.from({ length: 100 }, (_, i) => gate.pass(i + 1, SILENT)).flat();
    expect(sent).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('endsWithTheFrameBeforeTheFirstSound', () => {
    const gate = new SilenceGate<number>();
    for (let i = 0; i < 50; i++) gate.pass(i, SILENT);
    expect(gate.pass(50, LOUD)).toEqual([49, 50]);
    expect(gate.pass(51, LOUD)).toEqual([51]);
  });

  it('betweenWordsCutsNothing', () => {
    const gate = new SilenceGate<number>();
    const sent = Array.from({ length: 100 }, (_, i) => gate.pass(i, i % 10 === 0 ? LOUD : SILENT)).flat();
    expect(sent).toHaveLength(100);
  });

  it('beforeAPauseOfTheMicrophoneIsForgotten', () => {
    const gate = new SilenceGate<number>();
    for (let i = 0; i < 50; i++) gate.pass(i, SILENT);
    gate.restart();
    expect(gate.pass(50, LOUD)).toEqual([50]);
  });
});
