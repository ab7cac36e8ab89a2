import { escapeText } from '../drawing/index.js';

/** Markup that is safe to put into a page as it is. Only `markup` and `trusted` make it. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template accepts: text and numbers are escaped, markup is kept, lists are joined, undefined is nothing. */
export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/** Markup made elsewhere in this project that has escaped its data itself, such as a figure. */
export function trusted(markup: string): Markup {
  return new Markup(markup);
}

function render(value: MarkupValue): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return value.map(render).join('');
}

/** Template tag: everything interpolated is escaped, so that forgetting to is impossible. */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(strings.reduce((text, part, i) => text + render(values[i - 1]) + part));
}
