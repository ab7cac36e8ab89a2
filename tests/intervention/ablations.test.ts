import { beforeAll, describe, expect, it } from 'vitest';
import { graphKey, permuteNames, rootTwin, type Item } from '../../src/dataset/index.js';
import {
  ABLATIONS,
  earlyStop,
  isCorrect,
  preference,
  readAnswers,
  runAblated,
  type AblationPlan,
  type AblationSource,
  type Answer,
  type Inapplicable,
} from '../../src/intervention/index.js';
import { requireThoughts, selectRows } from '../../src/intervention/thought-rows.js';
import { createCoconut, loadCoconut } from '../../src/model/index.js';
import { createRandom } from '../../src/random.js';
import { useEngine } from '../../src/tensor/index.js';
import { englishWording, gpt2Tokenizer, symbolicWording } from '../../src/tokenizer/index.js';
import { plainDepths } from '../dataset/families/support.js';
import { randomTensors, tinyConfig } from '../model/tiny.js';
import { modelFolder, permutedItems, symbolicTiny } from './support.js';

const K = 3;
const { model, config } = symbolicTiny(2);
const D = config.nEmbd;
const twins = permutedItems('substitutes', 20, { nodes: 14, maxDepth: 4 });
/** Twenty graphs, the first five asked from either root. */
const items: Item[] = [...twins, ...twins.slice(0, 5).flatMap((item) => rootTwin(createRandom(0), item) ?? [])];
let source: AblationSource;

beforeAll(async () => {
  await useEngine('onnxruntime');
  const run = await model.run(
    items.map((item) => symbolicWording.prompt(item)),
    { thoughts: K },
  );
  source = { model, wording: symbolicWording, items, thoughts: run.thoughts, random: createRandom(1) };
});

