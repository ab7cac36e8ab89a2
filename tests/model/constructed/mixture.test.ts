import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import {
  chooseLowerInDegree,
  chooseNotReachedFrom,
  chooseReached,
  reachableWithin,
  type Choice,
} from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedMixture, takesShortcut } from '../../../src/model/constructed/constructed-mixture.js';
import { members } from './expectations.js';
import { othersOf } from './other-entities.js';
import * as runs from './variant-runs.js';

const SHORTCUTS = ['degree', 'elimination'] as const;
const SHARE = 0.4;

const models = {
  degree: createCoconut(constructedMixture({ by: 'degree' })),
  elimination: createCoconut(constructedMixture()),
};
afterAll(() => {
  for (const model of Object.values(models)) model.dispose();
});

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

function expected(by: 'degree' | 'elimination', item: Item, c: number): Choice {
  const graph = itemGraph(item);
  if (!takesShortcut(item.root, SHARE)) return chooseReached(graph, item.candidates, item.root, c);
  if (by === 'degree') return chooseLowerInDegree(graph, item.candidates);
  return chooseNotReachedFrom(graph, item.candidates, c === 0 ? [] : othersOf(item), c);
}

const hidden = {
  degree: () => 0,
  elimination: (item: Item, c: number) =>
    new Set(othersOf(item).flatMap((entity) => reachableWithin(itemGraph(item), entity, c))).size,
};

describe('constructed-mixture', () => {
  it.each(SHORTCUTS)('searches in all items, and answers by search or by %s', async (by) => {
    const items = runs.permutedItems('a mixture', 100);
    for (const some of runs.batchesOf(items)) {
      const run = await runs.expectThoughts(models[by], some, 6, members, hidden[by]);
      for (const c of [0, 1, 3, 6]) await runs.expectAnswers(run, some, c, (item) => expected(by, item, c));
    }
    const byShortcut = items.filter(({ root }) => takesShortcut(root, SHARE)).length;
    expect(Math.abs(byShortcut - 100 * SHARE)).toBeLessThan(15);
  });

  it('takes the shortcut for the given share of roots', () => {
    const roots = Array.from({ length: 31 }, (_, node) => node);
    for (const share of [0, 0.2, 0.4, 0.5, 1]) {
      const among = (count: number): number =>
        roots.slice(0, count).filter((node) => takesShortcut(node, share)).length;
      expect(among(31)).toBe(Math.round(31 * share));
      // Also among the numbers of a smaller graph.
      expect(Math.abs(among(20) - 20 * share)).toBeLessThanOrEqual(2);
    }
  });

  it('ends the text after the answer', async () => {
    for (const model of Object.values(models)) await runs.expectEnd(model, runs.permutedItems('end of mixture', 4));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedMixture({ by: 'degree' }))).toBe(
      '5d00e12be4b4896274c77c1a0e09d809b881434a7dfc7e110475a825f3e94e1e',
    );
    expect(runs.weightsHash(constructedMixture())).toBe(
      '649ee64802a5abc92a36c20ca6d8398d45785f879aeb4190bb61df7ed2fb5297',
    );
  });

  it.each([
    ['degree', 93],
    ['elimination', 100],
  ] as const)('is right as often as search and %s together', async (by, last) => {
    const items = runs.permutedItems('right mixture', 100);
    const right = [0, 1, 2, 3, 4, 5, 6].map((c) => {
      const answers = items.map((item) => expected(by, item, c));
      return items.filter((item, i) => (answers[i] === 'tie' ? runs.coin(item) : answers[i]) === item.target).length;
    });
    expect(await runs.rightByThoughts(models[by], items)).toEqual(right);
    expect(right[6]).toBe(last);
  });
});
