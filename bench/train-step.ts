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
import { median, startPeer } from './peer.js';

const LAYERS = 2;
const WIDTH = 256;
const HEADS = 8;
const VOCABULARY = 40;
const BATCH = 32;
const PROMPT = 110;
const THOUGHTS = 4;
const SUFFIX = 3;
const POSITIONS = 128;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 15);
const LEARNING_RATE = 1e-4;

const shapes: Record<string, number[]> = { 'wte.weight': [VOCABULARY, WIDTH], 'wpe.weight': [POSITIONS, WIDTH] };
for (let layer = 0; layer < LAYERS; layer++) {
  const linears = {
    'attn.c_attn': [WIDTH, 3 * WIDTH],
    'attn.c_proj': [WIDTH, WIDTH],
    'mlp.c_fc': [WIDTH, 4 * WIDTH],
    'mlp.c_proj': [4 * WIDTH, WIDTH],
  };
  for (const norm of ['ln_1', 'ln_2'])
    for (const kind of ['weight', 'bias']) shapes[`h.${layer}.${norm}.${kind}`] = [WIDTH];
  for (const [name, shape] of Object.entries(linears)) {
    shapes[`h.${layer}.${name}.weight`] = shape;
    shapes[`h.${layer}.${name}.bias`] = [shape[1]];
  }
}
shapes['ln_f.weight'] = shapes['ln_f.bias'] = [WIDTH];

const random = createRandom('bench/train-step');
const floats = (shape: number[], f: () => number): HostTensor => ({
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).map(f),
  shape,
  dtype: 'float32',
});
const ints = (shape: number[]): HostTensor => ({
  data: new Int32Array(shape.reduce((a, b) => a * b, 1)).map(() => random.integer(VOCABULARY)),
  shape,
  dtype: 'int32',
});
const scalar = (value: number): HostTensor => ({ data: Float32Array.of(value), shape: [], dtype: 'float32' });

