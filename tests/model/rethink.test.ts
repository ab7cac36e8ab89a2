import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillThoughts } from '../../src/intervention/index.js';
import {
  createCoconut,
  interchange,
  rowAt,
  supplyThoughts,
  type Coconut,
  type CoconutRun,
} from '../../src/model/index.js';
import { useEngine } from '../../src/tensor/index.js';
import { distance, expectClose, randomPrompts, row, tiny } from './support.js';
import { randomTensors, tinyConfig } from './tiny.js';

const SUFFIX = [4, 7];

function trainedBy(method: string): Coconut {
  // Small: the JavaScript engine copies the cache of keys and values number by number.
  const config = tinyConfig({ nEmbd: 8, nHead: 2, nInner: 16 });
  const latentTokens = { start: 16, latent: 17, end: 18 };
  const coconut = { format: 'symbolic' as const, method, thoughts: 3, latentTokens };
  return createCoconut({ config: { ...config, coconut }, tensors: randomTensors(config, 5) });
}

/** Everything that can be asked of a run, after every number of its thoughts. */
async function answers(run: CoconutRun): Promise<unknown> {
  const [batch, k] = run.thoughts.shape;
  const continuations = Array.from({ length: batch }, (_, i) => [[1, 2 + i], [3]]);
  const after = await Promise.all(
    Array.from({ length: k + 1 }, async (_, c) => [
      Array.from((await run.nextTokenLogits(c, SUFFIX)).data),
      Array.from((await run.nextTokenLogits(c)).data),
      await run.generate(c, { suffix: SUFFIX, maxNewTokens: 3 }),
    ]),
  );
  return {
    thoughts: Array.from(run.thoughts.data),
    after,
    scores: await run.scoreAll(continuations, { prefix: SUFFIX }),
  };
}

describe.each(['cpu', 'onnxruntime'] as const)('rethink on %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  it.each(['coconut', 'pause', 'pause-passes'])('gives to the bit what a new run gives, %s', async (method) => {
    const model = trainedBy(method);
    const prompts = randomPrompts(model.config, [7, 4, 12], 5);
    const foreign = (await model.run(randomPrompts(model.config, [7, 4, 12], 6), { thoughts: 5 })).thoughts;
    const first = await model.run(prompts, { thoughts: 2 });
    const before = await answers(first);
    const seen = new Set<string>();
    for (const replaceThought of [undefined, supplyThoughts(foreign, [2, 3]), supplyThoughts(foreign, [1])]) {
      for (const thoughts of [0, 3]) {
        const again = await answers(await first.rethink({ thoughts, replaceThought }));
        expect(again).toEqual(await answers(await model.run(prompts, { thoughts, replaceThought })));
        seen.add(JSON.stringify(again));
      }
    }
    // Without thoughts the replacements make no difference.
    expect(seen.size).toBe(4);
    expect(await answers(first)).toEqual(before);
    model.dispose();
  });

  it.each(['coconut', 'pause', 'pause-passes'])(
    'holds a thought, as if it were supplied so often, %s',
    async (method) => {
      const model = trainedBy(method);
      const prompts = randomPrompts(model.config, [7, 4, 12], 5);
      const d = model.config.nEmbd;
      const foreign = (await model.run(randomPrompts(model.config, [7, 4, 12], 6), { thoughts: 5 })).thoughts;
      const first = await model.run(prompts, { thoughts: 5 });
      const repeated = fillThoughts([3, 5, d], (into, i) => into.set(rowAt(foreign, i, 1)));
      for (const holdUntil of [2, 3, 4, 5]) {
        const held = await first.rethink({
          thoughts: 5,
          from: 2,
          holdUntil,
          replaceThought: supplyThoughts(foreign, [2]),
        });
        const steps = [2, 3, 4, 5].filter((c) => c <= holdUntil);
        const supplied = await first.rethink({ thoughts: 5, from: 2, replaceThought: supplyThoughts(repeated, steps) });
        expectClose(held.thoughts.data, supplied.thoughts.data, 1e-6);
        // Gone on with from what was computed where a thought was held.
        for (const from of [2, 3, 5]) {
          const [again, wanted] = [held, supplied].map((run) => run.rethink({ thoughts: 5, from }));
          expectClose((await again).thoughts.data, (await wanted).thoughts.data, 1e-6);
          expectClose(
            (await (await again).nextTokenLogits(5, SUFFIX)).data,
            (await (await wanted).nextTokenLogits(5, SUFFIX)).data,
            1e-5,
          );
        }
      }
      await expect(first.rethink({ thoughts: 4, from: 2, holdUntil: 5 })).rejects.toThrow(
        'last thought that is held: is none of 4 (5); hold fewer',
      );
      model.dispose();
    },
  );

  it.each(['coconut', 'pause', 'pause-passes'])(
    'keeps the thoughts before the first one to think again, %s',
    async (method) => {
      const model = trainedBy(method);
      const prompts = randomPrompts(model.config, [7, 4, 12], 5);
      const foreign = (await model.run(randomPrompts(model.config, [7, 4, 12], 6), { thoughts: 4 })).thoughts;
      const first = await model.run(prompts, { thoughts: 4, replaceThought: supplyThoughts(foreign, [1]) });
      const before = await answers(first);
      for (const from of [1, 2, 4]) {
        const given: number[] = [];
        const replacing = supplyThoughts(foreign, [from]);
        const again = await first.rethink({
          thoughts: 4,
          from,
          replaceThought: (thought) => {
            given.push(thought.index);
            return replacing(thought);
          },
        });
        expect(given).toEqual([1, 2, 3, 4].slice(from - 1));
        const fresh = await model.run(prompts, { thoughts: 4, replaceThought: supplyThoughts(foreign, [1, from]) });
        expect(await answers(again)).toEqual(await answers(fresh));
      }
      expect(await answers(first)).toEqual(before);
      await expect(first.rethink({ thoughts: 4, from: 5 })).rejects.toThrow(
        'first thought: is none of the run (5 of 4)',
      );
      await expect(first.rethink({ thoughts: 2, from: 3 })).rejects.toThrow('first thought: is none of the run');
      await expect(first.rethink({ thoughts: 2, from: 0 })).rejects.toThrow('first thought: not an integer');
      model.dispose();
    },
  );

  it('gives it with more room than the first run had', async () => {
    const { model, config } = tiny(2);
    const prompts = randomPrompts(config, [30, 16], 3);
    const first = await model.run(prompts, { thoughts: 0 });
    const many = await first.rethink({ thoughts: 34, thoughtLogits: true });
    const fresh = await model.run(prompts, { thoughts: 34, thoughtLogits: true });
    expect(many.thoughts).toEqual(fresh.thoughts);
    expect(many.thoughtLogits).toEqual(fresh.thoughtLogits);
    await expect(first.rethink({ thoughts: 35 })).rejects.toThrow(/prompt 0: too long \(30 tokens and 35 positions/);
    await expect(first.rethink({ thoughts: 1.5 })).rejects.toThrow(/number of thoughts: not an integer/);
    model.dispose();
  });
});

