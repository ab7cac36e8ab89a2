import { describe, expect, it } from 'vitest';
import { swapEdges } from '../../../src/dataset/index.js';
import { CONSTRUCTED, createCoconut } from '../../../src/model/index.js';
import { createRandom } from '../../../src/random.js';
import { ask, swapsAt, underWay } from '../../../src/readout/mediation/swaps.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { itemOf } from '../records.js';

/**
 *     0 -> 1 -> 2 -> 3 -> 4 (target)      swapped at depth 1: 0 -> 6 -> 7 (the answer now), 5 -> 1 -> .. -> 4
 *     5 -> 6 -> 7 (decoy)
 */
const item = itemOf(
  8,
  [[0, 1], [1, 2], [2, 3], [3, 4], [5, 6], [6, 7]],
  { target: 4, decoy: 7 },
); // prettier-ignore

describe('swapsAt', () => {
  const random = createRandom('swaps');

  it('keeps the items of which both questions are answered correctly', async () => {
    const bfs = createCoconut(CONSTRUCTED.bfs.build());
    const asked = await ask(bfs, [item], symbolicWording, 4);
    const swaps = await swapsAt(1, asked, random);
    expect(swaps).toMatchObject({ depth: 1, rows: [0], swapped: [{ target: 7, decoy: 4 }] });
    expect(swaps?.thoughts.shape).toEqual([1, 4, 384]);
    const wrong = asked.answers.map(({ target, decoy }) => ({ target: decoy, decoy: target }));
    expect(await swapsAt(1, { ...asked, answers: wrong }, random)).toBeUndefined();
    // There are no edges from depth 2 of the other root.
    expect(await swapsAt(3, asked, random)).toBeUndefined();
  });
});

describe('underWay', () => {
  const swapped = swapEdges(createRandom('swap'), item, 1);
  if (swapped === undefined) throw new Error('has one');
  const thoughts = { data: new Float32Array(0), shape: [1, 0, 0], dtype: 'float32' as const };
  const at = (depth: number, thought: number): number[] =>
    underWay({ depth, rows: [0], swapped: [swapped], thoughts }, [item], thought);

  it('is from the swapped edges on until one of the targets is reached', () => {
    // Targets at depths 4 and 2.
    expect([1, 2, 3].map((thought) => at(1, thought))).toEqual([[0], [], []]);
    expect(at(2, 1)).toEqual([]);
  });
});
