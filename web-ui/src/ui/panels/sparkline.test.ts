import { describe, expect, it } from 'vitest';
import { lineOf } from './sparkline';

describe('the line of a figure', () => {
  it('endsOnTheRightWithTheNewestValue', () => {
    expect(lineOf([0, 10], 3, 10)).toBe('M60.0 27.0L120.0 1.0');
  });

  it('growsNoHigherThanItsTop', () => {
    expect(lineOf([5, 20], 2, 10)).toBe('M0.0 20.5L120.0 1.0');
  });

  it('hasAGapWhereThereWasNoFigure', () => {
    expect(lineOf([10, null, 10, 10], 4, 10)).toBe('M0.0 1.0M80.0 1.0L120.0 1.0');
    expect(lineOf([null], 4, 10)).toBe('');
    expect(lineOf([], 4, 10)).toBe('');
  });
});
