import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  interchange,
  supplyThoughts,
  type CoconutRun,
  type Generation,
  type InterchangeOptions,
} from '../../src/model/index.js';
import { ops, useEngine } from '../../src/tensor/index.js';
import { freeze } from '../../src/model/rollout.js';
import { distance, expectClose, randomPrompts, row, tiny } from './support.js';

const SUFFIX = [4, 7];
const K = 3;
const LENGTHS = [7, 4, 9];
const EVERYTHING = { region: ['prompt', 'thoughts'] } as const;

const { model, config } = tiny(5, { nLayer: 3 });
const prompts = randomPrompts(config, LENGTHS, 1);
const others = randomPrompts(config, LENGTHS, 2);
afterAll(() => model.dispose());
beforeAll(async () => {
  await useEngine('onnxruntime');
});

/** Base and donor; the donor's rows come from a larger batch with another padding. */
async function pair(): Promise<[base: CoconutRun, donor: CoconutRun]> {
  const [first, ...rest] = others;
  const long = await model.run([...rest, randomPrompts(config, [20], 3)[0], first], { thoughts: K });
  return [await model.run(prompts, { thoughts: K }), long.rows([3, 0, 1])];
}

/** Everything that can be asked of a run, after every number of its thoughts. */
async function answers(run: CoconutRun): Promise<{ numbers: number[]; said: Generation[] }> {
  const numbers: number[] = [];
  const said: Generation[] = [];
  for (let c = 0; c <= run.thoughts.shape[1]; c++) {
    for (const suffix of [[], SUFFIX]) {
      numbers.push(...(await run.nextTokenLogits(c, suffix)).data);
      said.push(await run.generate(c, { suffix, maxNewTokens: 3 }));
    }
  }
  for (const prefix of [[], SUFFIX]) {
    const continuations = Array.from({ length: run.thoughts.shape[0] }, (_, i) => [[1, 2 + i], [3]]);
    const scores = await run.scoreAll(continuations, { prefix });
    numbers.push(...scores.flat(2).map(({ total }) => total));
  }
  return { numbers, said };
}

async function expectSame(actual: CoconutRun, expected: CoconutRun): Promise<void> {
  const [a, b] = [await answers(actual), await answers(expected)];
  expectClose(a.numbers, b.numbers, 1e-4);
  expect(a.said).toEqual(b.said);
}

/** Whether a key or value is exchanged, told in other words than the code's. */
interface Plan {
  readonly options: InterchangeOptions;
  readonly takes: (site: { kind: 'k' | 'v'; layer: number; thought: number; last: boolean }) => boolean;
}

const PLANS: readonly Plan[] = [
  { options: { region: 'prompt' }, takes: ({ thought }) => thought === 0 },
  { options: { region: 'promptLast', carriers: 'values' }, takes: ({ kind, last }) => kind === 'v' && last },
  {
    options: { region: 'thoughts', carriers: 'keys', layers: [0, 2] },
    takes: ({ kind, layer, thought }) => thought > 0 && kind === 'k' && layer !== 1,
  },
  { options: { region: { thoughts: [3] } }, takes: ({ thought }) => thought === 3 },
  {
    options: { region: ['promptLast', { thoughts: [2, 1] }], layers: [1], carriers: 'values' },
    takes: ({ kind, layer, thought, last }) => kind === 'v' && layer === 1 && (last || thought === 1 || thought === 2),
  },
  { options: EVERYTHING, takes: () => true },
];

/**
 * What base says if the model, run operation by operation, finds the keys and values that a plan says: hooks put them in
 * place in all passes and layers.
 */
async function hooked(plan: Plan, run: CoconutRun, donor: CoconutRun, c: number, suffix: number[]): Promise<number[]> {
  const traced = async (of: CoconutRun, ids: number[][]): ReturnType<typeof model.runWithTrace> =>
    model.runWithTrace(ids, {
      thoughts: c,
      activations: /hook_[kv]$/,
      replaceThought: supplyThoughts(of.thoughts),
    });
  const [own, foreign] = [await traced(run, prompts), await traced(donor, others)];
  const longest = Math.max(...LENGTHS);
  const result = await model.runWithHooks(prompts, {
    thoughts: c,
    suffix,
    replaceThought: supplyThoughts(run.thoughts),
    hooks: [
      [
        /hook_[kv]$/,
        (activation, { name, pass, layer = 0 }) => {
          const data = Float32Array.from(activation.dataSync());
          const [batch, positions] = activation.shape;
          const size = data.length / (batch * positions);
          const kind = name.endsWith('k') ? 'k' : 'v';
          // Without thoughts pass 0 reads the suffix as well, in the last pass it comes after the thought.
          const read = pass === 0 ? longest : 1;
          for (let b = 0; b < batch; b++) {
            for (let t = 0; t < read; t++) {
              const site = { kind, layer, thought: pass, last: pass === 0 && t === longest - 1 } as const;
              const from = plan.takes(site) ? foreign : own;
              const source = from.activations.get(name);
              if (source === undefined) throw new Error(name);
              const start = (b * source.shape[1] + t) * size;
              data.set(source.data.subarray(start, start + size), (b * positions + t) * size);
            }
          }
          return ops.tensor(data, activation.shape);
        },
      ],
    ],
  });
  return Array.from(result.nextLogits.data);
}

