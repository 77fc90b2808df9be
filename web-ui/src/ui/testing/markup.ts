import { nothing } from 'lit';

interface Template {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/** The text of a template, handlers left out: what an element would draw, without a browser to draw it. */
export function markup(drawn: unknown): string {
  return textOf(drawn).replace(/\s+/g, ' ').trim();
}

function textOf(value: unknown): string {
  if (value === nothing || value === null || value === undefined || typeof value === 'function') return '';
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (typeof value !== 'object') return String(value);
  if ('_$litDirective$' in value) return repeated((value as unknown as Template).values);
  if (!('strings' in value)) return '';
  const { strings, values } = value as unknown as Template;
  return strings.map((text, index) => text + textOf(values[index])).join('');
}

// The only directive here is `repeat`: items, their keys, and how each is drawn.
function repeated([items, , draw]: readonly unknown[]): string {
  return (items as unknown[]).map((item) => textOf((draw as (item: unknown) => unknown)(item))).join('');
}
