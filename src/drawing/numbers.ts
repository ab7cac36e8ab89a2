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

/**
 * A number of a table of estimates, as `fixed` but never 0 for what is not: a fraction that would round to 0 is a bound
 * (`<0.001`), a difference or a magnitude (two decimals) below 0.01 has two significant digits (`0.0022`).
 */
export function estimateNumber(value: number | null, decimals: number): string {
  if (value === null || value === 0) return fixed(value, decimals);
  if (decimals === 2) return smallNumber(value)?.replaceAll('-', '\u2212') ?? fixed(value, 2);
  if (Math.abs(value) >= 0.5 * 10 ** -decimals) return fixed(value, decimals);
  const bound = (10 ** -decimals).toFixed(decimals);
  return value > 0 ? `<${bound}` : `>\u2212${bound}`;
}

/** Below the resolution of double precision beside 1: what differences leave where the true number is 0. */
const NOTHING = 1e-15;

/** A number below .01 in two significant digits, `-0.0022`, `3.2e-5`; undefined for larger ones and for what is nothing. */
function smallNumber(x: number): string | undefined {
  const magnitude = Math.abs(x);
  if (magnitude >= 0.00995 || magnitude < NOTHING) return undefined;
  return magnitude < 1e-4 ? x.toExponential(1) : x.toFixed(magnitude < 0.000995 ? 5 : 4);
}

/** Stands for a positive fraction that would round to nothing. */
export const BELOW_FRACTIONS = '<.001';

/**
 * A number between -1 and 1 with three decimals and no leading zero: `.642`, `-.031`, `1.00`. Only 1 itself (to 1e-9)
 * is shown as 1 and only 0 as 0, so that a table never claims a perfect score that is not one, nor an
 * absence that is none: what would round to either is `.999` and `<.001` (`>-.001` below zero).
 */
export function formatFraction(x: number): string {
  const magnitude = Math.abs(x);
  if (x === 0) return '.000';
  if (magnitude < 0.0005) return x < 0 ? '>-.001' : BELOW_FRACTIONS;
  const digits = magnitude > 1 - 1e-9 ? '1.00' : Math.min(magnitude, 0.999).toFixed(3).slice(1);
  return x < 0 ? `-${digits}` : digits;
}

/** A probability that may be tiny: `.2431`, `3.2e-7`. */
export function formatProbability(x: number): string {
  if (x === 0) return '0';
  if (x < 0.001) return x.toExponential(1);
  return x > 1 - 1e-9 ? '1.000' : Math.min(x, 0.9999).toFixed(4).slice(1);
}

/**
 * A number of any size with about three digits: `-3.21`, `12.4`, `812`, `.52`; two significant ones below .01, so that
 * a small difference is not taken for none: `-.0022`, `3.2e-5`.
 */
export function formatMagnitude(x: number): string {
  const magnitude = Math.abs(x);
  if (magnitude < NOTHING) return '.00';
  return withoutLeadingZero(smallNumber(x) ?? x.toFixed(magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0));
}

function withoutLeadingZero(text: string): string {
  return text.replace(/^(-?)0\./, '$1.');
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

/** A float32 in the fewest digits that name it and no other: what a recording holds, to the last bit. */
export function exactFloat(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === Math.fround(value)) return String(candidate);
  }
  return String(Number(value.toPrecision(9)));
}
