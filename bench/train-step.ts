/**
 * One Coconut training step (forward, backward, AdamW) of the traced program against the same step in PyTorch, in
 * alternation. First the losses and gradients of both are compared: a fast wrong step is worth nothing.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/random.js';
import { compile, ops, useEngine, type HostTensor, type Signature } from '../src/tensor/index.js';
import { gradientProgram, trainingStep } from '../src/training/index.js';
import { defineBench } from './kit/bench.js';
import { median, rounded } from './kit/figures.js';
import { randomWeights } from './kit/gpt2.js';
import type { Peer } from './kit/peer.js';

type Tensors = Readonly<Record<string, HostTensor>>;

const LEARNING_RATE = 1e-4;

interface Size {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly batch: number;
  readonly prompt: number;
  readonly thoughts: number;
  readonly suffix: number;
  readonly rounds: number;
  /** Rows of the square matrices whose product shows what the machine can do. */
  readonly matrix: number;
}

export default defineBench<Size>({
  sizes: {
    full: { layers: 2, width: 256, heads: 8, batch: 32, prompt: 110, thoughts: 4, suffix: 3, rounds: 15, matrix: 1536 },
    smoke: { layers: 2, width: 16, heads: 2, batch: 2, prompt: 12, thoughts: 2, suffix: 3, rounds: 1, matrix: 64 },
  },
  async run(size, peerOf) {
    const { layers, width, heads, thoughts, rounds } = size;
    const info = await useEngine('onnxruntime');
    process.stderr.write(`engine ${info.name} ${info.version}, ${info.threads} threads\n`);
    const config = {
      vocabSize: 40,
      nPositions: 128,
      nEmbd: width,
      nLayer: layers,
      nHead: heads,
      nInner: 4 * width,
      layerNormEpsilon: 1e-5,
      tieWordEmbeddings: true,
    };
    const parameters = Object.fromEntries(
      Object.entries(randomWeights(config).tensors).map(([name, { data, shape }]) => [name, floats(shape, data)]),
    );
    const batch = drawBatch(size, config.vocabSize);
    const options = { config, thoughts };

    // The state of the optimiser, which each step replaces.
    const zeros = Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, floats(shape)]));
    let state = { ...prefixed('parameter', parameters), ...prefixed('first', zeros), ...prefixed('second', zeros) };
    let steps = 0;
    const stepInputs = (): Tensors => ({
      ...state,
      ...batch,
      learningRate: scalar(LEARNING_RATE),
      correction1: scalar(1 - 0.9 ** (steps + 1)),
      correction2: scalar(1 - 0.999 ** (steps + 1)),
    });
    const started = performance.now();
    const program = await compile(trainingStep(options), signatureOf(stepInputs()), { keepMemory: true });
    process.stderr.write(`program ready in ${((performance.now() - started) / 1e3).toFixed(2)} s\n`);
    const step = async (): Promise<number> => {
      const start = performance.now();
      const outputs = await program.run(stepInputs());
      steps++;
      // Loss and norm are outputs too, and no inputs of the next step.
      state = Object.fromEntries(Object.keys(state).map((name) => [name, outputs[name]]));
      return performance.now() - start;
    };

    const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-bench-'));
    const weights = join(folder, 'weights.f32');
    writeFileSync(weights, Buffer.concat(Object.values(parameters).map(({ data }) => new Uint8Array(data.buffer))));
    const peer = await peerOf('bench/train_step_torch.py', {
      weights,
      shapes: Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, shape])),
      heads,
      layers,
      thoughts,
      learningRate: LEARNING_RATE,
      ...Object.fromEntries(Object.entries(batch).map(([name, tensor]) => [name, nested(tensor)])),
    });
    const ours: number[] = [];
    const theirs: number[] = [];
    try {
      const inputs = { ...prefixed('parameter', parameters), ...batch };
      const gradients = await compile(gradientProgram(options), signatureOf(inputs));
      const outputs = await gradients.run(inputs);
      gradients.dispose();
      if (peer !== undefined) await compareGradients(outputs, Object.keys(parameters), peer, `${weights}.gradients`);
      for (let i = 0; i < 3; i++) {
        await step();
        await peer?.ask('step');
      }
      for (let i = 0; i < rounds; i++) {
        ours.push(await step());
        if (peer !== undefined) theirs.push((await peer.ask<{ ms: number }>('step')).ms);
      }
    } finally {
      peer?.close();
      program.dispose();
      rmSync(folder, { recursive: true });
    }
    return {
      ratio: peer === undefined ? null : rounded(median(ours.map((ms, i) => theirs[i] / ms))),
      ours_ms: rounded(median(ours)),
      peer_ms: peer === undefined ? null : rounded(median(theirs)),
      gflops: rounded(operations(size) / median(ours) / 1e6),
      peak_gflops: rounded(await peakGflops(size.matrix)),
    };
  },
});

