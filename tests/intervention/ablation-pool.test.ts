import { beforeAll, describe, expect, it } from 'vitest';
import { ABLATIONS, type AblationPlan, type AblationSource } from '../../src/intervention/index.js';
import { createRandom } from '../../src/random.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { permutedItems, symbolicTiny } from './support.js';

const K = 3;
const { model, config } = symbolicTiny(2);
const D = config.nEmbd;
const items = permutedItems('pool', 20, { nodes: 14, maxDepth: 4 });
const all = [...items.keys()];
const steps = [1, 2, 3];
let source: AblationSource;

beforeAll(async () => {
  const run = await model.run(
    items.map((item) => symbolicWording.prompt(item)),
    { thoughts: K },
  );
  source = { model, wording: symbolicWording, items, thoughts: run.thoughts, random: createRandom(1) };
});

function made(name: string, changes: Partial<AblationSource> = {}): AblationPlan {
  const plan = ABLATIONS.find((one) => one.name === name)?.make({ ...source, random: createRandom(1), ...changes });
  if (plan === undefined || 'inapplicable' in plan) throw new Error(`no plan of ${name}`);
  return plan;
}

/** Thought c (from 1) of item `row` of [n, K, D]. */
function thought(thoughts: { data: ArrayLike<number> } | undefined, row: number, c: number): number[] {
  return Array.from({ length: D }, (_, i) => thoughts?.data[(row * K + c - 1) * D + i] ?? NaN);
}

/** Some of the items with their thoughts. */
function pick(rows: readonly number[]): Pick<AblationSource, 'items' | 'thoughts'> {
  const { data } = source.thoughts;
  const picked = Float32Array.from(rows.flatMap((row) => [...data.subarray(row * K * D, (row + 1) * K * D)]));
  return {
    items: rows.map((row) => items[row]),
    thoughts: { shape: [rows.length, K, D], dtype: 'float32', data: picked },
  };
}

describe('ablations', () => {
  it('take the thoughts of others from a pool, where one is given', () => {
    const rows = [3, 7, 11];
    const pool = pick(rows);
    const { thoughts, donors = [] } = made('resample', { pool });
    expect(donors).toHaveLength(items.length);
    donors.forEach((donor, row) => {
      const given = rows[donor ?? -1];
      expect(given).not.toBe(row);
      for (const c of steps) expect(thought(thoughts, row, c)).toEqual(thought(source.thoughts, given, c));
    });
    const mean = made('mean', { pool });
    for (const row of [0, 3]) {
      const others = rows.filter((other) => other !== row);
      thought(mean.thoughts, row, 1).forEach((x, i) => {
        const sum = others.reduce((total, other) => total + thought(source.thoughts, other, 1)[i], 0);
        // In float32; the sums are in float64.
        expect(x).toBeCloseTo(sum / others.length, 5);
      });
    }
    expect(() => made('resample', { pool: { ...pool, items: items.slice(0, 2) } })).toThrow(
      'thoughts of the pool: not those of the items (3 of width',
    );
  });

  it.each(['noise', 'mean', 'resample', 'resampleSameAnswer', 'permutedOrder'])(
    'belong to the item: others beside it change nothing of its own (%s)',
    (name) => {
      const rows = [...all].reverse().slice(0, 9);
      const pool = pick(all);
      const [whole, part] = [made(name, { pool }), made(name, { ...pick(rows), pool })];
      rows.forEach((row, i) => {
        expect(part.donors?.[i]).toBe(whole.donors?.[row]);
        for (const c of steps) expect(thought(part.thoughts, i, c)).toEqual(thought(whole.thoughts, row, c));
      });
    },
  );
});