describe('interchange', () => {
  it.each(PLANS)('finds the keys and values that hooks put in place: $options', async (plan) => {
    const [base, donor] = await pair();
    const run = await interchange(base, donor, plan.options);
    for (const [c, suffix] of [
      [0, []],
      [2, SUFFIX],
      [3, SUFFIX],
      [3, []],
    ] as const) {
      const expected = await hooked(plan, base, donor, c, [...suffix]);
      const { data } = await run.nextTokenLogits(c, suffix);
      expectClose(data, expected, 1e-4);
      // Generation and scores ask the same cache.
      const { ids } = await run.generate(c, { suffix, maxNewTokens: 1 });
      const logits = ids.map((_, i) => expected.slice(i * config.vocabSize, (i + 1) * config.vocabSize));
      expect(ids).toEqual(logits.map((of) => [of.indexOf(Math.max(...of))]));
      const scores = await run.score(
        c,
        ids.map((said) => [said]),
        { prefix: suffix },
      );
      logits.forEach((of, i) => {
        const top = Math.max(...of);
        const sum = of.reduce((total, x) => total + Math.exp(x - top), 0);
        expectClose([scores[i][0].total], [-Math.log(sum)], 1e-4);
      });
      const reached = plan.options.region !== 'thoughts' && JSON.stringify(plan.options.region) !== '{"thoughts":[3]}';
      if (reached || c === 3)
        expect(distance(data, (await base.nextTokenLogits(c, suffix)).data)).toBeGreaterThan(1e-3);
    }
  });

  it('of a run with itself changes nothing, to the bit', async () => {
    const [base] = await pair();
    const expected = await answers(base);
    for (const { options } of PLANS) {
      const again = await model.run(prompts, { thoughts: K });
      expect(await answers(await interchange(base, again, options))).toEqual(expected);
    }
    const long = await model.run(prompts, { thoughts: K + 1 });
    const some = await interchange(base, long, { region: { thoughts: [1, 2, 3] } });
    expect(await answers(some)).toEqual(expected);
  });

  it('leaves rows as they were that are their own donors', async () => {
    const [base, donor] = await pair();
    // A frozen run says what it said before; so do rows in which nothing is exchanged, between rows in which all is.
    await expectSame(base.over(await freeze(base.rollout)), base);
    const both = await model.run([prompts[0], others[2], prompts[1]], { thoughts: K });
    const same = (await model.run([...prompts, others[2]], { thoughts: K })).rows([0, 3, 1]);
    await expectSame(await interchange(both, same, EVERYTHING), both);
    const mixed = await interchange(base, (await model.run([prompts[0], ...others], { thoughts: K })).rows([0, 2, 3]), {
      region: EVERYTHING.region,
    });
    await expectSame(mixed.rows([0]), base.rows([0]));
    await expectSame(mixed.rows([1]), (await interchange(base, donor, EVERYTHING)).rows([1]));
  });

  it('of everything gives what the donor says', async () => {
    const [base, donor] = await pair();
    const run = await interchange(base, donor, EVERYTHING);
    for (let c = 0; c <= K; c++) {
      const { data } = await run.nextTokenLogits(c, SUFFIX);
      expectClose(data, (await donor.nextTokenLogits(c, SUFFIX)).data, 1e-4);
      expect(await run.generate(c, { suffix: SUFFIX, maxNewTokens: 4 })).toEqual(
        await donor.generate(c, { suffix: SUFFIX, maxNewTokens: 4 }),
      );
    }
    expect(run.thoughts).toEqual(base.thoughts);
    const back = await interchange(run, base, EVERYTHING);
    await expectSame(back, base);
  });

  it('joins what single exchanges do', async () => {
    const [base, donor] = await pair();
    const both = await interchange(base, donor, { region: ['thoughts', 'promptLast'] });
    const keys = await interchange(base, donor, { region: 'promptLast', carriers: 'keys' });
    const values = await interchange(keys, donor, { region: 'promptLast', carriers: 'values' });
    await expectSame(await interchange(values, donor, { region: { thoughts: [3, 1, 2] } }), both);
    const edges = await interchange(await interchange(base, donor, { region: 'prompt' }), base, {
      region: 'promptLast',
    });
    const last = await interchange(edges, donor, { region: 'promptLast' });
    await expectSame(last, await interchange(base, donor, { region: 'prompt' }));
  });

  it('of the last thought is heard after it alone', async () => {
    const [base, donor] = await pair();
    const run = await interchange(base, donor, { region: { thoughts: [K] } });
    for (let c = 0; c < K; c++)
      expectClose((await run.nextTokenLogits(c, SUFFIX)).data, (await base.nextTokenLogits(c, SUFFIX)).data);
    const [heard, own] = [await run.nextTokenLogits(K, SUFFIX), await base.nextTokenLogits(K, SUFFIX)];
    expect(distance(heard.data, own.data)).toBeGreaterThan(0.01);
  });

  it('of the prompt does not change thoughts; thinking again does', async () => {
    const [base, donor] = await pair();
    const run = await interchange(base, donor, { region: 'prompt' });
    expect(run.thoughts).toEqual(base.thoughts);
    const again = await run.rethink({ thoughts: K });
    // Thought 2 was computed from base's own prompt.
    await expect(run.rethink({ thoughts: K, from: 2 })).rejects.toThrow(
      'first thought: was computed before keys and values were exchanged (2); rethink from 1',
    );
    expect(distance(again.thoughts.data, base.thoughts.data)).toBeGreaterThan(0.01);
    // Where only the tokens before the last differ, all that thinking depends on was exchanged.
    const variants = others.map((other, i) => [...other.slice(0, -1), prompts[i].at(-1) ?? 0]);
    const variant = await model.run(variants, { thoughts: K });
    const moved = await (await interchange(base, variant, { region: 'prompt' })).rethink({ thoughts: K });
    expectClose(moved.thoughts.data, variant.thoughts.data);
    await expectSame(moved, variant);
  });

  it('of last tokens and thoughts works between prompts of different lengths', async () => {
    const base = await model.run(prompts, { thoughts: K });
    const donor = await model.run(randomPrompts(config, [20, 9, 1], 4), { thoughts: K });
    const run = await interchange(base, donor, { region: 'thoughts' });
    const [cache, from] = [run.rollout.session.cache, (await freeze(donor.rollout)).session.cache];
    const [to, at] = [run.rollout.session.prompts.length, donor.rollout.session.prompts.length];
    for (const slot of [-1, 0, 1, 2]) {
      const key = (of: typeof cache, index: number): number[] => Array.from(of.at('keys', 1, 0, 0, index));
      const equal = JSON.stringify(key(cache, to + slot)) === JSON.stringify(key(from, at + slot));
      expect(equal).toBe(slot >= 0);
    }
    await expect(interchange(base, donor, { region: 'prompt' })).rejects.toThrow(
      'interchange: the prompts of row 0 differ in length (7 and 20 tokens); pair prompts of equal length',
    );
  });

  it('refuses what does not exist', async () => {
    const [base, donor] = await pair();
    const short = await donor.rethink({ thoughts: 2 });
    const { model: second } = tiny(6);
    const foreign = await second.run(prompts, { thoughts: K });
    await expect(interchange(base, foreign, EVERYTHING)).rejects.toThrow(/interchange: the runs are of two models/);
    await expect(interchange(base, donor.rows([0]), EVERYTHING)).rejects.toThrow(/the runs have 3 and 1 rows/);
    await expect(interchange(base, donor, { region: 'prompt', layers: [0, 3] })).rejects.toThrow(
      /interchange: no such layer \(3 of 3\)/,
    );
    await expect(interchange(base, short, { region: 'thoughts' })).rejects.toThrow(
      /different numbers of thoughts \(3 and 2\)/,
    );
    await expect(interchange(base, short, { region: { thoughts: [3] } })).rejects.toThrow(/no thought 3 \(3 and 2/);
    await expect(interchange(base, donor, { region: { thoughts: [0] } })).rejects.toThrow(/no thought 0/);
    second.dispose();
  });

  it('leaves base and donor as they were', async () => {
    const [base, donor] = await pair();
    const before = [await answers(base), await answers(donor)];
    const run = await interchange(base, donor, EVERYTHING);
    await run.rethink({ thoughts: K });
    await answers(run);
    expect([await answers(base), await answers(donor)]).toEqual(before);
    const [picked, own] = [await answers(run.rows([2])), await answers(run)];
    expect(picked.said).toEqual(own.said.map((said) => ({ ids: [said.ids[2]], finished: [said.finished[2]] })));
    expectClose(row(await run.rows([2]).nextTokenLogits(K), 0), row(await run.nextTokenLogits(K), 2));
  });
});
