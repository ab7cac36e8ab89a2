import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evaluateItems } from '../../src/accuracy/evaluate.js';
import { permuteIds, randomItems } from '../../src/dataset/index.js';
import { loadCoconut } from '../../src/model/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { parseTrainingConfig, PRESETS, type Metrics } from '../../src/training/index.js';
import { createRandom } from '../../src/random.js';

const folderOf = (name: string): string => fileURLToPath(new URL(`../../fixtures/models/${name}`, import.meta.url));

interface Recorded {
  readonly config: unknown;
  readonly seed: number;
  readonly start: string | null;
}

const recordOf = (name: string): Recorded =>
  JSON.parse(readFileSync(`${folderOf(name)}/training.json`, 'utf8')) as Recorded;

describe.each([
  ['prosqa-small-coconut', 'small', 1, 'coconut', 'random'],
  // The preset with `"ids": "item"`.
  ['prosqa-small-coconut-ordered', 'small', 1, 'coconut', 'item'],
  ['prosqa-small-coconut-seed2', 'small', 2, 'coconut', 'random'],
  ['prosqa-small-coconut-seed3', 'small', 3, 'coconut', 'random'],
  ['prosqa-small-coconut-bfs', 'small', 1, 'coconut-bfs', 'random'],
  ['prosqa-small-pause', 'small', 1, 'pause', 'random'],
  ['prosqa-small-nocot', 'small', 1, 'no-cot', 'random'],
  ['prosqa-small-cot', 'small', 1, 'cot', 'random'],
  ['prosqa-coconut', 'full', 31, 'coconut', 'random'],
  ['prosqa-coconut-bfs', 'full', 21, 'coconut-bfs', 'random'],
] as const)('fixtures/models/%s', (name, preset, seed, method, ids) => {
  it(`was trained by the preset ${preset}`, () => {
    const recorded = recordOf(name);
    expect(recorded.config).toEqual({ ...parseTrainingConfig(preset, PRESETS[preset]), method, ids });
    expect([recorded.seed, recorded.start]).toEqual([seed, null]);
  });
});

const TRAINED = readdirSync(folderOf('.')).filter((name) => readdirSync(folderOf(name)).includes('training.json'));

describe.each(TRAINED)('fixtures/models/%s', (name) => {
  it('was trained to the end of its configuration, in one run from random weights, and has the log of it', () => {
    const { config, start } = recordOf(name);
    expect(start).toBeNull();
    const log = readFileSync(`${folderOf(name)}/metrics.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Metrics);
    const last = parseTrainingConfig(name, config).phases.at(-1);
    expect(log.at(-1)).toMatchObject({ phase: last?.name, step: last?.steps });
    const totals = log.map(({ total }) => total);
    expect(totals).toEqual([...new Set(totals)].sort((a, b) => a - b));
  });
});

const random = createRandom('fixture models');
const graphs = { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 };
const items = randomItems(random, 200, graphs).map((item, i) => permuteIds(random.fork(`ids ${i}`), item));

describe('fixtures/models/prosqa-small-pause and -nocot', () => {
  it.each([
    ['prosqa-small-pause', 4],
    ['prosqa-small-nocot', 0],
  ])('%s guesses, with the training that teaches Coconut to search', async (name, latents) => {
    const model = await loadCoconut(folderOf(name));
    const results = await evaluateItems(model, items, symbolicWording, { counts: [latents], batchSize: 50 });
    model.dispose();
    const [, { value, low }] = (results ?? [])[0].shares;
    expect(value).toBeLessThan(0.65);
    expect(low).toBeLessThan(0.55);
  });
});

describe('fixtures/models/prosqa-small-coconut', () => {
  it.each(['', '-seed2', '-seed3', '-bfs'].map((which) => `prosqa-small-coconut${which}`))(
    '%s answers fresh questions right with its thoughts, and guesses without',
    async (name) => {
      const model = await loadCoconut(folderOf(name));
      const results = await evaluateItems(model, items, symbolicWording, { counts: [0, 4], batchSize: 50 });
      model.dispose();
      const [none, four] = (results ?? []).map(({ shares }) => shares[1]);
      expect(four.value).toBeGreaterThan(0.95);
      expect(none.low).toBeLessThan(0.5);
      expect(none.high).toBeGreaterThan(0.5);
      expect(none.value).toBeLessThan(0.6);
    },
  );
});
