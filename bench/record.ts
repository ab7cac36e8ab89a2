/**
 * What `record` asks of the model (k thoughts per item, each through the LM head) on GPT-2 124M with English prompts,
 * against the same loop in PyTorch, in alternation. First the numbers of both are compared.
 */
import { createCoconut } from '../src/model/index.js';
import { useEngine } from '../src/tensor/index.js';
import { englishItems, GPT2_SMALL, parameterPlan, randomWeights } from './gpt2-small.js';
import { median, startPeer } from './peer.js';

const ITEMS = Number(process.env['BENCH_ITEMS'] ?? 20);
const THOUGHTS = 6;
/** The default of `record`. */
const BATCH = Number(process.env['BENCH_BATCH'] ?? 16);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);

const info = await useEngine('onnxruntime');
process.stderr.write(`engine ${info.name} ${info.version}, ${info.threads} threads\n`);
const prompts = englishItems(ITEMS, 'bench/record').map(({ prompt }) => prompt);
const tokens = prompts.reduce((sum, prompt) => sum + prompt.length, 0);
process.stderr.write(`${ITEMS} items, ${(tokens / ITEMS).toFixed(0)} tokens each\n`);
const model = createCoconut(randomWeights());
const peer = await startPeer('bench/record_torch.py', {
  plan: parameterPlan(),
  layers: GPT2_SMALL.nLayer,
  heads: GPT2_SMALL.nHead,
  prompts,
  thoughts: THOUGHTS,
});

async function ours(): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < prompts.length; from += BATCH) {
    await model.run(prompts.slice(from, from + BATCH), { thoughts: THOUGHTS, thoughtLogits: true });
  }
  return performance.now() - start;
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), a.length === b.length ? 0 : Infinity);

// Item 0 as it comes out of a whole batch: padding and batching must not show.
const run = await model.run(prompts.slice(0, BATCH), { thoughts: THOUGHTS, thoughtLogits: true });
const sample = await peer?.ask<{ thoughts: number[]; logits: number[] }>('sample');
if (sample !== undefined) {
  const { nEmbd, vocabSize } = GPT2_SMALL;
  const thoughts = largest(run.thoughts.data.subarray(0, THOUGHTS * nEmbd), sample.thoughts);
  const logits = run.thoughtLogits?.data.subarray(0, THOUGHTS * vocabSize) ?? new Float32Array(0);
  const read = largest(
    logits.filter((_, i) => (i % vocabSize) % 500 === 0),
    sample.logits,
  );
  process.stderr.write(
    `thoughts differ by ${thoughts.toExponential(1)}, logits by ${read.toExponential(1)} from PyTorch's\n`,
  );
  // Through twelve layers and six thoughts, float32 in another order of summation.
  if (!(thoughts < 1e-3) || !(read < 1e-3)) throw new Error('the two loops do not compute the same');
}

// Programs are compiled for the shapes met in the first round, as in any recording longer than this one.
await ours();
const peerBatches = [1, BATCH];
for (const batch of peerBatches) await peer?.ask({ batch });
const times: number[] = [];
const peerTimes = new Map(peerBatches.map((batch) => [batch, [] as number[]]));
for (let round = 0; round < ROUNDS; round++) {
  times.push(await ours());
  for (const [batch, measured] of peerTimes) {
    if (peer !== undefined) measured.push((await peer.ask<{ ms: number }>({ batch })).ms);
  }
  process.stderr.write(
    `round ${round + 1}: ours ${times[round].toFixed(0)} ms` +
      `${[...peerTimes].map(([batch, ms]) => `, PyTorch at batch ${batch} ${ms[round]?.toFixed(0) ?? '-'} ms`).join('')}\n`,
  );
}
peer?.close();
model.dispose();

const round = (x: number): number => Number(x.toPrecision(4));
const best = [...peerTimes].sort(([, a], [, b]) => median(a) - median(b))[0];
process.stdout.write(
  `${JSON.stringify({
    bench: 'record',
    ratio: peer === undefined ? null : round(median(times.map((ms, i) => best[1][i] / ms))),
    ours_ms: round(median(times)),
    peer_ms: peer === undefined ? null : round(median(best[1])),
    peer_batch: peer === undefined ? null : best[0],
    ms_per_item: round(median(times) / ITEMS),
  })}\n`,
);
