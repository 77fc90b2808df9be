import { describe, expect, it } from 'vitest';
import { BitrateControl } from './bitrate-control';

const GOOD = { uplinkLoss: 0, listenersLoss: 0, unsent: 0, maxBitrate: 0 };

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
    expect(afterReports(20, GOOD).coding(false)).toEqual({ bitrate: 48_000, expectedLoss: 6 });
  });

  it('fallsToTheLeastOnAnUplinkThatCannotCarryIt', () => {
    expect(afterReports(20, { ...GOOD, unsent: 3 }).coding(false).bitrate).toBe(12_000);
  });

  it('keepsRoomForErrorCorrectionWhereFramesAreLost', () => {
    expect(afterReports(20, { ...GOOD, listenersLoss: 0.18 }).coding(false)).toEqual({
      bitrate: 20_000,
      expectedLoss: 20,
    });
  });

  it('staysWhereLossIsOfAnotherKindAndIsProtectedMore', () => {
    const lossy = afterReports(20, { ...GOOD, uplinkLoss: 0.08, listenersLoss: 0.04 }).coding(false);
    expect(lossy).toEqual({ bitrate: 48_000, expectedLoss: 10 });
  });

  it('comesBackWhenTheLinkDoes', () => {
    const control = afterReports(20, { ...GOOD, uplinkLoss: 0.3 });
    expect(control.coding(false).expectedLoss).toBe(30);
    expect(afterReports(40, GOOD, control).coding(false)).toEqual({ bitrate: 48_000, expectedLoss: 6 });
  });

  it('staysBelowWhatTheTokenAllowsAndGrowsAgainWhenThatDoes', () => {
    const control = afterReports(20, { ...GOOD, maxBitrate: 24_000 });
    expect(control.coding(false).bitrate).toBe(21_600);
    expect(control.coding(true).bitrate).toBe(21_600);
    expect(afterReports(1, { ...GOOD, maxBitrate: 1_000 }, control).coding(false).bitrate).toBe(6_000);
    expect(afterReports(1, GOOD, control).coding(false).bitrate).toBe(48_000);
  });

  it('ofMusicDoesNotFollowTheLink', () => {
    expect(afterReports(20, { ...GOOD, unsent: 3 }).coding(true).bitrate).toBe(96_000);
  });
});
