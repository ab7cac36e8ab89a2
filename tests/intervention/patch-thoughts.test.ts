import { describe, expect, it } from 'vitest';
import { swapEdges, type Item, type SwappedItem } from '../../src/dataset/index.js';
import { patchThoughts, preference, readAnswers } from '../../src/intervention/index.js';
import { loadCoconut } from '../../src/model/index.js';
import { createRandom } from '../../src/random.js';
import { useEngine } from '../../src/tensor/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { modelFolder, permutedItems, symbolicTiny } from './support.js';

const promptsOf = (items: readonly Item[]): number[][] => items.map((item) => symbolicWording.prompt(item));

describe('patchThoughts', () => {
  it.each(['cpu', 'onnxruntime'] as const)('of the own thoughts changes nothing, to the bit, on %s', async (engine) => {
    await useEngine(engine);
    const { model } = symbolicTiny(4);
    const prompts = promptsOf(permutedItems('self', 2, { nodes: 12, maxDepth: 4 }));
    const run = await model.run(prompts, { thoughts: 3 });
    const before = await run.nextTokenLogits(3, symbolicWording.suffix);
    for (const steps of [[1], [1, 2, 3]]) {
      const again = await model.run(prompts, { thoughts: 3, replaceThought: patchThoughts(run.thoughts, steps) });
      expect(again.thoughts.data).toEqual(run.thoughts.data);
      expect((await again.nextTokenLogits(3, symbolicWording.suffix)).data).toEqual(before.data);
    }
    model.dispose();
  });

  it('puts in the donors’ thoughts at the steps alone; later ones are computed from them', async () => {
    await useEngine('onnxruntime');
    const { model, config } = symbolicTiny(4);
    const d = config.nEmbd;
    const prompts = promptsOf(permutedItems('donors', 3));
    const run = await model.run(prompts, { thoughts: 3 });
    const donors = [2, 0, 0];
    const crossed = await model.run(prompts, { thoughts: 3, replaceThought: patchThoughts(run.thoughts, [2], donors) });
    const thought = (data: ArrayLike<number>, row: number, c: number): number[] =>
      Array.from({ length: d }, (_, i) => data[(row * 3 + c - 1) * d + i]);
    donors.forEach((donor, row) => {
      expect(thought(crossed.thoughts.data, row, 1)).toEqual(thought(run.thoughts.data, row, 1));
      expect(thought(crossed.thoughts.data, row, 2)).toEqual(thought(run.thoughts.data, donor, 2));
      expect(thought(crossed.thoughts.data, row, 3)).not.toEqual(thought(run.thoughts.data, row, 3));
      expect(thought(crossed.thoughts.data, row, 3)).not.toEqual(thought(run.thoughts.data, donor, 3));
    });
    expect(() => patchThoughts(run.thoughts, [4])).toThrow('thought 4 is not among them');
    expect(() => patchThoughts(run.thoughts, [1], [3, 0, 0])).toThrow('thoughts: no such item (3 of 0..2)');
    expect(() => patchThoughts({ ...run.thoughts, shape: [9, d] }, [1])).toThrow('donor thoughts: wrong shape or type');
    model.dispose();
  });

  it('across a swap of edges carries the answer over from the swap’s depth on, where a model searches breadth-first', async () => {
    await useEngine('onnxruntime');
    const model = await loadCoconut(modelFolder('constructed-bfs'));
    const k = 6;
    for (const depth of [1, 2, 3]) {
      const pairs = permutedItems('swaps', 40)
        .map((item) => [item, swapEdges(createRandom(item.id), item, depth)] as const)
        .filter((pair): pair is readonly [Item, SwappedItem] => pair[1] !== undefined && pair[1].path.length <= k + 1);
      expect(pairs.length).toBeGreaterThan(3);
      const items = pairs.map(([item]) => item);
      const donor = await model.run(promptsOf(pairs.map(([, swap]) => swap)), { thoughts: k });
      const own = await model.run(promptsOf(items), { thoughts: k });
      for (const answer of await readAnswers(own, k, items, symbolicWording)) {
        expect(preference(answer)).toBeGreaterThan(99);
      }
      for (let step = 1; step <= k; step++) {
        const replaceThought = patchThoughts(donor.thoughts, [step]);
        const run = await model.run(promptsOf(items), { thoughts: k, replaceThought });
        const answers = (await readAnswers(run, k, items, symbolicWording)).map((answer) => preference(answer));
        answers.forEach((t) => {
          if (step < depth) expect(t, `depth ${depth}, step ${step}`).toBeGreaterThan(99);
          // This model's thoughts keep what was reached, so that the item's own edges find the target again: a tie (its
          // coin is 50.7 to 49.3), unless nothing is expanded any more.
          else if (step === k) expect(t).toBeLessThan(1);
          else expect(t, `depth ${depth}, step ${step}`).toBeLessThan(51);
        });
      }
    }
    model.dispose();
  });
});
