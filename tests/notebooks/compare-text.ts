/** A number as the tables and drawings print it: `.714`, `-12.4`, `1.00`, `3.3e-27`. */
const NUMBER = /-?(?:\d+\.\d+|\.\d+|\d+)(?:e[+-]?\d+)?/gi;

/** Below this a probability is what rounding leaves of nothing, and differs by orders from engine to engine. */
const TINY = 1e-6;

/**
 * How a text departs from another one, in which numbers may be computed by another engine or processor: decimal numbers may differ
 * by one unit of their last printed digit, and by anything where both are next to nothing; whole numbers, which are
 * counts, and everything else must be equal.
 *
 * @returns undefined where it does not
 */
export function difference(expected: string, actual: string): string | undefined {
  const [wanted, found] = [expected, actual].map((text) => text.split('\n'));
  const at = wanted.findIndex((line, i) => !linesAgree(line, found[i] ?? ''));
  if (at >= 0) return `line ${at + 1}: expected "${wanted[at]}", got "${found[at] ?? ''}"`;
  return found.length === wanted.length ? undefined : `${wanted.length} lines expected, got ${found.length}`;
}

function linesAgree(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  // Columns may be a blank wider where a number has changed its width.
  const words = (line: string): string => line.replace(NUMBER, '#').replaceAll(/ +/g, ' ');
  if (words(expected) !== words(actual)) return false;
  const [wanted, found] = [expected, actual].map((line) => line.match(NUMBER) ?? []);
  return wanted.every((number, i) => numbersAgree(number, found[i]));
}

function numbersAgree(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  const [a, b] = [Number(expected), Number(actual)];
  if (isDecimal(expected) && isDecimal(actual) && Math.abs(a) < TINY && Math.abs(b) < TINY) return true;
  // A hair more than one unit, for the rounding of the difference itself.
  return isDecimal(expected) && isDecimal(actual) && Math.abs(a - b) <= 1.001 * Math.max(unit(expected), unit(actual));
}

function isDecimal(number: string): boolean {
  return /[.e]/i.test(number);
}

/** What one step of the last printed digit is worth. */
function unit(number: string): number {
  const [digits, exponent = '0'] = number.toLowerCase().split('e');
  const decimals = digits.split('.')[1]?.length ?? 0;
  return 10 ** (Number(exponent) - decimals);
}
