import { describe, expect, it } from 'vitest';
import { arrange, capacityOf, GAP } from './arrangement';

const DESK = { width: 1200, height: 620 };
const PHONE = { width: 360, height: 560 };
const LYING_PHONE = { width: 800, height: 250 };

describe('the arrangement of a stage', () => {
  it('fillsTheStageByNumber', () => {
    const columns = (stage: typeof DESK) => [1, 2, 3, 4, 6, 9, 12].map((n) => arrange(n, stage).columns);
    expect(columns(DESK)).toEqual([1, 2, 3, 2, 3, 3, 4]);
    expect(columns(PHONE)).toEqual([1, 1, 1, 2, 2, 2, 3]);
    expect(columns(LYING_PHONE)).toEqual([1, 2, 3, 4, 3, 5, 6]);
  });

  it('neverReachesBeyondTheStage', () => {
    for (const stage of [DESK, PHONE, LYING_PHONE]) {
      for (let count = 1; count <= 12; count++) {
        const { columns, tile } = arrange(count, stage);
        const rows = Math.ceil(count / columns);
        expect(columns * tile.width + (columns - 1) * GAP, `${count}`).toBeLessThanOrEqual(stage.width);
        expect(rows * tile.height + (rows - 1) * GAP, `${count}`).toBeLessThanOrEqual(stage.height);
      }
    }
  });

  it('hasTilesThatAreNeitherTooWideNorTooNarrow', () => {
    for (const stage of [DESK, PHONE, LYING_PHONE]) {
      for (let count = 1; count <= 12; count++) {
        const { tile } = arrange(count, stage);
        const ratio = tile.width / tile.height;
        expect(ratio).toBeGreaterThanOrEqual(0.89);
        expect(ratio).toBeLessThanOrEqual(1.78);
      }
    }
  });

  it('hasRoomForAtLeastOneAndAtMostTwelve', () => {
    expect([DESK, PHONE, LYING_PHONE].map(capacityOf)).toEqual([12, 8, 10]);
    expect(capacityOf({ width: 0, height: 0 })).toBe(1);
    expect(arrange(0, { width: 0, height: 0 })).toEqual({ columns: 1, tile: { width: 0, height: 0 } });
  });
});
