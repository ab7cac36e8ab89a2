/**
 * Steps of the real trainer, drawing of graphs and all, against the same steps in PyTorch: same model, sequences, loss
 * and optimiser, in alternation, in the main phases of the presets `small` and `full`. First loss and gradient norm of
 * one step are compared: a fast wrong step is worth nothing.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/random.js';
import { useEngine } from '../src/tensor/index.js';
import type { HostBatch } from '../src/training/batch.js';
import {
  IGNORED,
  initialState,
  initialWeights,
  modelConfigOf,
  parseTrainingConfig,
  PRESETS,
  Trainer,
} from '../src/training/index.js';
import { defineBench, type PeerOf } from './kit/bench.js';
import { median, rounded } from './kit/figures.js';

const SMALL = { preset: 'small', phase: 'questions' } as const;
const FULL = { preset: 'full', phase: 'full size' } as const;

interface Size {
  readonly cases: readonly (typeof SMALL | typeof FULL)[];
  /** Steps before any that counts. In their second half PyTorch's element-wise operations try either number of threads. */
  readonly warmUp: number;
  readonly rounds: number;
}

export default defineBench<Size>({
  sizes: {
    full: { cases: [SMALL, FULL], warmUp: 8, rounds: 20 },
    smoke: { cases: [SMALL], warmUp: 0, rounds: 1 },
  },
  async run(size, peerOf) {
    const { name, version, threads } = await useEngine('onnxruntime');
    process.stderr.write(`engine ${name} ${version}, ${threads} threads\n`);
    const results: Record<string, unknown> = {};
    for (const one of size.cases) results[one.preset] = await compare(one, size, peerOf);
    return results;
  },
});

/** A sequence as one who does not share prompts sees it. */
interface Row {
  readonly prompt: readonly number[];
  /** The position of its first token. */
  readonly offset: number;
  readonly thoughts: number;
  readonly suffix: readonly number[];
  /** Of the prompt's last position, the thoughts and the suffix. */
  readonly labels: readonly number[];
}

/** The sequences of a batch, every one with its own prompt and without padding. */
function rowsOf({ inputs, shape }: HostBatch): Row[] {
  const row = (name: string, i: number): number[] => {
    const { data, shape } = inputs[name];
    return [...data.subarray(i * shape[1], (i + 1) * shape[1])];
  };
  const [sequences] = inputs['suffix'].shape;
  const each = sequences / inputs['prompt'].shape[0];
  return Array.from({ length: sequences }, (_, i) => {
    const graph = Math.floor(i / each);
    const padding = row('promptMask', graph).filter((bias) => bias !== 0).length;
    const labels = row('labels', i);
    // Right of its last label a suffix is padding.
    const length = labels.findLastIndex((label) => label !== IGNORED) + 1;
    const [thoughts] = row('counts', i);
    if (thoughts !== shape.latents) throw new Error('the peer takes as many thoughts in every sequence');
    return {
      prompt: [...row('prompt', graph).slice(padding), ...row('opening', i)],
      offset: row('promptPositions', graph)[padding],
      thoughts,
      suffix: row('suffix', i).slice(0, length - 1 - thoughts),
      labels: labels.slice(0, length),
    };
  });
}

const relative = (a: number, b: number): number => Math.abs(a - b) / Math.abs(b);

async function compare(
  { preset, phase }: Size['cases'][number],
  { warmUp, rounds }: Size,
  peerOf: PeerOf,
): Promise<Record<string, number | string | null>> {
  const phases = PRESETS[preset].phases.filter(({ name }) => name === phase);
  const config = parseTrainingConfig(preset, { ...PRESETS[preset], phases });
  const gpt2 = modelConfigOf(config);
  const { deviation = 0, previousTokenHeads = 0 } = config.model ?? {};
  const weights = initialWeights(createRandom('bench/train'), gpt2, { deviation, previousTokenHeads });
  const trainer = new Trainer(config, gpt2, {}, 'bench', initialState(weights));

  const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-bench-'));
  const file = join(folder, 'weights.f32');
  writeFileSync(file, Buffer.concat(Object.values(weights).map(({ data }) => Buffer.from(data.buffer))));
  const peer = await peerOf('bench/train_torch.py', {
    weights: file,
    shapes: Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, shape])),
    heads: gpt2.nHead,
    layers: gpt2.nLayer,
    optimizer: config.optimizer,
  });
  const trials: [one: number[], two: number[]] = [[], []];
  const fasterThreads = (): number => (median(trials[0]) <= median(trials[1]) ? 1 : 2);
  const ours: number[] = [];
  const theirs: number[] = [];
  const overheads: number[] = [];
  try {
    for (let i = 0; i < warmUp + rounds; i++) {
      const rows = rowsOf(trainer.batches.draw(0, i, 0));
      const step = await trainer.step();
      const threads = i < warmUp ? 1 + (i % 2) : fasterThreads();
      const request = { batch: rows, learningRate: step.learningRate, threads };
      const other = await peer?.ask<{ ms: number; loss: number; norm: number }>(request);
      if (i === 0 && other !== undefined) {
        process.stderr.write(
          `${preset}: loss ${step.loss} (PyTorch ${other.loss}), gradient norm ${step.norm} (${other.norm})\n`,
        );
        if (!(relative(step.loss, other.loss) < 1e-4 && relative(step.norm, other.norm) < 1e-4))
          throw new Error('the two steps do not compute the same');
      }
      if (i >= warmUp / 2 && i < warmUp && other !== undefined) trials[i % 2].push(other.ms);
      if (i < warmUp) continue;
      ours.push(step.ms);
      overheads.push((step.ms - step.engineMs) / step.ms);
      if (other !== undefined) theirs.push(other.ms);
    }
  } finally {
    peer?.close();
    trainer.dispose();
    rmSync(folder, { recursive: true });
  }
  return {
    ratio: peer === undefined ? null : rounded(median(ours.map((ms, i) => theirs[i] / ms))),
    ours_ms: rounded(median(ours)),
    peer_ms: peer === undefined ? null : rounded(median(theirs)),
    peer_threads: peer === undefined ? null : fasterThreads(),
    steps_per_second: rounded(1e3 / median(ours)),
    overhead: rounded(median(overheads)),
  };
}
