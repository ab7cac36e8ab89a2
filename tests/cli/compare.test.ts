import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerItems, compareAnswers } from '../../src/accuracy/compare.js';
import { readGpt2, writeGpt2 } from '../../src/checkpoint/index.js';
import { createCoconut } from '../../src/model/index.js';
import { spokenSymbolicWording, SYMBOLIC_TOKENS, symbolicWording } from '../../src/tokenizer/index.js';
import { constructedBfs } from '../../src/model/constructed/index.js';
import { cli, temporaryFolder, testItems, workbench } from './support.js';

interface Compared {
  readonly models: readonly {
    readonly path: string;
    readonly sha256: string;
    readonly method: string;
    readonly thoughts: number;
    readonly accuracy: { readonly value: number; readonly n: number; readonly clusters: number };
    readonly accuracyWithoutThoughts: { readonly value: number } | null;
    readonly tokens: number;
    readonly againstFirst: { readonly onlyFirst: number; readonly onlySecond: number; readonly p: number } | null;
  }[];
  readonly items: { readonly count: number; readonly graphs: number };
}

/** The model of the workbench once more, stopped after one thought: right only where that is far enough. */
async function hasty(model: string): Promise<string> {
  const { config, tensors } = await readGpt2(model);
  if (config.coconut === undefined) throw new Error('no coconut block');
  const folder = join(temporaryFolder(), 'hasty');
  await writeGpt2(folder, { config: { ...config, coconut: { ...config.coconut, thoughts: 1 } }, tensors });
  return folder;
}

describe('compare', async () => {
  const { model, items } = await workbench(30);

  it('sets a model that thinks enough beside one that does not', async () => {
    const other = await hasty(model);
    const argv = ['compare', '--models', `${model},${other}`, '--items', items];
    const { models, items: used } = JSON.parse((await cli([...argv, '--json'])).stdout) as Compared;
    expect(used).toMatchObject({ count: 30, graphs: 30 });
    const [enough, little] = models;
    expect(enough).toMatchObject({
      path: model,
      method: 'constructed',
      constructed: 'bfs',
      thoughts: 6,
      tokens: 7,
      againstFirst: null,
    });
    expect(enough.accuracy).toMatchObject({ value: 1, n: 30 });
    expect(little).toMatchObject({ path: other, thoughts: 1, tokens: 2 });
    // Both are right wherever the hasty one is: the rest are the pairs on which they differ.
    const missed = Math.round(30 * (1 - little.accuracy.value));
    expect(missed).toBeGreaterThan(4);
    expect(little.againstFirst).toMatchObject({ onlyFirst: missed, onlySecond: 0 });
    expect(little.againstFirst?.p).toBeCloseTo(2 * 0.5 ** missed, 12);
    // Without thoughts the two are the same model.
    expect(little.accuracyWithoutThoughts?.value).toBe(enough.accuracyWithoutThoughts?.value);
    const { stdout } = await cli(argv);
    expect(stdout).toContain('  constructed: bfs  ');
    expect(stdout).toContain('Answers to 30 items (30 graphs)');
    expect(stdout).toContain("McNemar's exact test against the first model over graphs, not corrected");
  });

  it('renumbers nodes without changing what a model of node numbers alone can say', async () => {
    const argv = ['compare', '--models', model, '--items', items, '--json'];
    const right = async (extra: string[]): Promise<Compared['models'][number]> =>
      (JSON.parse((await cli([...argv, ...extra])).stdout) as Compared).models[0];
    const permuted = await right(['--permute-ids', '1']);
    expect(permuted.accuracy.value).toBe(1);
    // What breaks the tie without thoughts is the order of the candidates, which stays.
    expect(permuted.accuracyWithoutThoughts?.value).toBe((await right([])).accuracyWithoutThoughts?.value);
  });

  it.each([
    ['a,,b', /--models: expected paths with commas between/],
    ['a,a', /--models: names a path twice/],
  ])('refuses %s', async (models, message) => {
    const { code, stderr } = await cli(['compare', '--models', models, '--items', items]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('answerItems', () => {
  const options = { batchSize: 4, onProgress: () => undefined, signal: new AbortController().signal };

  it('counts what a model says up to its answer: steps, [A] and the node', async () => {
    const model = createCoconut(constructedBfs());
    const items = testItems(3);
    const found = await answerItems(model, items, spokenSymbolicWording, 0, options);
    model.dispose();
    // It names nodes for ever and never says [A].
    expect(found).toMatchObject({ isCorrect: [false, false, false], isCorrectWithoutThoughts: undefined, tokens: 12 });
    const said = [3, 4, SYMBOLIC_TOKENS['[A]'], items[0].target, 1, 1];
    expect(spokenSymbolicWording.answerOf(said, items[0])).toBe(items[0].target);
    expect(spokenSymbolicWording.answerOf(said.slice(0, 3), items[0])).toBeUndefined();
  });

  it('stops where it is interrupted', async () => {
    const model = createCoconut(constructedBfs());
    const signal = AbortSignal.abort();
    expect(await answerItems(model, testItems(1), symbolicWording, 1, { ...options, signal })).toBeUndefined();
    model.dispose();
  });
});

describe('compareAnswers', () => {
  it('takes questions about one graph for one cluster', () => {
    const [item] = testItems(1);
    const answers = { isCorrect: [true, true, false], isCorrectWithoutThoughts: undefined, tokens: 1 };
    const [{ accuracy }] = compareAnswers([item, { ...item, id: '1' }, testItems(2)[1]], [answers]);
    expect(accuracy).toMatchObject({ n: 3, clusters: 2 });
  });
});
