import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { parseTrainingConfig, runTraining, type TrainingResult } from '../../src/training/index.js';
import type { TrainingRun } from '../../src/training/run-training.js';

/** Graphs of 5 or 6 nodes with targets two steps away. */
export const TINY_GRAPHS = { nodes: 6, minNodes: 5, minDepth: 2, maxDepth: 2 };

/** One phase on tiny graphs, few of them. */
export const TINY_PHASE = {
  name: 'questions',
  stage: 1,
  graphs: TINY_GRAPHS,
  batchGraphs: 2,
  batchQuestions: 2,
  steps: 6,
  learningRate: 1e-2,
};

/** A training of seconds: one layer of width 8. */
export const TINY = {
  method: 'coconut',
  model: { layers: 1, heads: 2, width: 8, positions: 48, deviation: 0.3 },
  thoughts: { stages: 2 },
  phases: [TINY_PHASE as object],
  validation: { questions: 4, every: 4 },
  checkpointEvery: 3,
};

/** A folder name for one test, not yet made. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-training-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'out');
}

/** Trains with a configuration, TINY unless changed. */
export function train(
  changes: object = {},
  { out = newFolder(), ...run }: Partial<Omit<TrainingRun, 'config'>> = {},
): Promise<TrainingResult & { readonly out: string }> {
  return runTraining({
    config: parseTrainingConfig('test', { ...TINY, ...changes }),
    seed: 1,
    data: {},
    wording: symbolicWording,
    sources: {},
    resume: false,
    ...run,
    out,
  }).then((result) => ({ ...result, out }));
}

/** The bytes of the model. */
export const modelBytes = (out: string): string => readFileSync(join(out, 'model.safetensors')).toString('base64');

/** The lines of metrics.jsonl without the times, which no two runs share. */
export function metricsOf(out: string): Record<string, unknown>[] {
  const text = readFileSync(join(out, 'metrics.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { msPerStep, engineMsPerStep, ...rest } = JSON.parse(line) as Record<string, unknown>;
      if (!(Number(msPerStep) > 0 && Number(engineMsPerStep) > 0)) throw new Error(`times of ${line}`);
      return rest;
    });
}
