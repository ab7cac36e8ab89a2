import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { chiSquareSurvival } from '../../src/statistics/index.js';
import { compile, useEngine, type HostTensor } from '../../src/tensor/index.js';
import { dropoutKeys, dropoutMask, dropoutShare } from '../../src/training/dropout-mask.js';
import { signatureOf } from '../tensor/host.js';

const RATE = 0.1;
const keysOf = (step: number): HostTensor => dropoutKeys('test', { phase: 0, step, part: 0 });

/** One program for all sites, run for each step's keys: masks by step, then by site. */
async function masks(
  sites: readonly string[],
  shape: readonly number[],
  steps: readonly HostTensor[],
  rate = RATE,
): Promise<Float32Array[][]> {
  const program = await compile(
    ({ keys }) => Object.fromEntries(sites.map((site) => [site, dropoutMask(keys, site, shape, rate)])),
    signatureOf({ keys: steps[0] }),
  );
  const results: Float32Array[][] = [];
  for (const keys of steps) {
    const outputs = await program.run({ keys });
    results.push(
      sites.map((site) => {
        expect(outputs[site].shape).toEqual(shape);
        return outputs[site].data as Float32Array;
      }),
    );
  }
  program.dispose();
  return results;
}

async function mask(site: string, shape: readonly number[], keys: HostTensor, rate = RATE): Promise<Float32Array> {
  return (await masks([site], shape, [keys], rate))[0][0];
}

/** The share that is dropped and its chance deviations: 1 where an element was dropped, standardised. */
function standardised(values: Float32Array, rate = RATE): Float64Array {
  const share = dropoutShare(rate);
  return Float64Array.from(values, (value) => (Number(value === 0) - share) / Math.sqrt(share * (1 - share)));
}

/** Mean product times the root of the number: standard normal for independent masks. */
function together(a: Float64Array, b: Float64Array): number {
  const n = Math.min(a.length, b.length);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[i] * b[i];
  return sum / Math.sqrt(n);
}

/** A sum of squared standard normal numbers is as large as it should be, not larger and not smaller. */
function expectChiSquare(squares: readonly number[]): void {
  const tail = chiSquareSurvival(
    squares.reduce((a, b) => a + b, 0),
    squares.length,
  );
  // Seeds are fixed: what passes once passes always.
  expect(tail).toBeGreaterThan(1e-3);
  expect(tail).toBeLessThan(1 - 1e-3);
}

const SHAPE = [4, 4, 20, 100];
const ROWS = 4 * 4 * 20;
const COLUMNS = 100;

describe('dropoutMask', () => {
  it.each([
    ['an attention pattern', [3, 4, 5, 77], 0.1],
    ['more rows than the prime', [700, 9, 3], 0.5],
    ['a single column', [5, 1], 0.25],
  ])('is the same on the cpu engine and on onnxruntime, bit for bit: %s', async (_name, shape, rate) => {
    await useEngine('cpu');
    const reference = await mask('blocks.0', shape, keysOf(0), rate);
    await useEngine('onnxruntime');
    const actual = await mask('blocks.0', shape, keysOf(0), rate);
    expect(Buffer.from(actual.buffer).equals(Buffer.from(reference.buffer))).toBe(true);
  });

  it('has the definition of its documentation, computed in exact integers', async () => {
    await useEngine('onnxruntime');
    const keys = keysOf(5);
    const [rows, columns] = [4200, 3];
    const p = 4093n;
    const mod = (x: bigint): bigint => ((x % p) + p) % p;
    const rounds = (index: number, of: readonly bigint[]): [bigint, bigint] =>
      of.reduce<[bigint, bigint]>(
        ([x, y], key) => [y, mod((y - key) ** 2n + x)],
        [BigInt(index) % p, BigInt(index) / p],
      );
    const random = createRandom('dropout site here');
    const draw = (): bigint[] => Array.from({ length: 6 }, () => BigInt(random.integer(4093)));
    const [ofRows, ofColumns] = [draw(), draw()];
    const own = [...keys.data].map((key) => BigInt(key));
    const actual = await mask('here', [rows, columns], keys);
    const expected = Array.from({ length: rows * columns }, (_, i) => {
      const [r, s] = rounds(Math.floor(i / columns), [...ofRows, ...own]);
      const [c, e] = rounds(i % columns, [...ofColumns, ...own]);
      return Number(mod((r + c + 1n) * (s + e + 1n))) >= 408;
    });
    expect([...actual].map((value) => value > 0)).toEqual(expected);
  });

  it('drops the share that it says, nearly the rate, and keeps the mean', async () => {
    await useEngine('onnxruntime');
    for (const rate of [0.001, 0.1, 0.5, 0.9]) {
      expect(Math.abs(dropoutShare(rate) - rate)).toBeLessThan(1 / 8000);
      const values = await mask('share', [1000, 400], keysOf(1), rate);
      const share = dropoutShare(rate);
      const scale = Math.fround(1 / (1 - share));
      expect(new Set(values)).toEqual(new Set([0, scale]));
      const dropped = values.filter((value) => value === 0).length / values.length;
      expect(Math.abs(dropped - share) / Math.sqrt((share * (1 - share)) / values.length)).toBeLessThan(3.5);
    }
  });
});

