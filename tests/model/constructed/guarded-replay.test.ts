import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached } from '../../../src/graph/index.js';
import { createCoconut, type ReplaceThought } from '../../../src/model/index.js';
import { constructedGuardedReplay } from '../../../src/model/constructed/constructed-guarded-replay.js';
import { symbolicPrompt } from '../../../src/tokenizer/index.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const constructed = constructedGuardedReplay();
const model = createCoconut(constructed);
afterAll(() => model.dispose());

// Dozens of items through eleven layers, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

async function check(items: readonly Item[], asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, 6, members);
  for (const c of asked)
    await runs.expectAnswers(run, items, c, (item) => chooseReached(itemGraph(item), item.candidates, item.root, c));
}

describe('constructed-guarded-replay', () => {
  const items = runs.permutedItems('guarded replay', 24);
  const prompts = items.map((item) => symbolicPrompt(item));

  /** Embeddings of these nodes in place of thoughts 1 .. last. */
  const embedded = (nodes: readonly number[], last: number): ReplaceThought => {
    const { data, shape } = constructed.tensors['wte.weight'];
    const width = shape[1];
    const thought = Float32Array.from(nodes.flatMap((node) => [...data.subarray(node * width, (node + 1) * width)]));
    return ({ index }) =>
      index > last ? undefined : { data: thought, shape: [nodes.length, width], dtype: 'float32' };
  };
  const shownAt6 = async (replaceThought: ReplaceThought): Promise<number[][]> => {
    const { thoughtLogits } = await model.run(prompts, { thoughts: 6, thoughtLogits: true, replaceThought });
    if (thoughtLogits === undefined) throw new Error('asked for');
    return items.map((_, row) =>
      runs.rowOf(thoughtLogits, row * 6 + 5).flatMap((logit, token) => (logit > 10 ? [token] : [])),
    );
  };

  it('holds the nodes within c edges of the root, and answers what the last thought holds', async () => {
    for (const some of runs.batchesOf(items)) await check(some, [0, 1, 3, 6]);
  });

  it('does not compute them from one another: after five thoughts of the root alone, the sixth has come as far', async () => {
    const shown = await shownAt6(
      embedded(
        items.map(({ root }) => root),
        5,
      ),
    );
    items.forEach((item, row) => expect(new Set(shown[row])).toEqual(members(item, 6)));
  });

  it('expands what its search has not found', async () => {
    const sources = items.map(({ edges, decoy }) => edges.find(([, target]) => target === decoy)?.[0] ?? -1);
    const shown = await shownAt6(embedded(sources, 5));
    items.forEach((item, row) => expect(new Set(shown[row])).toEqual(members({ ...item, root: sources[row] }, 1)));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructed)).toBe('bc380a4737c0c773f35b5cbee8368f0473d43b2d82ff9ecacdfaffaa1b13b3c6');
  });
});
