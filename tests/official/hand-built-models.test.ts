import { describe, expect, it } from 'vitest';
import { itemGraph, readItems } from '../../src/dataset/index.js';
import { breadthFirstDepths } from '../../src/graph/index.js';
import { CONSTRUCTED, createCoconut } from '../../src/model/index.js';
import { OFFICIAL, officialAbsent } from '../dataset/official-file.js';
import { checkSearch } from '../model/constructed/search-runs.js';
import { batchesOf, rightByThoughts } from '../model/constructed/variant-runs.js';

// Hundreds of items, on a machine that may be busy.
const timeout = 900_000;

describe.skipIf(officialAbsent)(
  `hand-built models on the official items (skipped without ${OFFICIAL})`,
  { timeout },
  () => {
    it('constructed-bfs answers by the budget law: right when the target is within k hops, even odds when it is not', async () => {
      const { items } = await readItems(OFFICIAL);
      const model = createCoconut(CONSTRUCTED.bfs.build());
      const depth = new Map(items.map((item) => [item, breadthFirstDepths(itemGraph(item), item.root)[item.target]]));
      const budgets = [0, 1, 2, 3, 4, 5, 6];
      const counts = budgets.map(() => ({ within: 0, rightWithin: 0, deeper: 0, rightDeeper: 0 }));
      for (const some of batchesOf(items)) {
        await checkSearch(model, some, 6, budgets, (item, k, answer) => {
          const right = Number(answer === item.target);
          if ((depth.get(item) ?? 0) <= k) {
            counts[k].within++;
            counts[k].rightWithin += right;
          } else {
            counts[k].deeper++;
            counts[k].rightDeeper += right;
          }
        });
      }
      model.dispose();
      expect(counts.map(({ within }) => within)).toEqual([0, 0, 0, 124, 257, 293, 300]);
      expect(counts.map(({ rightWithin }) => rightWithin)).toEqual([0, 0, 0, 124, 257, 293, 300]);
      // A fair coin: 158 of 300 (two-sided p .39), 91 of 176 (.71), 19 of 43 (.54), 1 of 7 (.13).
      expect(counts.map(({ rightDeeper }) => rightDeeper)).toEqual([158, 158, 158, 91, 19, 1, 0]);
    });

    it.each([
      ['frontier', 'keeps the budget law', [158, 158, 158, 215, 276, 294, 300]],
      ['greedy', 'seldom arrives', [158, 158, 158, 164, 172, 179, 181]],
      ['degree', 'is the heuristic', [205, 205]],
      ['elimination', 'is nearly always right', [158, 193, 267, 295, 296, 295, 295]],
      ['copy-through', 'is right without a thought', [300, 300]],
    ] as const)('constructed-%s %s', async (name, _, right) => {
      const { items } = await readItems(OFFICIAL);
      const model = createCoconut(CONSTRUCTED[name].build());
      expect(await rightByThoughts(model, items, right.length - 1)).toEqual(right);
      model.dispose();
    });
  },
);
