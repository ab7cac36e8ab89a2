import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evaluateItems } from '../../src/cli/evaluate-run.js';
import { permuteIds, randomItems } from '../../src/dataset/index.js';
import { loadCoconut } from '../../src/model/index.js';
import { createRandom } from '../../src/random.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { parseTrainingConfig, PRESETS, type Metrics } from '../../src/training/index.js';

const folder = fileURLToPath(new URL('../../fixtures/models/prosqa-small-coconut', import.meta.url));
const read = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');

describe('fixtures/models/prosqa-small-coconut', () => {
  it('was trained by the preset small, to the end, and has the log of it', () => {
    const { config, seed } = JSON.parse(read('training.json')) as { config: unknown; seed: number };
    expect(config).toEqual(parseTrainingConfig('small', PRESETS.small));
    expect(seed).toBe(1);
    const log = read('metrics.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Metrics);
    const last = PRESETS.small.phases.at(-1);
    expect(log.at(-1)).toMatchObject({ phase: last?.name, step: last?.steps });
    expect(log.map(({ total }) => total)).toEqual([...log.map(({ total }) => total)].sort((a, b) => a - b));
  });

  it('answers fresh questions right with its thoughts, and guesses without', async () => {
    const random = createRandom('fixture models');
    const graphs = { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 };
    const items = randomItems(random, 200, graphs).map((item, i) => permuteIds(random.fork(`ids ${i}`), item));
    const model = await loadCoconut(folder);
    const results = await evaluateItems(model, items, symbolicWording, { counts: [0, 4], batchSize: 50 });
    model.dispose();
    const [none, four] = (results ?? []).map(({ shares }) => shares[1]);
    expect(four.value).toBeGreaterThan(0.95);
    expect(none.low).toBeLessThan(0.5);
    expect(none.high).toBeGreaterThan(0.5);
    expect(none.value).toBeLessThan(0.6);
  });
});