function floats(
  shape: readonly number[],
  data: Float32Array = new Float32Array(shape.reduce((a, b) => a * b, 1)),
): HostTensor {
  return { data, shape, dtype: 'float32' };
}

function scalar(value: number): HostTensor {
  return floats([], Float32Array.of(value));
}

function prefixed(prefix: string, tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}:${name}`, tensor]));
}

function signatureOf(inputs: Tensors): Signature {
  return Object.fromEntries(Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]));
}

function nested({ data, shape }: HostTensor): number[][] {
  return Array.from({ length: shape[0] }, (_, i) => [...data.subarray(i * shape[1], (i + 1) * shape[1])]);
}

/** Random tokens as `prompt`, `suffix` and `labels`. */
function drawBatch({ batch, prompt, suffix }: Size, vocabulary: number): Record<string, HostTensor> {
  const random = createRandom('bench/train-step');
  const ints = (shape: readonly [number, number]): HostTensor => ({
    data: new Int32Array(shape[0] * shape[1]).map(() => random.integer(vocabulary)),
    shape,
    dtype: 'int32',
  });
  return { prompt: ints([batch, prompt]), suffix: ints([batch, suffix]), labels: ints([batch, suffix]) };
}

/**
 * Compares by the largest difference of a gradient relative to the largest gradient of the same parameter.
 *
 * @param file that the peer writes its gradients to, in the order of `names`
 */
async function compareGradients(ours: Tensors, names: readonly string[], peer: Peer, file: string): Promise<void> {
  const theirs = await peer.ask<{ loss: number }>('gradients');
  const bytes = readFileSync(file);
  const flat = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let worst = 0;
  let offset = 0;
  for (const name of names) {
    const { data } = ours[`gradient:${name}`];
    const reference = flat.subarray(offset, (offset += data.length));
    const scale = reference.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const difference = reference.reduce((a, b, i) => Math.max(a, Math.abs(b - data[i])), 0);
    worst = Math.max(worst, difference / scale);
  }
  const loss = ours['loss'].data[0];
  process.stderr.write(
    `loss ${loss} (PyTorch ${theirs.loss}), gradients differ by ${worst.toExponential(1)} relative\n`,
  );
  if (!(worst < 1e-4) || Math.abs(loss - theirs.loss) > 1e-5) throw new Error('the two steps do not compute the same');
}

/** Floating-point operations of our program's matrix products: in the last layer prompt positions have keys and values only. Backward costs twice. */
function operations({ layers, width, batch, prompt, thoughts, suffix }: Size): number {
  const perRow = (matrices: number): number => 2 * width * width * matrices;
  const attention = 2 * 2 * batch * prompt * prompt * width * (layers - 1);
  const short = batch * (thoughts + suffix + 1);
  const full = 12 * (layers - 1);
  const forward = batch * prompt * perRow(full + 2) + attention + short * perRow(12 * layers);
  return 3 * forward;
}

async function peakGflops(n: number): Promise<number> {
  const ones = floats([n, n], new Float32Array(n * n).fill(1));
  const inputs = { a: ones, b: ones };
  const product = await compile(({ a, b }) => ({ c: ops.matMul(a, b) }), signatureOf(inputs));
  let best = Infinity;
  for (let i = 0; i < 8; i++) {
    const start = performance.now();
    await product.run(inputs);
    best = Math.min(best, performance.now() - start);
  }
  product.dispose();
  return (2 * n ** 3) / best / 1e6;
}
