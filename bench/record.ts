/**
 * What `record` asks of the model (k thoughts per item, each through the LM head) on GPT-2 124M with English prompts,
 * against the same loop in PyTorch, in alternation. First the numbers of both are compared.
 */
import { createCoconut, type Coconut } from '../src/model/index.js';
import { useEngine } from '../src/tensor/index.js';
import { defineBench } from './kit/bench.js';
import { median, rounded } from './kit/figures.js';
import { englishItems, GPT2_SMALL, GPT2_TINY, parameterPlan, randomWeights } from './kit/gpt2.js';
import type { Peer } from './kit/peer.js';

const THOUGHTS = 6;

export default defineBench({
  sizes: {
    // 16 is the default of `record`.
    full: { config: GPT2_SMALL, items: 20, batch: 16, rounds: 5 },
    smoke: { config: GPT2_TINY, items: 3, batch: 2, rounds: 1 },
  },
  async run({ config, items, batch, rounds }, peerOf) {
    const info = await useEngine('onnxruntime');
    process.stderr.write(`engine ${info.name} ${info.version}, ${info.threads} threads\n`);
    const prompts = englishItems(items, 'bench/record').map(({ prompt }) => prompt);
    const tokens = prompts.reduce((sum, prompt) => sum + prompt.length, 0);
    process.stderr.write(`${items} items, ${(tokens / items).toFixed(0)} tokens each\n`);
    const model = createCoconut(randomWeights(config));
    const peer = await peerOf('bench/record_torch.py', {
      plan: parameterPlan(config),
      layers: config.nLayer,
      heads: config.nHead,
      prompts,
      thoughts: THOUGHTS,
    });
    await compareNumbers(model, prompts.slice(0, batch), peer);

    const ours = async (): Promise<number> => {
      const start = performance.now();
      for (let from = 0; from < prompts.length; from += batch) {
        await model.run(prompts.slice(from, from + batch), { thoughts: THOUGHTS, thoughtLogits: true });
      }
      return performance.now() - start;
    };
    // Programs are compiled for the shapes met in the first round, as in any recording longer than this one.
    await ours();
    const peerBatches = [1, batch];
    for (const size of peerBatches) await peer?.ask({ batch: size });
    const times: number[] = [];
    const peerTimes = new Map(peerBatches.map((size) => [size, [] as number[]]));
    for (let round = 0; round < rounds; round++) {
      times.push(await ours());
      for (const [size, measured] of peerTimes) {
        if (peer !== undefined) measured.push((await peer.ask<{ ms: number }>({ batch: size })).ms);
      }
      process.stderr.write(
        `round ${round + 1}: ours ${times[round].toFixed(0)} ms` +
          `${[...peerTimes].map(([size, ms]) => `, PyTorch at batch ${size} ${ms[round]?.toFixed(0) ?? '-'} ms`).join('')}\n`,
      );
    }
    peer?.close();
    model.dispose();

    const [peerBatch, best] = [...peerTimes].sort(([, a], [, b]) => median(a) - median(b))[0];
    return {
      ratio: peer === undefined ? null : rounded(median(times.map((ms, i) => best[i] / ms))),
      ours_ms: rounded(median(times)),
      peer_ms: peer === undefined ? null : rounded(median(best)),
      peer_batch: peer === undefined ? null : peerBatch,
      ms_per_item: rounded(median(times) / items),
    };
  },
});

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), a.length === b.length ? 0 : Infinity);

/** Item 0 as it comes out of a whole batch: padding and batching must not show. */
async function compareNumbers(model: Coconut, prompts: readonly number[][], peer: Peer | undefined): Promise<void> {
  const run = await model.run(prompts, { thoughts: THOUGHTS, thoughtLogits: true });
  if (peer === undefined) return;
  const sample = await peer.ask<{ thoughts: number[]; logits: number[] }>('sample');
  const { nEmbd, vocabSize } = model.config;
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
