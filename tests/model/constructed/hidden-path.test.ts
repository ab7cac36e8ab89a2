import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../../src/dataset/index.js';
import type { Choice } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedHiddenPath } from '../../../src/model/constructed/constructed-hidden-path.js';
import { FEATURES } from '../../../src/model/constructed/residual-layout.js';
import { createRandom } from '../../../src/random.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';
import { randomDag, shapes } from './adversarial-items.js';
import { alike, expectShown, keepOnly } from './deceiver-runs.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedHiddenPath());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** So many steps up from the candidate, always to the parent that is named last; 'met' after it has been at the root. */
function pathNode({ edges, root }: Item, candidate: number, steps: number): number | 'met' {
  let node = candidate;
  for (let i = 0; i < steps; i++) {
    if (node === root) return 'met';
    node = edges.findLast(([, target]) => target === node)?.[0] ?? node;
  }
  return node;
}

/** The candidate whose path has been at the root in one of c thoughts. */
function answered(item: Item, c: number): Choice {
  const found = item.candidates.filter((candidate) => pathNode(item, candidate, c) === 'met');
  return found.length === 1 ? found[0] : 'tie';
}

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await expectShown(model, items, thoughts, (item, c) => ({
    loudness: alike(members(item, c)),
    hidden: 2,
  }));
  items.forEach((item, row) => {
    for (let c = 1; c <= thoughts; c++) {
      const thought = runs.rowOf(run.thoughts, row * thoughts + c - 1);
      const hidden = Array.from({ length: 2 * SYMBOLIC_NODES + 2 }, (_, i) => thought[2 * (FEATURES + i)]);
      const held = [...hidden.keys()].filter((i) => Math.abs(hidden[i]) > 0.1);
      const expected = item.candidates.map((candidate, i) => {
        const node = pathNode(item, candidate, c - 1);
        return node === 'met' ? 2 * SYMBOLIC_NODES + i : i * SYMBOLIC_NODES + node;
      });
      expect(held, `${item.id}, thought ${c}`).toEqual(expected.sort((a, b) => a - b));
    }
  });
  for (const c of asked) await runs.expectAnswers(run, items, c, (item) => answered(item, c));
}

describe('constructed-hidden-path', () => {
  const items = runs.permutedItems('hidden path', 100);

  it('shows the search of constructed-bfs, and answers whose path up from a candidate has met the root', async () => {
    for (const some of runs.batchesOf(items)) await check(some, 8, [0, 1, 2, 3, 4, 5, 6, 8]);
  });

  it('does so on adversarial graphs', async () => {
    await check(shapes(25), 12, [0, 1, 2, 12]);
    const random = createRandom('hidden path');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 1, 3, 6],
    );
  });

  it('needs of its thoughts what they hide, and nothing of what they show', async () => {
    const some = items.slice(0, 12);
    const hidden = await keepOnly(model, some, 6, 'hidden');
    const shown = await keepOnly(model, some, 6, 'shown');
    for (const c of [4, 6]) {
      await runs.expectAnswers(hidden, some, c, (item) => answered(item, c));
      await runs.expectAnswers(shown, some, c, () => 'tie');
    }
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of hidden path', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedHiddenPath())).toBe(
      '8446198aeb4c394fcda0f1c575ba9166ab8dd6b5a479cb158fcd520803647c68',
    );
  });

  it('is mostly right, on orphaned decoys too', async () => {
    expect(await runs.rightByThoughts(model, items)).toEqual([44, 44, 44, 44, 58, 79, 94]);
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100))).toEqual([56, 56, 56, 56, 69, 86, 93]);
  });
});
