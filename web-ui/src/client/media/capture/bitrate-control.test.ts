import { describe, expect, it } from 'vitest';
import { BitrateControl } from './bitrate-control';

const GOOD = { uplinkLoss: 0, listenersLoss: 0, unsent: 0 };

function after(count: number, report: Parameters<BitrateControl['report']>[0], control = new BitrateControl()) {
  for (let i = 0; i < count; i++) control.report(report);
  return control;
}

describe('the bitrate', () => {
  it('growsToTheMostWhenAllIsWell', () => {
    expect(after(20, GOOD).coding).toEqual({ bitrate: 48_000, expectedLoss: 6 });
  });

  it('fallsToTheLeastOnAnUplinkThatCannotCarryIt', () => {
    expect(after(20, { ...GOOD, unsent: 3 }).coding.bitrate).toBe(12_000);
  });

  it('keepsRoomForErrorCorrectionWhereFramesAreLost', () => {
    expect(after(20, { ...GOOD, listenersLoss: 0.18 }).coding).toEqual({ bitrate: 20_000, expectedLoss: 20 });
  });

  it('staysWhereLossIsOfAnotherKindAndIsProtectedMore', () => {
    const lossy = after(20, { ...GOOD, uplinkLoss: 0.08, listenersLoss: 0.04 }).coding;
    expect(lossy).toEqual({ bitrate: 48_000, expectedLoss: 10 });
  });

  it('comesBackWhenTheLinkDoes', () => {
    const control = after(20, { ...GOOD, uplinkLoss: 0.3 });
    expect(control.coding.expectedLoss).toBe(30);
    expect(after(40, GOOD, control).coding).toEqual({ bitrate: 48_000, expectedLoss: 6 });
  });

  it('changesOnlyWhenThereIsSomethingNew', () => {
    const control = after(40, GOOD);
    expect(control.report(GOOD)).toBeNull();
  });
});
