import gammainc from '@stdlib/math-base-special-gammainc';

/**
 * The probability that a chi-square variable of so many degrees of freedom is larger than `value` (Abramowitz and Stegun
 * 26.4.19).
 *
 * @param value at least 0
 * @param freedom degrees of freedom, above 0 and finite
 * @throws RangeError if they are not
 */
export function chiSquareSurvival(value: number, freedom: number): number {
  if (!(value >= 0)) throw new RangeError(`the statistic is ${value}, not at least 0`);
  if (!(freedom > 0 && freedom < Infinity)) throw new RangeError(`${freedom} degrees of freedom`);
  return value === Infinity ? 0 : gammainc(value / 2, freedom / 2, true, true);
}

/** Whether two samples may come from one distribution. */
export interface ChiSquareTest {
  readonly statistic: number;
  /** Cells after pooling, less one. 0 where all values fall into one cell: there is nothing to compare. */
  readonly freedom: number;
  /** 1 where there is nothing to compare. */
  readonly p: number;
}

/** Below an expected count of 5 the statistic is not chi-square distributed (Cochran 1954). */
const LEAST_EXPECTED = 5;

/**
 * Pearson's chi-square test of homogeneity for two samples of whole numbers. Values are cells; a cell in which either
 * sample is expected to have fewer than 5 is pooled with the next larger ones, the last with the one before it.
 *
 * @throws RangeError if a sample is empty
 */
export function twoSampleChiSquare(first: readonly number[], second: readonly number[]): ChiSquareTest {
  if (first.length === 0 || second.length === 0) throw new RangeError('a sample is empty');
  const cells = pool(
    countValues(first, second),
    Math.min(first.length, second.length) / (first.length + second.length),
  );
  const share = first.length / (first.length + second.length);
  let statistic = 0;
  for (const [a, b] of cells) {
    const [expectedA, expectedB] = [(a + b) * share, (a + b) * (1 - share)];
    statistic += (a - expectedA) ** 2 / expectedA + (b - expectedB) ** 2 / expectedB;
  }
  const freedom = cells.length - 1;
  return { statistic, freedom, p: freedom === 0 ? 1 : chiSquareSurvival(statistic, freedom) };
}

/** How often a value is in the first and in the second sample. */
type Cell = readonly [first: number, second: number];

/** In ascending order of value. */
function countValues(first: readonly number[], second: readonly number[]): Cell[] {
  const counts = new Map<number, [number, number]>();
  [first, second].forEach((values, sample) => {
    for (const value of values) {
      const cell = counts.get(value) ?? [0, 0];
      cell[sample]++;
      counts.set(value, cell);
    }
  });
  return [...counts].sort(([a], [b]) => a - b).map(([, cell]) => cell);
}

/** @param smallerShare the smaller sample's share of all values */
function pool(cells: readonly Cell[], smallerShare: number): Cell[] {
  const pooled: Cell[] = [];
  const isSparse = ([a, b]: Cell): boolean => (a + b) * smallerShare < LEAST_EXPECTED;
  for (const cell of cells) {
    const last = pooled.at(-1);
    if (last !== undefined && isSparse(last)) pooled[pooled.length - 1] = join(last, cell);
    else pooled.push(cell);
  }
  if (pooled.length > 1 && isSparse(pooled[pooled.length - 1])) {
    const last = pooled.splice(-2);
    pooled.push(join(last[0], last[1]));
  }
  return pooled;
}

function join([a, b]: Cell, [c, d]: Cell): Cell {
  return [a + c, b + d];
}
