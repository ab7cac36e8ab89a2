import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  drawBatteryItems,
  judgeModel,
  PREDICTIONS,
  type BatteryResult,
  type Observations,
  type TestedModel,
} from '../../src/claim/index.js';
import { formatItems, graphKey, parseItems } from '../../src/dataset/index.js';
import { createCoconut, loadCoconut } from '../../src/model/index.js';
import { constructedBfs, type ConstructedModel } from '../../src/model/constructed/index.js';
import * as symmetries from '../../src/model/constructed/symmetries.js';
import { createRandom } from '../../src/random.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { modelFolder } from '../intervention/support.js';
import { expectSame, observe } from './same-result.js';

const SEED = 5;

/**
 * Prompts of a batch are padded to its longest, so that sums in float32 are taken in another order: logits differ by some 1e-6 of
 * the largest, which is about 10, and means over items by less.
 */
const ROUNDING = 1e-6;

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
  const items = drawBatteryItems(SEED, 48, { nodes: 14, maxDepth: 4, depthGap: 1 });
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
