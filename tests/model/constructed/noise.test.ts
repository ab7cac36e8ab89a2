import { describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { reachableWithin } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedBfs } from '../../../src/model/constructed/index.js';
import { NOISE_LEVELS, withNoise } from '../../../src/model/constructed/noise.js';
import { SYMBOLIC_NODES, symbolicPrompt } from '../../../src/tokenizer/index.js';
import * as runs from './variant-runs.js';

// A hundred items for every level, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

const items = runs.permutedItems('noise', 100);
const THOUGHTS = 6;

/** How often a node within c edges of the root has a greater logit in thought c than one that is not, for c = 1 .. 6. */
function separation(item: Item, logitsOf: (c: number) => readonly number[]): number[] {
  return Array.from({ length: THOUGHTS }, (_, i) => {
    const held = new Set(reachableWithin(itemGraph(item), item.root, i + 1));
    const logits = logitsOf(i + 1);
    const others = logits.slice(0, SYMBOLIC_NODES).filter((_logit, node) => !held.has(node));
    const pairs = [...held].flatMap((node) => others.map((other) => Number(logits[node] > other)));
    return pairs.reduce((sum, x) => sum + x, 0) / pairs.length;
  });
}

async function measure(deviation: number): Promise<{ right: number; said: number; separated: number[] }> {
  const model = createCoconut(withNoise(constructedBfs(), deviation, 1));
  let [right, said] = [0, 0];
  const separated = new Array<number>(THOUGHTS).fill(0);
  for (const some of runs.batchesOf(items)) {
    const prompts = some.map((item) => symbolicPrompt(item));
    const run = await model.run(prompts, { thoughts: THOUGHTS, thoughtLogits: true });
    const { thoughtLogits = expect.fail() } = run;
    const next = await run.nextTokenLogits(THOUGHTS, runs.ANSWER);
    some.forEach((item, row) => {
      const logits = runs.rowOf(next, row);
      const answer = logits.indexOf(Math.max(...logits));
      right += Number(answer === item.target) / items.length;
      said += Number(item.candidates.includes(answer)) / items.length;
      const each = separation(item, (c) => runs.rowOf(thoughtLogits, row * THOUGHTS + c - 1));
      each.forEach((share, i) => (separated[i] += share / items.length));
    });
  }
  model.dispose();
  return { right, said, separated };
}

describe('noise', () => {
  it('makes constructed-bfs wrong as often as the table says, and its search with it', async () => {
    let last = 1;
    for (const { right, deviation } of NOISE_LEVELS) {
      const measured = await measure(deviation);
      const what = `deviation ${deviation}: ${JSON.stringify(measured)}`;
      // Two standard errors of 100 items and what one seed differs from another.
      expect(Math.abs(measured.right - right), what).toBeLessThan(0.1);
      expect(measured.said, what).toBeGreaterThan(0.98);
      // The first thought is as good as exact, the last one is worse with every level, and still far from chance.
      const [first, final] = [measured.separated[0], measured.separated[THOUGHTS - 1]];
      expect(first, what).toBeGreaterThan(0.99);
      expect(final, what).toBeLessThan(last);
      expect(final, what).toBeGreaterThan(0.85);
      last = final;
    }
  });

  it('is none where the deviation is 0, else of the size that is asked for, and of its seed', () => {
    const exact = constructedBfs();
    expect(runs.weightsHash(withNoise(exact, 0, 1))).toBe(runs.weightsHash(exact));
    const noisy = withNoise(exact, 0.1, 1).tensors;
    for (const [name, { data, shape }] of Object.entries(exact.tensors)) {
      const squares = (of: (x: number, i: number) => number): number =>
        data.reduce((sum, x, i) => sum + of(x, i) ** 2, 0);
      const ratio = Math.sqrt(
        squares((x, i) => noisy[name].data[i] - x) /
          Math.max(
            squares((x) => x),
            1e-30,
          ),
      );
      expect(ratio, name).toBeCloseTo(shape.length === 1 || squares((x) => x) === 0 ? 0 : 0.1, 2);
    }
  });

  it('has the same bytes everywhere, others for another seed', () => {
    const [one, two] = [1, 2].map((seed) => runs.weightsHash(withNoise(constructedBfs(), 2e-4, seed)));
    expect(one).not.toBe(two);
    expect(one).toBe('63353d8b2976ecb48c1e8fd6e22f68be052645e8d29dd4751aa26d2cfe58c29d');
  });
});
