/** A coordinate in an SVG path or attribute: two decimals at most, so that a drawing does not differ between machines. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

/** A number for a table, with a fixed count of decimals and a true minus sign; an en dash where there is none. */
export function fixed(value: number | null | undefined, decimals = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '\u2212');
}

/** A probability beside a node: `.12`, `1`, `<.005`; two digits, without the leading zero. */
export function shortProbability(p: number): string {
  if (p < 0.005) return '<.005';
  const text = p.toFixed(2);
  return text.startsWith('0') ? text.slice(1) : text.replace(/\.00$/, '');
}

/** The next round number that is not below `value`: a scale's upper end. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8].find((s) => s * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(2));
}
