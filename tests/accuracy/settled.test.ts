import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerItems } from '../../src/accuracy/index.js';
import { randomItems, type Item } from '../../src/dataset/index.js';
import { loadCoconut, type Coconut } from '../../src/model/index.js';
import { createRandom } from '../../src/random.js';
import { observeInterpolation } from '../../src/readout/interpolation/observe.js';
import { SYMBOLIC_TOKENS, spokenSymbolicWording, symbolicWording, type Wording } from '../../src/tokenizer/index.js';

const items = randomItems(createRandom('settled'), 12, {
  nodes: 12,
  minNodes: 8,
  minDepth: 2,
  maxDepth: 4,
  depthGap: 0,
});

/** The same wording, where no answer is ever settled: models speak until they end, or to the limit. */
function neverSettled(wording: Wording): Wording {
  const isSettled = (): boolean => false;
  return { ...wording, isSettled, decoding: { ...wording.decoding, isSettled } };
}

describe('an answer that is settled', () => {
  const said = fc.array(fc.integer({ min: 0, max: 39 }), { maxLength: 14 });

  it.each([
    ['symbolic', symbolicWording],
    ['spoken', spokenSymbolicWording],
  ])('is the same whatever follows (%s)', (_, wording) => {
    const [item] = items;
    fc.assert(
      fc.property(said, said, (before, after) => {
        if (wording.isSettled(before))
          expect(wording.answerOf([...before, ...after], item)).toBe(wording.answerOf(before, item));
        if (!wording.decoding.isSettled(before)) return;
        const { decoding } = wording;
        expect(decoding.answerOf([...before, ...after], item)).toBe(decoding.answerOf(before, item));
        expect(decoding.pathOf([...before, ...after], item)).toEqual(decoding.pathOf(before, item));
      }),
      { numRuns: 2000 },
    );
  });

  it('is settled as early as can be: with the token after the marker', () => {
    const { '[A]': marker } = SYMBOLIC_TOKENS;
    expect([[], [3], [3, marker], [3, marker, 7]].map((ids) => spokenSymbolicWording.isSettled(ids))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe.each([
  ['random-init', 6],
  ['prosqa-small-coconut', 4],
  ['prosqa-small-cot', 0],
])('of %s', (name, thoughts) => {
  const folder = join(fileURLToPath(new URL('../../fixtures/models', import.meta.url)), name);
  const withModel = async <T>(ask: (model: Coconut, some: readonly Item[]) => Promise<T>): Promise<T> => {
    const model = await loadCoconut(folder);
    try {
      return await ask(model, items);
    } finally {
      model.dispose();
    }
  };

  it('paths and answers are those without the early stop', () =>
    withModel(async (model, some) => {
      const [early, whole] = [symbolicWording, neverSettled(symbolicWording)].map((wording) =>
        observeInterpolation(model, some, wording, thoughts),
      );
      expect(await early).toEqual(await whole);
    }));

  it('answers and their lengths are those without the early stop', () =>
    withModel(async (model, some) => {
      const [early, whole] = [spokenSymbolicWording, neverSettled(spokenSymbolicWording)].map((wording) =>
        answerItems(model, some, wording, thoughts, { batchSize: 5 }),
      );
      expect(await early).toEqual(await whole);
    }));
});
