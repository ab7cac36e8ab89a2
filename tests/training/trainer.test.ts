import { beforeAll, describe, expect, it } from 'vitest';
import { randomItems } from '../../src/dataset/index.js';
import { useEngine } from '../../src/tensor/index.js';
import {
  initialState,
  initialWeights,
  modelConfigOf,
  parseTrainingConfig,
  Trainer,
  type StepReport,
  type TrainingData,
} from '../../src/training/index.js';
import { createRandom } from '../../src/random.js';
import { relativeDifference } from '../tensor/host.js';
import { TINY, TINY_PHASE } from './tiny-training.js';

beforeAll(async () => {
  await useEngine('onnxruntime');
});

const items = randomItems(createRandom('trainer'), 6);
const ITEM_PHASE = { ...TINY_PHASE, graphs: undefined, batchQuestions: 1, stage: 2 };
/** Two layers, room for items, the same text for an item every time. */
const ON_ITEMS = { model: { ...TINY.model, layers: 2, positions: 200 }, ids: 'item', edgeOrders: 1 };

function trainer(changes: object, data: TrainingData = { items }, scale = 1): Trainer {
  const config = parseTrainingConfig('test', { ...TINY, ...changes });
  const gpt2 = modelConfigOf(config);
  const weights = initialWeights(createRandom(1), gpt2, { deviation: 0.3, previousTokenHeads: 0 });
  weights['wte.weight'].data.forEach((x, i, data) => (data[i] = scale * x));
  return new Trainer(config, gpt2, data, 1, initialState(weights));
}

async function steps(one: Trainer, count: number): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (let i = 0; i < count; i++) reports.push(await one.step());
  one.dispose();
  return reports;
}

describe('Trainer', () => {
  it('accumulates: several batches are one large batch, to rounding', async () => {
    const parts = trainer({ ...ON_ITEMS, phases: [{ ...ITEM_PHASE, batchGraphs: 2, accumulate: 3 }] });
    const whole = trainer({ ...ON_ITEMS, phases: [{ ...ITEM_PHASE, batchGraphs: 6 }] });
    const [[a], [b]] = [await steps(parts, 1), await steps(whole, 1)];
    expect(a.labels).toBe(b.labels);
    expect(Math.abs(a.loss / b.loss - 1)).toBeLessThan(1e-5);
    expect(Math.abs(a.norm / b.norm - 1)).toBeLessThan(1e-5);
    // The first moments are a tenth of the gradients: sums of float32 in another order.
    for (const [name, tensor] of Object.entries(parts.state.first)) {
      expect(relativeDifference(tensor, whole.state.first[name]), name).toBeLessThan(1e-5);
    }
    // Steps of items with different numbers of labels: a mean of the parts' means would be another gradient.
    expect(new Set(items.map(({ path }) => path.length)).size).toBeGreaterThan(1);
  });

  it('says what a step did, and goes through the phases', async () => {
    const phases = [
      { ...TINY_PHASE, name: 'a', steps: 2, warmup: 2 },
      { ...TINY_PHASE, name: 'b', steps: 1 },
    ];
    const one = trainer({ phases }, {});
    expect([one.phase?.name, one.phaseSteps]).toEqual(['a', 2]);
    const reports = await steps(one, 3);
    expect(
      reports.map(({ phase, step, phaseSteps, total, learningRate }) => [phase, step, phaseSteps, total, learningRate]),
    ).toEqual([
      ['a', 1, 2, 1, 0.005],
      ['a', 2, 2, 2, 0.01],
      ['b', 1, 1, 3, 0.01],
    ]);
    // Two graphs, two questions each, one latent position: then the other step, [A] and the target.
    expect(reports[0].labels).toBe(4 * 3);
    expect(one.phase).toBeUndefined();
    await expect(one.step()).rejects.toThrow('training: is over; start another');
  });

  it('keeps programs for a phase, not for the next: each holds the memory of its shape', async () => {
    // Prompts of every batch are padded to one length.
    const phases = ['a', 'b'].map((name) => ({ ...TINY_PHASE, name, steps: 3 }));
    const reports = await steps(trainer({ phases }, {}), 6);
    expect(reports.map(({ compiled }) => compiled)).toEqual([true, false, false, true, false, false]);
  });

  it('forgets its moments where a phase or a pass over the items asks for it', async () => {
    const counts = async (phases: object[], total: number): Promise<number[]> => {
      const one = trainer({ ...ON_ITEMS, model: { ...TINY.model, positions: 200 }, phases });
      const seen: number[] = [];
      for (let i = 0; i < total; i++) {
        await one.step();
        seen.push(one.state.updates);
      }
      one.dispose();
      return seen;
    };
    const phase = { ...ITEM_PHASE, batchGraphs: 3, steps: 3 };
    expect(await counts([phase, phase], 6)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await counts([phase, { ...phase, resetOptimizer: true }], 6)).toEqual([1, 2, 3, 1, 2, 3]);
    // Two steps a pass.
    const epochs = { ...phase, steps: undefined, epochs: 2, resetEveryEpoch: true };
    expect(await counts([epochs], 4)).toEqual([1, 2, 1, 2]);
  });

  it('trains detached thoughts otherwise than thoughts, with the same first loss', async () => {
    const losses = async (changes: object): Promise<number[]> => {
      const one = trainer({ ...ON_ITEMS, ...changes, phases: [{ ...ITEM_PHASE, batchGraphs: 2, learningRate: 0.1 }] });
      return (await steps(one, 2)).map(({ loss }) => loss);
    };
    const [own, detached] = [await losses({}), await losses({ thoughts: { stages: 2, detach: true } })];
    expect(detached[0]).toBe(own[0]);
    expect(Math.abs(detached[1] - own[1])).toBeGreaterThan(1e-4);
  });

  it('stops where the loss stays far above guessing, and not before', async () => {
    const one = trainer({ phases: [{ ...TINY_PHASE, steps: 30, learningRate: 1e-9 }] }, {}, 300);
    const reports: StepReport[] = [];
    await expect(
      (async () => {
        for (;;) reports.push(await one.step());
      })(),
    ).rejects.toThrow(
      /^phase questions, step 20: diverges \(loss \d+\.\d\d, guessing has 3\.69\); lower the learning rate/,
    );
    expect(reports).toHaveLength(19);
    // The state is that of the step before.
    expect(one.state.total).toBe(19);
    one.dispose();
  });

  it('reaches the last positions of a model: padding beyond them does not matter', async () => {
    // 32 positions hold a prompt of up to 23 (8 edges) with its opening, thoughts and text; offsets use what is left.
    const phase = { ...TINY_PHASE, uniformProb: 0.5, randomOffsets: true, batchGraphs: 8, steps: 4 };
    const reports = await steps(trainer({ model: { ...TINY.model, positions: 36 }, phases: [phase] }, {}), 4);
    for (const { loss } of reports) expect(loss).toBeLessThan(10);
  });
});