function make(name: string, changes: Partial<AblationSource> = {}): AblationPlan | Inapplicable {
  const found = ABLATIONS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ablation ${name}`);
  return found.make({ ...source, random: createRandom(1), ...changes });
}

function made(name: string, changes: Partial<AblationSource> = {}): AblationPlan {
  const plan = make(name, changes);
  if ('inapplicable' in plan) throw new Error(plan.inapplicable);
  return plan;
}

/** Thought c (from 1) of item `row` of [n, K, D]. */
function thought(thoughts: { data: ArrayLike<number> } | undefined, row: number, c: number): number[] {
  return Array.from({ length: D }, (_, i) => thoughts?.data[(row * K + c - 1) * D + i] ?? NaN);
}

const all = [...items.keys()];
const steps = [1, 2, 3];

describe('ablations', () => {
  it('have names, words, and tell apart what knows of the item', () => {
    expect(new Set(ABLATIONS.map(({ name }) => name)).size).toBe(ABLATIONS.length);
    expect(ABLATIONS.filter(({ informative }) => informative).map(({ name }) => name)).toEqual([
      'none',
      'resampleSameAnswer',
      'permutedOrder',
    ]);
  });

  it('are the same of the same seed, and of the shape of the thoughts', () => {
    for (const { name } of ABLATIONS) {
      const plan = make(name);
      if ('inapplicable' in plan) continue;
      expect(make(name)).toEqual(plan);
      if (plan.thoughts !== undefined) expect(plan.thoughts.shape).toEqual([items.length, K, D]);
    }
  });

  it('own: answers to the bit as the run itself; the markers alone as after no thoughts', async () => {
    const own = made('none');
    const run = await runAblated(model, items, own);
    expect(run.thoughts.data).toEqual(source.thoughts.data);
    expect(own).toMatchObject({ count: K, rows: all, thoughts: undefined });
    const bare = made('noThoughts');
    const without = await runAblated(model, items, bare);
    const after = await run.nextTokenLogits(0, symbolicWording.suffix);
    const { data } = await without.nextTokenLogits(bare.count, bare.wording.suffix);
    data.forEach((logit, i) => expect(logit).toBeCloseTo(after.data[i], 4));
  });

  it('noMarkers: the English wording without them, and none in the symbolic one', async () => {
    expect(make('noMarkers')).toEqual({
      inapplicable: 'the wording has no markers to leave out: the prompt ends with the question',
    });
    const english = englishWording(await gpt2Tokenizer());
    const { wording, count } = made('noMarkers', { wording: english });
    expect({ count, suffix: wording.suffix }).toEqual({ count: 0, suffix: [] });
    expect(wording.prompt(items[0])).toEqual(english.prompt(items[0]).slice(0, -1));
    const plain = englishWording(await gpt2Tokenizer({ latentTokens: null }), { markers: false });
    expect(make('noMarkers', { wording: plain })).toHaveProperty('inapplicable');
  });

  it.each([
    ['pad', symbolicWording.pad],
    ['placeholder', symbolicWording.latent],
  ])('%s: as if the token stood in the prompt', async (name, token) => {
    const plan = made(name);
    const run = await runAblated(model, items, plan, [3, 1]);
    const { data } = await run.nextTokenLogits(K, symbolicWording.suffix);
    const prompts = [3, 1].map((row) => [...symbolicWording.prompt(items[row]), token, token, token]);
    const plain = await model.nextTokenLogits(prompts, { thoughts: 0, suffix: symbolicWording.suffix });
    data.forEach((logit, i) => expect(logit).toBeCloseTo(plain.data[i], 4));
  });

  it('does not take a token that the model lacks', () => {
    const wording = { ...symbolicWording, latent: 40 };
    expect(make('placeholder', { wording })).toEqual({ inapplicable: 'the model has no token 40 (40 in all)' });
  });

  it('zero: zeros', () => {
    expect(made('zero').thoughts?.data.every((x) => x === 0)).toBe(true);
  });

  it('mean: of the other graphs, step by step', () => {
    const { thoughts } = made('mean');
    for (const row of [0, 7, 20]) {
      const others = all.filter((other) => graphKey(items[other]) !== graphKey(items[row]));
      expect(others).toHaveLength(items.length - (row === 7 ? 1 : 2));
      for (const c of steps) {
        thought(thoughts, row, c).forEach((x, i) => {
          const sum = others.reduce((total, other) => total + thought(source.thoughts, other, c)[i], 0);
          expect(x).toBeCloseTo(sum / others.length, 5);
        });
      }
    }
    const one = { shape: [1, K, D], dtype: 'float32', data: new Float32Array(K * D) } as const;
    expect(make('mean', { items: items.slice(0, 1), thoughts: one })).toHaveProperty('inapplicable');
  });

  it('noise: needs another graph', () => {
    expect(
      make('noise', {
        pool: { items: items.slice(0, 1), thoughts: selectRows(requireThoughts('thoughts', source.thoughts), [0]) },
      }),
    ).toEqual({
      inapplicable: 'the noise of other graphs needs items of at least two graphs',
    });
  });

  it('resample: everyone gets those of one of another graph', () => {
    const { thoughts, donors = [], rows } = made('resample');
    expect(rows).toEqual(all);
    donors.forEach((donor, row) => {
      expect(graphKey(items[donor ?? row])).not.toBe(graphKey(items[row]));
      for (const c of steps) expect(thought(thoughts, row, c)).toEqual(thought(source.thoughts, donor ?? -1, c));
    });
    // Two questions about one graph, and none about another.
    const few = [items[0], items[20]];
    const data = new Float32Array(few.length * K * D);
    expect(make('resample', { items: few, thoughts: { shape: [2, K, D], dtype: 'float32', data } })).toEqual({
      inapplicable: 'all items are of one graph',
    });
  });

  it('resampleSameAnswer: another graph’s with the same target, and the rows that have one', async () => {
    const { thoughts, donors = [], rows } = made('resampleSameAnswer');
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.length).toBeLessThan(items.length);
    for (const row of all) {
      const donor = donors[row];
      const possible = all.filter(
        (other) => items[other].target === items[row].target && graphKey(items[other]) !== graphKey(items[row]),
      );
      expect(rows.includes(row)).toBe(possible.length > 0);
      if (donor === undefined) {
        expect(possible).toEqual([]);
        continue;
      }
      expect(possible).toContain(donor);
      for (const c of steps) expect(thought(thoughts, row, c)).toEqual(thought(source.thoughts, donor, c));
    }
    const run = await runAblated(model, items, made('resampleSameAnswer'));
    expect(run.thoughts.shape).toEqual([rows.length, K, D]);
    expect(thought(run.thoughts, 1, 2)).toEqual(thought(source.thoughts, donors[rows[1]] ?? -1, 2));
    // In English the answer is a name, whatever the node's number.
    const english = englishWording(await gpt2Tokenizer());
    const named = items.map((item) => permuteNames(createRandom(item.id), item));
    const others = made('resampleSameAnswer', { items: named, wording: english });
    for (const row of others.rows) {
      const donor = named[others.donors?.[row] ?? -1];
      expect(donor.names[donor.target]).toBe(named[row].names[named[row].target]);
    }
  });

  it('permutedOrder: the same thoughts, never in their order', () => {
    const { thoughts } = made('permutedOrder');
    for (const row of all) {
      const own = steps.map((c) => thought(source.thoughts, row, c).join());
      const now = steps.map((c) => thought(thoughts, row, c).join());
      expect([...now].sort()).toEqual([...own].sort());
      expect(now).not.toEqual(own);
    }
    const one = { shape: [items.length, 1, D], dtype: 'float32', data: new Float32Array(items.length * D) } as const;
    expect(make('permutedOrder', { thoughts: one })).toEqual({ inapplicable: 'one thought has no other order' });
  });

  it('earlyStop: fewer of its own', async () => {
    const stopped = earlyStop(2).make(source);
    if ('inapplicable' in stopped) throw new Error(stopped.inapplicable);
    const run = await runAblated(model, items, stopped);
    all.forEach((row) => {
      const first = Array.from(run.thoughts.data.subarray(row * 2 * D, (row + 1) * 2 * D));
      expect(first).toEqual([...thought(source.thoughts, row, 1), ...thought(source.thoughts, row, 2)]);
    });
    expect(earlyStop(3).make(source)).toEqual({ inapplicable: 'there are only 3 thoughts' });
    expect(() => earlyStop(-1)).toThrow('early stop: not an integer of at least 0 (-1)');
    expect([0, 1].map((c) => earlyStop(c).informative)).toEqual([false, true]);
  });

  it('that are made of thoughts do not exist where thoughts are not read', () => {
    const coconut = {
      format: 'symbolic' as const,
      method: 'pause',
      thoughts: K,
      latentTokens: { start: 31, latent: 33, end: 32 },
    };
    const tiny = { ...tinyConfig({ vocabSize: 40, nPositions: 160 }), coconut };
    const pause = createCoconut({ config: tiny, tensors: randomTensors(tiny, 2) });
    const impossible = ABLATIONS.filter(({ name }) => 'inapplicable' in make(name, { model: pause }));
    expect(impossible.map(({ name }) => name)).toEqual([
      'noMarkers',
      'placeholder',
      'mean',
      'noise',
      'resample',
      'resampleSameAnswer',
      'permutedOrder',
    ]);
    pause.dispose();
  });

  it('are refused thoughts that are not the items’', () => {
    expect(() => make('none', { items: items.slice(1) })).toThrow(
      `thoughts: not those of the items (25 of width 16; 24 items, d = 16); give one row per item`,
    );
    expect(() => make('zero', { thoughts: { ...source.thoughts, shape: [75, 16] } })).toThrow('wrong shape or type');
  });
});

/** The answers with these ablations, by name, with what each was made of; what the model does not allow is left out. */
async function answersWith(
  folder: string,
  some: readonly Item[],
  k: number,
  names = ABLATIONS.map(({ name }) => name),
): Promise<Map<string, { plan: AblationPlan; informative: boolean; answers: Answer[] }>> {
  const asked = await loadCoconut(modelFolder(folder));
  const base = await asked.run(
    some.map((item) => symbolicWording.prompt(item)),
    { thoughts: k },
  );
  const found = new Map<string, { plan: AblationPlan; informative: boolean; answers: Answer[] }>();
  for (const { name, informative, make: makeOf } of ABLATIONS.filter((one) => names.includes(one.name))) {
    const random = createRandom(name);
    const plan = makeOf({
      model: asked,
      wording: symbolicWording,
      items: some,
      thoughts: base.thoughts,
      random,
    });
    if ('inapplicable' in plan) continue;
    const { rows, count, wording } = plan;
    const run = await runAblated(asked, some, plan);
    const chosen = rows.map((row) => some[row]);
    found.set(name, { plan, informative, answers: await readAnswers(run, count, chosen, wording) });
  }
  asked.dispose();
  return found;
}

describe('ablations in models', () => {
  it('take the answers of the trained small model where they know nothing of the item', async () => {
    const some = permutedItems('necessity', 100, { nodes: 12, minNodes: 8, maxDepth: 4, depthGap: 0 });
    const found = await answersWith('prosqa-small-coconut', some, 4);
    expect(found.size).toBe(ABLATIONS.length - 1);
    for (const [name, { informative, answers }] of found) {
      const share = answers.reduce((sum, answer) => sum + isCorrect(answer), 0) / answers.length;
      if (name === 'none') expect(share).toBeGreaterThan(0.95);
      // A coin over 100 items, four standard errors up.
      if (!informative) expect(share, name).toBeLessThan(0.7);
    }
  });

  it('make a model that reads its last thought answer what the donor reached', async () => {
    const k = 6;
    const some = permutedItems('donated sets', 30);
    const names = ['none', 'resample', 'resampleSameAnswer', 'permutedOrder'];
    const found = await answersWith('constructed-bfs', some, k, names);
    const sets = some.map(({ edges, root }) => {
      const depths = plainDepths(edges, root);
      return (node: number): boolean => (depths.get(node) ?? Infinity) <= k;
    });
    for (const name of names) {
      const { plan, answers } = found.get(name) ?? { plan: undefined, answers: [] };
      expect(answers.length).toBeGreaterThan(15);
      answers.forEach((answer, i) => {
        const row = plan?.rows[i] ?? -1;
        const reached = sets[plan?.donors?.[row] ?? row];
        const { target, decoy } = some[row];
        if (name === 'permutedOrder') {
          // Whichever thought is last holds no decoy; whether the target yet, its order says.
          expect(preference(answer)).toBeGreaterThan(49);
          return;
        }
        // Both or neither: the coin of this model is 50.7 to 49.3.
        const expected = reached(target) === reached(decoy) ? 50 : reached(target) ? 100 : 0;
        expect(Math.abs(preference(answer) - expected), `${name}, item ${row}`).toBeLessThan(1);
      });
    }
  });
});
