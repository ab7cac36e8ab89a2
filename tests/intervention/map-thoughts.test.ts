import { describe, expect, it } from 'vitest';
import { permuteIds, randomItem } from '../../src/dataset/index.js';
import { isCorrect, mapThoughts, readAnswers } from '../../src/intervention/index.js';
import { CONSTRUCTED, createCoconut } from '../../src/model/index.js';
import { fitLinearDecoder, randomDictionary } from '../../src/probe/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { createRandom } from '../../src/random.js';

const THOUGHTS = 6;
const random = createRandom('map thoughts');
const items = Array.from({ length: 60 }, (_, i) => {
  const own = random.fork(`item ${i}`);
  return permuteIds(own.fork('ids'), randomItem(own, String(i)));
});
const prompts = items.map((item) => symbolicWording.prompt(item));

describe('mapThoughts', () => {
  it('changes nothing where the function changes nothing, to the bit', async () => {
    const model = createCoconut(CONSTRUCTED.bfs.build());
    const own = await model.run(prompts.slice(0, 8), { thoughts: THOUGHTS });
    const mapped = await own.rethink({ thoughts: THOUGHTS, replaceThought: mapThoughts((thought) => thought) });
    expect(mapped.thoughts.data).toEqual(own.thoughts.data);
    const some = await own.rethink({ thoughts: 2, replaceThought: mapThoughts((t) => t.map((x) => 2 * x), [2]) });
    const d = own.thoughts.shape[2];
    expect(some.thoughts.data[d]).toBe(2 * own.thoughts.data[d]);
    expect(some.thoughts.data.subarray(0, d)).toEqual(own.thoughts.data.subarray(0, d));
    model.dispose();
  });

  it('asks for the faithfulness of decoders: components of thoughts keep the answers, random directions do not', async () => {
    const model = createCoconut(CONSTRUCTED.bfs.build());
    const run = await model.run(prompts, { thoughts: THOUGHTS });
    const [rows, columns] = [items.length * THOUGHTS, run.thoughts.shape[2]];
    const thoughts = { rows, columns, values: Float32Array.from(run.thoughts.data) };
    const accuracy = async (reconstruct: (thought: Float32Array) => Float32Array): Promise<number> => {
      const mapped = await run.rethink({ thoughts: THOUGHTS, replaceThought: mapThoughts(reconstruct) });
      const answers = await readAnswers(mapped, THOUGHTS, items, symbolicWording);
      return answers.reduce((sum, answer) => sum + isCorrect(answer), 0) / items.length;
    };
    // A thought is a sum of node features: 31 nodes, so that 32 components have all there is.
    const linear = fitLinearDecoder(thoughts, 32);
    expect(await accuracy((thought) => linear.reconstruct(thought))).toBe(1);
    const control = randomDictionary(thoughts, { features: 32, active: 8, seed: 1 });
    expect(await accuracy((thought) => control.reconstruct(thought))).toBeLessThan(0.7);
    model.dispose();
  });

  it('refuses another width', async () => {
    const model = createCoconut(CONSTRUCTED.bfs.build());
    const replaceThought = mapThoughts(() => new Float32Array(3));
    await expect(model.run(prompts.slice(0, 1), { thoughts: 1, replaceThought })).rejects.toThrow(
      'thought 1 of prompt 0: is not edited to 384 finite numbers; correct the function',
    );
    model.dispose();
  });
});