describe('rethink', () => {
  beforeAll(async () => {
    await useEngine('onnxruntime');
  });

  it('gives to the bit what a new run gives for prompts that are read one by one', async () => {
    const { model, config } = tiny(8, { nPositions: 320, nLayer: 2 });
    const prompts = randomPrompts(config, [300, 41, 256], 8);
    const run = await (await model.run(prompts, { thoughts: 1 })).rethink({ thoughts: 3 });
    expect(await answers(run)).toEqual(await answers(await model.run(prompts, { thoughts: 3 })));
    model.dispose();
  });

  it('reads no prompt again', async () => {
    const { model, config } = tiny(2);
    const prompts = randomPrompts(config, [30, 16], 3);
    const run = await model.run(prompts, { thoughts: 2 });
    // The prompts' tokens have other embeddings from here on: whoever reads them again gets something else.
    model.weights.tensors['wte.weight'].data.fill(0);
    expect((await run.rethink({ thoughts: 2 })).thoughts).toEqual(run.thoughts);
    expect((await model.run(prompts, { thoughts: 2 })).thoughts).not.toEqual(run.thoughts);
    model.dispose();
  });
});

describe('rows of a run', () => {
  const { model, config } = tiny(5);
  const prompts = randomPrompts(config, [7, 18, 4], 5);
  afterAll(() => model.dispose());

  it('answer as in the run, in the order asked for and as often', async () => {
    const run = await model.run(prompts, { thoughts: 3, thoughtLogits: true });
    const picked = [2, 0, 2, 1, 1];
    const some = run.rows(picked);
    const [all, own] = [await run.nextTokenLogits(3, SUFFIX), await some.nextTokenLogits(3, SUFFIX)];
    const said = await some.generate(2, { suffix: SUFFIX, maxNewTokens: 4 });
    const saidByAll = await run.generate(2, { suffix: SUFFIX, maxNewTokens: 4 });
    const scores = await some.score(
      1,
      picked.map(() => [[3, 5]]),
    );
    const scoresOfAll = await run.score(
      1,
      prompts.map(() => [[3, 5]]),
    );
    expect(some.thoughts.shape).toEqual([5, 3, config.nEmbd]);
    picked.forEach((from, i) => {
      expect(row(some.thoughts, i)).toEqual(row(run.thoughts, from));
      expect(row(some.thoughtLogits ?? some.thoughts, i)).toEqual(row(run.thoughtLogits ?? run.thoughts, from));
      expectClose(row(own, i), row(all, from));
      expect(said.ids[i]).toEqual(saidByAll.ids[from]);
      expectClose([scores[i][0].total], [scoresOfAll[from][0].total], 1e-4);
    });
    expect(distance(row(own, 0), row(own, 1))).toBeGreaterThan(0.01);
  });

  it('think again as in the run', async () => {
    const run = await model.run(prompts, { thoughts: 1 });
    const again = await run.rows([2, 1]).rethink({ thoughts: 4 });
    const { thoughts } = await model.run(prompts, { thoughts: 4 });
    expectClose(row(again.thoughts, 0), row(thoughts, 2));
    expectClose(row(again.thoughts, 1), row(thoughts, 1));
  });

  it('share nothing with the run that is ever written to', async () => {
    const run = await model.run(prompts, { thoughts: 3 });
    // Consecutive rows share the prompts' keys and values with the run, others have copies.
    for (const rows of [
      [0, 1],
      [1, 0],
    ]) {
      const [first, other] = [run.rows(rows), run.rows(rows)];
      const before = (await other.nextTokenLogits(3, SUFFIX)).data;
      await interchange(first, run.rows([2, 2]), { region: ['promptLast', 'thoughts'] });
      await first.rethink({ thoughts: 3, replaceThought: supplyThoughts(other.thoughts, [2]) });
      for (const tensor of [first.thoughts, ...first.rollout.thoughts]) tensor.data.fill(NaN);
      expect((await other.nextTokenLogits(3, SUFFIX)).data).toEqual(before);
    }
  });

  it('are refused where there are none', async () => {
    const run = await model.run(prompts, { thoughts: 1 });
    expect(() => run.rows([])).toThrow('rows: none given (0); give at least one');
    expect(() => run.rows([0, 3])).toThrow('rows: no such row (3 of 3); count them from 0');
    expect(() => run.rows([0.5])).toThrow('rows: no such row (0.5 of 3)');
  });
});
