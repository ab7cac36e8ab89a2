import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  drawBatteryItems,
  judgeModel,
  observeModel,
  PREDICTIONS,
  type BatteryResult,
  type Observations,
  type ObserveOptions,
  type TestedModel,
} from '../../src/claim/index.js';
import { formatItems, graphKey, parseItems, type Item } from '../../src/dataset/index.js';
import { createCoconut, loadCoconut } from '../../src/model/index.js';
import { constructedBfs, type ConstructedModel } from '../../src/model/constructed/index.js';
import * as symmetries from '../../src/model/constructed/symmetries.js';
import { createRandom } from '../../src/random.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { modelFolder } from '../intervention/support.js';

const SEED = 5;

/**
 * Prompts of a batch are padded to its longest, so that sums in float32 are taken in another order: logits differ by some 1e-6 of
 * the largest, which is about 10, and means over items by less.
 */
const ROUNDING = 1e-6;

async function observe(
  tested: TestedModel,
  items: readonly Item[],
  options: Omit<ObserveOptions, 'seed'> & { readonly seed?: number },
  predictions = PREDICTIONS,
): Promise<Observations> {
  const observations = await observeModel(tested, items, predictions, { seed: SEED, ...options });
  if (observations === undefined) throw new Error('nothing interrupts it');
  return observations;
}

/** All numbers of a result by where they stand, those of T in its own unit of 100, and all else as a text. */
function flatten(result: BatteryResult): { numbers: Map<string, number>; words: string } {
  const numbers = new Map<string, number>();
  const walk = (value: unknown, path: string, unit: number): void => {
    if (typeof value === 'number') numbers.set(path, value / unit);
    else if (typeof value === 'object' && value !== null) {
      const isOfT = ('name' in value && /^T /.test(String(value.name))) || ('id' in value && value.id === 'F8');
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}/${key}`, isOfT ? 100 : unit);
    }
  };
  walk(result, '', 1);
  const words = JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' ? 0 : value), 1);
  return { numbers, words };
}

function expectSame(result: BatteryResult, expected: BatteryResult, tolerance: number): void {
  const [found, wanted] = [flatten(result), flatten(expected)];
  expect(found.words).toBe(wanted.words);
  expect([...found.numbers.keys()]).toEqual([...wanted.numbers.keys()]);
  const apart = [...found.numbers].flatMap(([path, value]) => {
    const other = wanted.numbers.get(path) ?? NaN;
    return Math.abs(value - other) <= tolerance * Math.max(1, Math.abs(other))
      ? []
      : [`${path}: ${value}, not ${other}`];
  });
  expect(apart).toEqual([]);
}

describe('a battery', () => {
  /** As the model was trained on. */
  const items = drawBatteryItems(SEED, 24, { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 });
  let tested: TestedModel;
  let whole: BatteryResult;

  async function battery(options: Parameters<typeof observe>[2], some = items): Promise<BatteryResult> {
    return judgeModel(await observe(tested, some, options), [], PREDICTIONS);
  }

  beforeAll(async () => {
    const model = await loadCoconut(modelFolder('prosqa-small-coconut'));
    tested = { model, wording: symbolicWording, thoughts: model.config.coconut?.thoughts ?? 0 };
    whole = await battery({ batchSize: 50 });
  });
  afterAll(() => tested.model.dispose());

  it('runs every test', () => {
    const run = whole.findings.filter(({ verdict }) => verdict !== 'notApplicable').map(({ id }) => id);
    expect(run).toEqual(PREDICTIONS.map(({ id }) => id).filter((id) => id !== 'F2'));
  });

  it.each([1, 7])('gives the same verdicts and numbers with %i items at once', async (batchSize) => {
    expectSame(await battery({ batchSize }), whole, ROUNDING);
  });

  it('gives the same with the items in another order, and so with other ids: a file without ids numbers its items', async () => {
    const text = formatItems(createRandom('another order').shuffle([...items]));
    const withoutIds = (JSON.parse(text) as Record<string, unknown>[]).map((one) => ({ ...one, id: undefined }));
    const shuffled = parseItems(JSON.stringify(withoutIds), 'shuffled');
    expect(shuffled.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(shuffled.map(graphKey)).not.toEqual(items.map(graphKey));
    expectSame(await battery({ batchSize: 50 }, shuffled), whole, ROUNDING);
  });

  it('gives others with another seed', async () => {
    const other = await battery({ batchSize: 50, seed: SEED + 1 });
    expect(JSON.stringify(other.findings)).not.toBe(JSON.stringify(whole.findings));
  });
});

describe('a model with other weights for the same function', () => {
  const items = drawBatteryItems(SEED, 36, { nodes: 14, maxDepth: 4, depthGap: 1 });
  const TESTS = PREDICTIONS.filter(({ id, necessary }) => necessary === true || id === 'F3' || id === 'F10');
  let expected: Observations;

  async function observed(weights: ConstructedModel): Promise<Observations> {
    const model = createCoconut(weights);
    try {
      const tested = { model, wording: symbolicWording, thoughts: 4 };
      return await observe(tested, items, { batchSize: 12, criteriaOnly: true }, TESTS);
    } finally {
      model.dispose();
    }
  }

  beforeAll(async () => {
    expected = await observed(constructedBfs());
  });

  it('is competent, and nothing contradicts it', () => {
    const { competence, findings } = judgeModel(expected, [], TESTS);
    expect(competence.verdict).toBe('supports');
    expect(findings.map(({ verdict }) => verdict)).not.toContain('contradicts');
    expect(findings.filter(({ verdict }) => verdict === 'supports').length).toBeGreaterThan(2);
  });

  const { permuteHeads, permuteNeurons, permuteResidual, rescaleHeads } = symmetries;
  it.each(Object.entries({ permuteHeads, permuteNeurons, permuteResidual, rescaleHeads }))(
    'is judged alike: %s',
    async (_, change) => {
      const found = await observed(change(constructedBfs(), createRandom('symmetry')));
      // Among nodes that a thought does not hold rounding decides which is read above which: measures, and no criteria.
      const judged = (observations: Observations): BatteryResult => {
        const { findings, ...rest } = judgeModel(observations, [], TESTS);
        return { ...rest, findings: findings.map((finding) => ({ ...finding, measures: [] })) };
      };
      // Thoughts differ by 1e-6 of themselves (symmetries.test.ts), and logits are up to 128.
      expectSame(judged(found), judged(expected), 1e-4);
    },
  );
});
