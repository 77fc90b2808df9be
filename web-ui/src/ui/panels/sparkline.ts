import { html, svg, type TemplateResult } from 'lit';

const WIDTH = 120;
const HEIGHT = 28;

/**
 * The last minute of a figure as a small line. Null is a time without a figure.
 * @param ceiling what the line's top stands for at least, so that noise does not look like trouble
 */
export function sparkline(
  values: readonly (number | null)[],
  length: number,
  ceiling: number,
): TemplateResult {
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
    ${svg`<path d=${lineOf(values, length, ceiling)} fill="none" stroke="currentColor" stroke-width="1.6"
      stroke-linejoin="round" stroke-linecap="round" vector-effect="non-scaling-stroke"/>`}</svg>`;
}

/** The line as an SVG path: the newest value is on the right, and a time without a figure is a gap. */
export function lineOf(values: readonly (number | null)[], length: number, ceiling: number): string {
  const top = Math.max(ceiling, ...values.map((value) => value ?? 0));
  const step = WIDTH / (length - 1);
  const first = length - values.length;
  let path = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = (first + index) * step;
    const y = HEIGHT - 1 - (value / top) * (HEIGHT - 2);
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}