describe('dropoutKeys', () => {
  it('are of the seed, the phase, the step and the part', () => {
    const place = { phase: 1, step: 2, part: 3 };
    const all = [
      dropoutKeys(1, place),
      dropoutKeys(2, place),
      dropoutKeys(1, { ...place, phase: 2 }),
      dropoutKeys(1, { ...place, step: 3 }),
      dropoutKeys(1, { ...place, part: 4 }),
    ];
    expect(new Set(all.map(({ data }) => data.join())).size).toBe(all.length);
    expect(dropoutKeys(1, place)).toEqual(all[0]);
  });
});

describe('masks are independent', () => {
  let base: Float64Array;
  const at = (row: number, column: number): number => base[row * COLUMNS + column];
  beforeAll(async () => {
    await useEngine('onnxruntime');
    base = standardised(await mask('base', SHAPE, keysOf(0)));
  });

  it('counts of dropped elements vary by chance from step to step', async () => {
    const drawn = await masks(
      ['base'],
      [50, 100],
      Array.from({ length: 100 }, (_, step) => keysOf(step)),
    );
    const squares = drawn.map(([values]) => standardised(values).reduce((a, b) => a + b, 0) ** 2 / values.length);
    expectChiSquare(squares);
  });

  it('counts vary by chance from row to row and from column to column', () => {
    const rows = Array.from({ length: ROWS }, (_, row) => {
      let sum = 0;
      for (let column = 0; column < COLUMNS; column++) sum += at(row, column);
      return sum ** 2 / COLUMNS;
    });
    const columns = Array.from({ length: COLUMNS }, (_, column) => {
      let sum = 0;
      for (let row = 0; row < ROWS; row++) sum += at(row, column);
      return sum ** 2 / ROWS;
    });
    expectChiSquare(rows);
    expectChiSquare(columns);
  });

  it('between any two rows, and any two columns', () => {
    const rows: number[] = [];
    for (let row = 0; row < 300; row++) {
      for (let other = 0; other < row; other++) {
        const slice = (i: number): Float64Array => base.subarray(i * COLUMNS, (i + 1) * COLUMNS);
        rows.push(together(slice(row), slice(other)) ** 2);
      }
    }
    const columns: number[] = [];
    const transposed = Array.from({ length: COLUMNS }, (_, column) =>
      Float64Array.from({ length: ROWS }, (_row, row) => at(row, column)),
    );
    for (let column = 0; column < COLUMNS; column++)
      for (let other = 0; other < column; other++) columns.push(together(transposed[column], transposed[other]) ** 2);
    for (const squares of [rows, columns]) {
      // Products of the same rows are not independent of each other: a bound on the mean, not a chi-square.
      expect(Math.abs(squares.reduce((a, b) => a + b, 0) / squares.length - 1)).toBeLessThan(0.05);
      // Of 45,000 products of 100 elements; the tail of a product of rare events is heavier than a normal one.
      expect(Math.sqrt(Math.max(...squares))).toBeLessThan(9);
    }
  });

  it('between neighbours, at any distance along an axis', () => {
    const squares: number[] = [];
    for (const distance of [1, 2, 3, 4, 7, 40, COLUMNS, 2 * COLUMNS, 20 * COLUMNS, 80 * COLUMNS])
      squares.push(together(base, base.subarray(distance)) ** 2);
    expectChiSquare(squares);
    expect(Math.sqrt(Math.max(...squares))).toBeLessThan(4);
  });

  it('between steps, and between sites', async () => {
    const others = Array.from({ length: 30 }, (_, i) => i + 1);
    const square = (values: Float32Array): number => together(base, standardised(values)) ** 2;
    const steps = (await masks(['base'], SHAPE, others.map(keysOf))).map(([values]) => square(values));
    const [drawn] = await masks(
      others.map((i) => `site ${i}`),
      SHAPE,
      [keysOf(0)],
    );
    const sites = drawn.map(square);
    expectChiSquare(steps);
    expectChiSquare(sites);
  });

  it('between steps whose keys differ by one', async () => {
    const moved = [0, 1, 2].map((round) => {
      const keys = keysOf(0);
      keys.data[round] = (keys.data[round] + 1) % 4093;
      return keys;
    });
    const near = (await masks(['base'], SHAPE, moved)).map(([values]) => together(base, standardised(values)) ** 2);
    expect(Math.sqrt(Math.max(...near))).toBeLessThan(4);
  });
});
