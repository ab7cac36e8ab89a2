import { afterAll, describe, expect, it } from 'vitest';
import { createCoconut } from '../../../src/model/index.js';
import { symbolicPrompt, symbolicWording } from '../../../src/tokenizer/index.js';
import { constructedBfs } from '../../../src/model/constructed/index.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { members } from './expectations.js';
import { checkSearch } from './search-runs.js';
import { ANSWER, rowOf } from './variant-runs.js';

/** The real forward pass: float32, batched, padded at the left, with cached keys and values. */
const model = createCoconut(constructedBfs());
afterAll(() => model.dispose());

describe('constructed-bfs in the forward pass of src/model', () => {
  it('searches adversarial graphs of very different lengths in one batch', async () => {
    await checkSearch(model, shapes(5), 10, [0, 2, 10]);
  });

  it('searches random directed acyclic graphs', async () => {
    const random = createRandom('forward pass');
    await checkSearch(
      model,
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 6],
    );
  });

  it('says the same alone and beside longer prompts, whose padding is masked', async () => {
    const items = shapes(6);
    const short = items.filter(({ edges }) => edges.length === 1);
    const beside = await model.run(
      items.map((item) => symbolicPrompt(item)),
      { thoughts: 2 },
    );
    const answers = await beside.nextTokenLogits(2, ANSWER);
    for (const item of short) {
      const alone = await model.nextTokenLogits([symbolicPrompt(item)], { thoughts: 2, suffix: ANSWER });
      const row = rowOf(answers, items.indexOf(item));
      // Logits up to 115, in float32.
      rowOf(alone, 0).forEach((logit, token) => expect(row[token]).toBeCloseTo(logit, 3));
    }
  });

  it('ends the text after the answer', async () => {
    const items = shapes(7).filter((item) => item.candidates.some((candidate) => members(item, 10).has(candidate)));
    const { ids, finished } = await model.generate(
      items.map((item) => symbolicPrompt(item)),
      { thoughts: 10, suffix: ANSWER, maxNewTokens: 3, eos: symbolicWording.eos },
    );
    expect(finished.every(Boolean)).toBe(true);
    items.forEach((item, row) => {
      expect(ids[row]).toHaveLength(1);
      expect(item.candidates).toContain(ids[row][0]);
      if (!item.candidates.every((candidate) => members(item, 10).has(candidate))) {
        expect(members(item, 10)).toContain(ids[row][0]);
      }
    });
  });
});
