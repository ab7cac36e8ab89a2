import { describe, expect, it } from 'vitest';
import { answerGradients, createCoconut, nextThoughtJacobian, type CoconutRun } from '../../src/model/index.js';
import type { HostTensor } from '../../src/tensor/index.js';
import { randomTensors, tinyConfig } from './tiny.js';

const config = tinyConfig();
const model = createCoconut({
  config,
  tensors: randomTensors(config, 5),
});
// Of two lengths, so that there is padding.
const PROMPTS = [
  [1, 2, 3, 4, 5, 6],
  [7, 8, 9],
];
const K = 3;
const STEP = 1 / 64;
const run = await model.run(PROMPTS, { thoughts: K });
const d = config.nEmbd;

/** The run with coordinate j of thought c moved. */
function moved(c: number, j: number, by: number): Promise<CoconutRun> {
  return run.rethink({
    thoughts: K,
    from: c,
    replaceThought: ({ index, computed }) => {
      if (index !== c) return undefined;
      const data = Float32Array.from(computed.data);
      for (let row = 0; row < PROMPTS.length; row++) data[row * d + j] += by;
      return { ...computed, data };
    },
  });
}

/** The derivative by coordinate j of thought c of what is read of a run, by central differences. */
async function difference(
  c: number,
  j: number,
  read: (of: CoconutRun) => Promise<ArrayLike<number>> | ArrayLike<number>,
): Promise<number[]> {
  const [up, down] = [await read(await moved(c, j, STEP)), await read(await moved(c, j, -STEP))];
  return Array.from(up, (x, i) => (x - down[i]) / (2 * STEP));
}

/** The largest distance, as a share of the largest number expected. */
function distance(found: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((x, i) => Math.abs(found[i] - x))) / scale;
}

const column = ({ data }: HostTensor, j: number): number[] => Array.from({ length: d }, (_, i) => data[i * d + j]);

describe('nextThoughtJacobian', () => {
  it.each([
    [1, 0],
    [1, 1],
    [2, 1],
  ])('of thought %i of row %i is what differences say', async (c, row) => {
    const jacobian = await nextThoughtJacobian(run, c, row);
    expect(jacobian.shape).toEqual([d, d]);
    for (const j of [0, 7, d - 1]) {
      const expected = await difference(c, j, ({ thoughts: { data } }) =>
        data.slice((row * K + c) * d, (row * K + c + 1) * d),
      );
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.01);
      expect(distance(column(jacobian, j), expected)).toBeLessThan(0.01);
    }
  });

  it('needs a thought after it', async () => {
    await expect(nextThoughtJacobian(run, K, 0)).rejects.toThrow('thought: has nothing after it (3; 2 have)');
  });
});

describe('answerGradients', () => {
  const SUFFIX = [11, 12];
  const weights = model.weights.tensors['wte.weight'].data;
  const rowOf = (token: number): Float32Array => weights.subarray(token * d, (token + 1) * d);
  /** Tokens 3 and 4 in the first row, 5 and 6 in the second. */
  const PAIRS = [
    [3, 4],
    [5, 6],
  ];
  const data = Float32Array.from(PAIRS.flatMap(([a, b]) => [...rowOf(a)].map((x, i) => x - rowOf(b)[i])));

  it.each([1, 2, 3])('of thought %i go through all later ones', async (c) => {
    const { data: found, shape } = await answerGradients(run, c, SUFFIX, { data, shape: [2, d], dtype: 'float32' });
    expect(shape).toEqual([2, d]);
    const read = async (of: CoconutRun): Promise<number[]> => {
      const { data: logits } = await of.nextTokenLogits(K, SUFFIX);
      return PAIRS.map(([a, b], row) => logits[row * config.vocabSize + a] - logits[row * config.vocabSize + b]);
    };
    const expected = await Promise.all(Array.from({ length: d }, (_, j) => difference(c, j, read)));
    for (const row of [0, 1]) {
      const own = expected.map((of) => of[row]);
      expect(distance(found.slice(row * d, (row + 1) * d), own)).toBeLessThan(0.01);
    }
  });

  it('ask for a suffix', async () => {
    await expect(answerGradients(run, 1, [], { data, shape: [2, d], dtype: 'float32' })).rejects.toThrow(
      'suffix: has no tokens (0)',
    );
  });
});
