import { describe, expect, it } from 'vitest';

/** As the formatter's `lineWidth`, which leaves comments and templates alone. */
const COLUMNS = 110;

describe('the source', () => {
  it('hasNoLineOfMoreThan110Columns', () => {
    const files = import.meta.glob<string>(['./**/*.ts', '!./client/gen/**'], {
      query: '?raw',
      eager: true,
      import: 'default',
    });
    const long = Object.entries(files).flatMap(([file, text]) =>
      text
        .split('\n')
        .map((line, index) => ({ line, where: `${file}:${index + 1}` }))
        .filter(({ line }) => [...line].length > COLUMNS)
        .map(({ where }) => where),
    );
    expect(Object.keys(files).length).toBeGreaterThan(100);
    expect(long).toEqual([]);
  });
});
