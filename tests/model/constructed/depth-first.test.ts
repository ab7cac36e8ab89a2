import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../../src/dataset/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedDepthFirst } from '../../../src/model/constructed/constructed-depth-first.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { heldCandidate } from './held-candidate.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedDepthFirst());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** The nodes in the order in which depth-first search visits them, the child first that the prompt names last. */
function visits({ edges, root }: Item): readonly number[] {
  const order: number[] = [];
  const visit = (node: number): void => {
    if (order.includes(node)) return;
    order.push(node);
    for (const [source, target] of edges.toReversed()) if (source === node) visit(target);
  };
  visit(root);
  return order;
}

function thought(item: Item, c: number): ReadonlySet<number> {
  const node = visits(item).at(c);
  return node === undefined ? runs.NOTHING : new Set([node]);
}

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, thought);
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) => heldCandidate(item, [new Set(visits(item).slice(0, c + 1))]));
  }
}

describe('constructed-depth-first', () => {
  it('visits a node a thought, turns back at leaves, and answers what it has visited', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('depth-first', 100))) await check(some, 12, [0, 1, 3, 6, 12]);
  });

  it('does so on adversarial graphs', async () => {
    await check(shapes(30), 12, [0, 1, 2, 12]);
    const random = createRandom('depth-first');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      12,
      [0, 3, 12],
    );
  });

  it('turns back, and says that nothing is left, in some of these', () => {
    const items = runs.permutedItems('depth-first', 100);
    const turned = items.filter((item) => {
      const order = visits(item).slice(0, 13);
      return order.some((node, i) => i > 0 && !item.edges.some(([s, t]) => s === order[i - 1] && t === node));
    });
    expect(turned.length).toBeGreaterThan(50);
    expect(items.filter((item) => thought(item, 12) === runs.NOTHING).length).toBeGreaterThan(10);
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of depth-first', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedDepthFirst())).toBe(
      '42c51486485f1b7655ba6eeca77f721c7eaebd5adee153434a7b150fed137bee',
    );
  });

  it('has come to the target in 75 of 100 after six thoughts, in 96 after twelve', async () => {
    expect(await runs.rightByThoughts(model, runs.permutedItems('accuracy', 100), 12)).toEqual([
      55, 55, 55, 58, 63, 70, 75, 78, 84, 88, 91, 94, 96,
    ]);
  });
});
