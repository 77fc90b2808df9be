import { describe, expect, it } from 'vitest';
import { BitrateControl } from './bitrate-control';

const GOOD = { uplinkLoss: 0, listenersLoss: 0, unsent: 0 };

function afterReports(
  count: number,
  report: Parameters<BitrateControl['report']>[0],
  control = new BitrateControl(),
) {
  for (let i = 0; i < count; i++) control.report(report);
  return control;
}

describe('the bitrate', () => {
  it('growsToTheMostWhenAllIsWell', () => {
    expect(afterReports(20, GOOD).coding).toEqual({ bitrate: 48_000, expectedLoss: 6 });
  });

  it('fallsToTheLeastOnAnUplinkThatCannotCarryIt', () => {
    expect(afterReports(20, { ...GOOD, unsent: 3 }).coding.bitrate).toBe(12_000);
  });

  it('keepsRoomForErrorCorrectionWhereFramesAreLost', () => {
    expect(afterReports(20, { ...GOOD, listenersLoss: 0.18 }).coding).toEqual({
      bitrate: 20_000,
      expectedLoss: 20,
    });
  });

  it('staysWhereLossIsOfAnotherKindAndIsProtectedMore', () => {
    const lossy = afterReports(20, { ...GOOD, uplinkLoss: 0.08, listenersLoss: 0.04 }).coding;
    expect(lossy).toEqual({ bitrate: 48_000, expectedLoss: 10 });
  });

  it('comesBackWhenTheLinkDoes', () => {
    const control = afterReports(20, { ...GOOD, uplinkLoss: 0.3 });
    expect(control.coding.expectedLoss).toBe(30);
    expect(afterReports(40, GOOD, control).coding).toEqual({ bitrate: 48_000, expectedLoss: 6 });
  });

  it('changesOnlyWhenThereIsSomethingNew', () => {
    const control = afterReports(40, GOOD);
    expect(control.report(GOOD)).toBeNull();
  });
});
