import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readGpt2, SafetensorsFile } from '../../src/checkpoint/index.js';
import { randomItems } from '../../src/dataset/index.js';
import { useEngine } from '../../src/tensor/index.js';
import type { Outcome } from '../../src/training/index.js';
import { createRandom } from '../../src/random.js';
import { metricsOf, modelBytes, newFolder, TINY, TINY_GRAPHS, TINY_PHASE, train } from './tiny-training.js';

beforeAll(async () => {
  await useEngine('onnxruntime');
});

/** Two phases whose checkpoints and measurements do not coincide: 5 + 6 steps, measured every 4, kept every 3. */
const TWO_PHASES = {
  phases: [
    { ...TINY_PHASE, name: 'first', steps: 5, stage: 0 },
    { ...TINY_PHASE, name: 'second', uniformProb: 0.5, warmup: 2, decay: 'cosine', resetOptimizer: true },
  ],
};

/** Trains until the step of that number is over, then interrupts. */
async function trainUntil(total: number, out: string, resume: boolean): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const { finished, steps } = await train(TWO_PHASES, {
    out,
    resume,
    signal,
    onStep: (report) => {
      if (report.total === total) controller.abort();
    },
  });
  expect([finished, steps]).toEqual([false, total]);
}

describe('runTraining', () => {
  it('gives the same bytes for the same seed, others for another, and says what it made', async () => {
    const one = await train(TWO_PHASES);
    const two = await train(TWO_PHASES);
    const other = await train(TWO_PHASES, { seed: 2 });
    expect(modelBytes(two.out)).toBe(modelBytes(one.out));
    expect(metricsOf(two.out)).toEqual(metricsOf(one.out));
    expect(modelBytes(other.out)).not.toBe(modelBytes(one.out));
    expect(one).toMatchObject({ finished: true, steps: 11, resumedFrom: 0, sha256: two.sha256 });
    expect(readdirSync(one.out).sort()).toEqual([
      'checkpoint.safetensors',
      'config.json',
      'metrics.jsonl',
      'model.safetensors',
      'training.json',
    ]);
    expect(metricsOf(one.out).map(({ phase, step, total }) => [phase, step, total])).toEqual([
      ['first', 4, 4],
      ['first', 5, 5],
      ['second', 4, 9],
      ['second', 6, 11],
    ]);
    expect(one.accuracy).toBe(metricsOf(one.out).at(-1)?.['accuracy']);
    const { config, sha256 } = await readGpt2(one.out);
    expect(sha256).toBe(one.sha256);
    expect(config.coconut).toMatchObject({ method: 'coconut', format: 'symbolic', thoughts: 2, stage: 1 });
  });

  it('goes on from any interruption with the same bytes in model and metrics', async () => {
    const whole = await train(TWO_PHASES);
    const out = newFolder();
    // Before and after a measurement (4), at a phase's end (5), twice in a row, and at a checkpoint (9).
    for (const [i, total] of [1, 4, 5, 6, 7, 9].entries()) await trainUntil(total, out, i > 0);
    const { finished, resumedFrom, accuracy } = await train(TWO_PHASES, { out, resume: true });
    expect([finished, resumedFrom, accuracy]).toEqual([true, 9, whole.accuracy]);
    expect(modelBytes(out)).toBe(modelBytes(whole.out));
    expect(metricsOf(out)).toEqual(metricsOf(whole.out));
    // Over already: the same again, accuracy included.
    expect(await train(TWO_PHASES, { out, resume: true })).toMatchObject({
      finished: true,
      steps: 11,
      resumedFrom: 11,
      accuracy: whole.accuracy,
      sha256: whole.sha256,
    });
  });

  it('stops with one line where the loss is not finite, and keeps the last checkpoint', async () => {
    const out = newFolder();
    const phases = [
      { ...TINY_PHASE, steps: 3 },
      { ...TINY_PHASE, name: 'too fast', learningRate: 1e30 },
    ];
    await expect(train({ phases }, { out })).rejects.toThrow(
      /^phase too fast, step 2: loss or gradient is not finite \(loss (NaN|-?Infinity|[\d.e+]+), norm (NaN|Infinity)\); lower the learning rate, or clip gradients \(optimizer\.maxNorm\)$/,
    );
    const file = await SafetensorsFile.open(join(out, 'checkpoint.safetensors'));
    expect(JSON.parse(file.header.metadata.get('training') ?? '')).toMatchObject({ phase: 1, step: 0, total: 3 });
    await file.close();
    expect(existsSync(join(out, 'model.safetensors'))).toBe(false);
    expect(metricsOf(out)).toHaveLength(1);
  });

  it('ends a phase early where it reaches what it is to reach, and no other way', async () => {
    const ends = async (until: number): Promise<unknown[]> => {
      const first = { ...TINY_PHASE, name: 'first', steps: 8, until };
      const { out, steps } = await train({ phases: [first, { ...TINY_PHASE, name: 'second', steps: 1 }] });
      return [steps, metricsOf(out).map(({ phase, step }) => `${String(phase)} ${String(step)}`)];
    };
    // Any accuracy is at least 0; four questions after four steps are never all answered.
    expect(await ends(0)).toEqual([5, ['first 4', 'second 1']]);
    expect(await ends(1)).toEqual([9, ['first 4', 'first 8', 'second 1']]);
  });

  it('measures recall where it teaches recall', async () => {
    const graphs = { ...TINY_GRAPHS, minDepth: 1, questions: 'one' };
    const phase = { ...TINY_PHASE, task: 'recall', graphs, steps: 60, until: 0.1, randomOffsets: true };
    const { accuracy } = await train({ phases: [phase], validation: { questions: 20, every: 60 } });
    // 20 edges, so a multiple of 1/20.
    expect(Math.abs((accuracy ?? NaN) * 20 - Math.round((accuracy ?? NaN) * 20))).toBeLessThan(1e-9);
  });

  it('says what does not fit before it makes the folder', async () => {
    const out = newFolder();
    const refusals: [object, string][] = [
      [
        { model: { ...TINY.model, positions: 16 } },
        'phase questions: a sequence of 22 tokens and thoughts does not fit (the model has 16 positions); ' +
          'give the model more positions, or fewer thoughts or nodes',
      ],
      [{ phases: [{ ...TINY_PHASE, graphs: undefined, batchQuestions: 1 }] }, 'has no items; give items'],
      [
        { phases: [{ ...TINY_PHASE, graphs: { nodes: 3, minNodes: 3, minDepth: 3 } }] },
        'phase questions: no graph of 3..3 nodes with a target at depth 3..6',
      ],
      [{ model: undefined }, 'training: has no model to start from; describe one under "model", or pass --init-from'],
    ];
    const overItems = { ids: 'item', phases: [{ ...TINY_PHASE, graphs: undefined, batchQuestions: 1 }] };
    const small = randomItems(createRandom(1), 2, { nodes: 6, minNodes: 6, minDepth: 2, maxDepth: 2 });
    const large = randomItems(createRandom(1), 3, { nodes: 20, minNodes: 20 });
    const tooLong = 'of 22 tokens and thoughts does not fit (the model has 48 positions)';
    const dataRefusals: [object, string][] = [
      [{ items: [...small, large[2]] }, `phase questions: item ${large[2].id} ${tooLong}`],
      [{ items: small, validation: [small[0], large[1]] }, `validation item ${large[1].id}: a question takes`],
    ];
    const all = [
      ...refusals.map(([changes, message]) => [changes, {}, message] as const),
      ...dataRefusals.map(([data, message]) => [overItems, data, message] as const),
    ];
    for (const [changes, data, message] of all) {
      const error: unknown = await train(changes, { out, data }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'LensError', kind: 'usage' });
      expect((error as Error).message.replace(/of \d+ tokens/, 'of 22 tokens')).toContain(message);
    }
    expect(existsSync(out)).toBe(false);
  });

  it('starts from the weights of another model, and counts its positions', async () => {
    const first = await train();
    const start = await readGpt2(first.out);
    const phases = [{ ...TINY_PHASE, learningRate: 1e-30, steps: 1 }];
    const second = await train({ phases, model: undefined, optimizer: { weightDecay: 0 } }, { start });
    // A learning rate that changes nothing leaves the weights as they were.
    const { tensors } = await readGpt2(second.out);
    expect(tensors['wte.weight'].data).toEqual(start.tensors['wte.weight'].data);
    const facts = JSON.parse(readFileSync(join(second.out, 'training.json'), 'utf8')) as Record<string, unknown>;
    expect(facts['start']).toBe(first.sha256);
    const large = { ...TINY_GRAPHS, nodes: 25, minNodes: 20, maxDepth: 6 };
    await expect(train({ phases: [{ ...TINY_PHASE, graphs: large }], model: undefined }, { start })).rejects.toThrow(
      /does not fit \(the model has 48 positions\)/,
    );
  });

  it('says how many are right at each depth', async () => {
    const graphs = { ...TINY_GRAPHS, nodes: 12, minNodes: 8, maxDepth: 3, balanced: true };
    const phases = [
      { ...TINY_PHASE, name: 'recall', task: 'recall', steps: 1 },
      { ...TINY_PHASE, graphs, steps: 4 },
    ];
    const model = { ...TINY.model, positions: 96 };
    const heard: Outcome[] = [];
    const { out } = await train(
      { phases, model, validation: { questions: 12, every: 4 } },
      { onMetrics: ({ outcomes }) => void heard.push(...outcomes) },
    );
    const [recall, asked] = metricsOf(out);
    expect(recall).not.toHaveProperty('byDepth');
    const own = heard.slice(12);
    const at = (depth: number): Outcome[] => own.filter(({ question }) => question.path.length === depth + 1);
    const count = (outcomes: readonly Outcome[]): number[] => [
      outcomes.filter(({ right }) => right).length,
      outcomes.length,
    ];
    expect(asked['byDepth']).toEqual({ 2: count(at(2)), 3: count(at(3)) });
    expect(at(2).length + at(3).length).toBe(12);
    expect(at(3).length).toBeGreaterThan(0);
  });

  it('ends a phase without progress, and goes on from what was best, however often it is interrupted', async () => {
    // Nothing is learned: the first measurement is the best, and two more are waited for.
    const idle = { ...TINY_PHASE, name: 'idle', learningRate: 1e-30, steps: 20, patience: 2 };
    const phases = [idle, { ...TINY_PHASE, name: 'after', steps: 2 }];
    const changes = { phases, validation: { questions: 4, every: 2 } };
    const whole = await train(changes);
    expect(metricsOf(whole.out).map(({ phase, step }) => [phase, step])).toEqual([
      ['idle', 2],
      ['idle', 4],
      ['idle', 6],
      ['after', 2],
    ]);
    const out = newFolder();
    for (const stop of [3, 5, 7]) {
      const controller = new AbortController();
      const onStep = ({ total }: { total: number }): void => {
        if (total === stop) controller.abort();
      };
      await train(changes, { out, resume: stop > 3, signal: controller.signal, onStep });
    }
    await train(changes, { out, resume: true });
    expect(modelBytes(out)).toBe(modelBytes(whole.out));
    expect(metricsOf(out)).toEqual(metricsOf(whole.out));
  });

  it('keeps the weights that were measured best, not the last', async () => {
    // A rate that destroys what there is: of recall, where a random model is sometimes right.
    const wild = { ...TINY_PHASE, task: 'recall', learningRate: 3, steps: 12, patience: 20 };
    const measured: number[] = [];
    const { out, accuracy } = await train(
      { phases: [wild], validation: { questions: 40, every: 1 } },
      { onMetrics: ({ metrics }) => void measured.push(metrics[metrics.length - 1].accuracy ?? 0) },
    );
    const best = Math.max(...measured);
    const at = measured.indexOf(best);
    expect(at).toBeLessThan(measured.length - 1);
    expect(accuracy).toBe(best);
    const short = await train({ phases: [{ ...wild, steps: at + 1 }], validation: { questions: 40, every: 1 } });
    expect(modelBytes(out)).toBe(modelBytes(short.out));
  });

  it('keeps models along the way in half precision, the same after an interruption', async () => {
    const whole = await train({ ...TWO_PHASES, keepEvery: 4 });
    expect(readdirSync(join(whole.out, 'steps'))).toEqual(['0000004', '0000008']);
    const at = (out: string, step: string): Buffer => readFileSync(join(out, 'steps', step, 'model.safetensors'));
    const [final, kept] = [await readGpt2(whole.out), await readGpt2(join(whole.out, 'steps', '0000008'))];
    expect(kept.config).toEqual(final.config);
    expect(at(whole.out, '0000008').length).toBeLessThan(readFileSync(join(whole.out, 'model.safetensors')).length);
    const short = await train({ phases: [TWO_PHASES.phases[0], { ...TWO_PHASES.phases[1], decay: 'none', steps: 3 }] });
    // Eight steps, but for the decay of the last three.
    const [wide, half] = [(await readGpt2(short.out)).tensors['wte.weight'].data, kept.tensors['wte.weight'].data];
    expect(half.every((x, i) => Math.abs(x - wide[i]) < 0.02)).toBe(true);
    const out = newFolder();
    const stop = new AbortController();
    const onStep = ({ total }: { total: number }): void => (total === 7 ? stop.abort() : undefined);
    await train({ ...TWO_PHASES, keepEvery: 4 }, { out, signal: stop.signal, onStep });
    await train({ ...TWO_PHASES, keepEvery: 4 }, { out, resume: true });
    for (const step of ['0000004', '0000008']) expect(at(out, step).equals(at(whole.out, step))).toBe(true);
  });

  it('drops metrics after the checkpoint, and a half-written line', async () => {
    const out = newFolder();
    const whole = await train(TWO_PHASES);
    await trainUntil(5, out, false);
    const path = join(out, 'metrics.jsonl');
    const text = readFileSync(path, 'utf8');
    const later = text.split('\n')[0].replace('"total":4', '"total":9');
    writeFileSync(path, `${text}${later}\n${later.slice(0, 20)}`);
    await train(TWO_PHASES, { out, resume: true });
    expect(metricsOf(out)).toEqual(metricsOf(whole.out));
  });
});