const parameters = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [
    name,
    floats(
      shape,
      name.includes('ln_') && name.endsWith('weight') ? () => 1 + 0.1 * random.normal() : () => 0.08 * random.normal(),
    ),
  ]),
);
const batch = { prompt: ints([BATCH, PROMPT]), suffix: ints([BATCH, SUFFIX]), labels: ints([BATCH, SUFFIX]) };
const prefixed = (prefix: string, tensors: Record<string, HostTensor>): Record<string, HostTensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}:${name}`, tensor]));
const signatureOf = (inputs: Record<string, HostTensor>): Signature =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]));

const config = { nLayer: LAYERS, nHead: HEADS, layerNormEpsilon: 1e-5 };
const options = { config, thoughts: THOUGHTS };
const info = await useEngine('onnxruntime');
process.stderr.write(`engine ${info.name} ${info.version}, ${info.threads} threads\n`);

// The state of the optimiser; each step replaces it.
const zeros = (): Record<string, HostTensor> =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, floats(shape, () => 0)]));
let state = { ...prefixed('parameter', parameters), ...prefixed('first', zeros()), ...prefixed('second', zeros()) };
let steps = 0;
const stepInputs = (): Record<string, HostTensor> => ({
  ...state,
  ...batch,
  learningRate: scalar(LEARNING_RATE),
  correction1: scalar(1 - 0.9 ** (steps + 1)),
  correction2: scalar(1 - 0.999 ** (steps + 1)),
});
const started = performance.now();
const program = await compile(trainingStep(options), signatureOf(stepInputs()), { keepMemory: true });
process.stderr.write(`program ready in ${((performance.now() - started) / 1e3).toFixed(2)} s\n`);

async function step(): Promise<{ ms: number; loss: number }> {
  const start = performance.now();
  const { loss, ...next } = await program.run(stepInputs());
  steps++;
  state = next;
  return { ms: performance.now() - start, loss: loss.data[0] };
}

const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-bench-'));
const weights = join(folder, 'weights.f32');
writeFileSync(weights, Buffer.concat(Object.values(parameters).map(({ data }) => new Uint8Array(data.buffer))));
const nested = ({ data, shape }: HostTensor): number[][] =>
  Array.from({ length: shape[0] }, (_, i) => [...data.slice(i * shape[1], (i + 1) * shape[1])]);
const peer = await startPeer('bench/train_step_torch.py', {
  weights,
  shapes,
  heads: HEADS,
  layers: LAYERS,
  thoughts: THOUGHTS,
  learningRate: LEARNING_RATE,
  prompt: nested(batch.prompt),
  suffix: nested(batch.suffix),
  labels: nested(batch.labels),
});

/** Largest difference of a gradient relative to the largest gradient of the same parameter. */
async function compareGradients(): Promise<void> {
  const inputs = { ...prefixed('parameter', parameters), ...batch };
  const gradients = await compile(gradientProgram(options), signatureOf(inputs));
  const ours = await gradients.run(inputs);
  gradients.dispose();
  const theirs = await peer?.ask<{ loss: number }>('gradients');
  if (theirs === undefined) return;
  const bytes = readFileSync(`${weights}.gradients`);
  const flat = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let worst = 0;
  let offset = 0;
  for (const name of Object.keys(shapes)) {
    const { data } = ours[`gradient:${name}`];
    const reference = flat.subarray(offset, (offset += data.length));
    const scale = reference.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const difference = reference.reduce((a, b, i) => Math.max(a, Math.abs(b - data[i])), 0);
    worst = Math.max(worst, difference / scale);
  }
  process.stderr.write(
    `loss ${ours['loss'].data[0]} (PyTorch ${theirs.loss}), gradients differ by ${worst.toExponential(1)} relative\n`,
  );
  if (!(worst < 1e-4) || Math.abs(ours['loss'].data[0] - theirs.loss) > 1e-5)
    throw new Error('the two steps do not compute the same');
}
await compareGradients();

/** Floating-point operations of our program's matrix products: in the last layer prompt positions have keys and values only. Backward costs twice. */
function operations(): number {
  const perRow = (matrices: number): number => 2 * WIDTH * WIDTH * matrices;
  const prompt = BATCH * PROMPT;
  const attention = 2 * 2 * BATCH * PROMPT * PROMPT * WIDTH * (LAYERS - 1);
  const short = BATCH * (THOUGHTS + SUFFIX + 1);
  const full = 12 * (LAYERS - 1);
  const forward = prompt * perRow(full + 2) + attention + short * perRow(12 * LAYERS);
  return 3 * forward;
}

async function peakGflops(): Promise<number> {
  const n = 1536;
  const shape = [n, n];
  const product = await compile(({ a, b }) => ({ c: ops.matMul(a, b) }), {
    a: { shape, dtype: 'float32' },
    b: { shape, dtype: 'float32' },
  });
  const inputs = { a: floats(shape, () => 1), b: floats(shape, () => 1) };
  let best = Infinity;
  for (let i = 0; i < 8; i++) {
    const start = performance.now();
    await product.run(inputs);
    best = Math.min(best, performance.now() - start);
  }
  product.dispose();
  return (2 * n ** 3) / best / 1e6;
}

const ours: number[] = [];
const theirs: number[] = [];
for (let i = 0; i < 3; i++) {
  await step();
  await peer?.ask('step');
}
for (let i = 0; i < ROUNDS; i++) {
  ours.push((await step()).ms);
  if (peer !== undefined) theirs.push((await peer.ask<{ ms: number }>('step')).ms);
}
peer?.close();
rmSync(folder, { recursive: true });

const ours_ms = median(ours);
const peer_ms = peer === undefined ? null : median(theirs);
const round = (x: number | null): number | null => (x === null ? null : Number(x.toPrecision(4)));
process.stdout.write(
  `${JSON.stringify({
    bench: 'train-step',
    ratio: round(peer_ms === null ? null : median(ours.map((ms, i) => theirs[i] / ms))),
    ours_ms: round(ours_ms),
    peer_ms: round(peer_ms),
    gflops: round(operations() / ours_ms / 1e6),
    peak_gflops: round(await peakGflops()),
  })}\n`,
);
