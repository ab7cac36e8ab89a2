/**
 * All concepts of one English item after 0 to 6 thoughts with the sequence scorer, on GPT-2 124M, against one forward
 * pass for each concept and number of thoughts. Both run here, on the same programs' engine; the scorer's time includes
 * reading the prompt and thinking, the forward passes are given the thoughts.
 */
import { createCoconut, type ContinuationScore } from '../src/model/index.js';
import { useEngine, type HostTensor } from '../src/tensor/index.js';
import { defineBench } from './kit/bench.js';
import { median, rounded } from './kit/figures.js';
import { END_LATENT, englishItems, GPT2_SMALL, GPT2_TINY, randomWeights } from './kit/gpt2.js';

const THOUGHTS = 6;
/** `Every`: what follows is the name of a concept. */
const PREFIX = [END_LATENT, 6109];

export default defineBench({
  sizes: {
    // Every stride-th forward pass is run and timed, the time of the others inferred.
    full: { config: GPT2_SMALL, rounds: 3, stride: 7 },
    smoke: { config: GPT2_TINY, rounds: 1, stride: 40 },
  },
  async run({ config, rounds, stride }) {
    const info = await useEngine('onnxruntime');
    process.stderr.write(`engine ${info.name} ${info.version}, ${info.threads} threads\n`);
    const [{ prompt, names }] = englishItems(1, 'bench/score');
    const model = createCoconut(randomWeights(config));

    const scored = async (): Promise<{ ms: number; scores: ContinuationScore[][][]; thoughts: HostTensor }> => {
      const start = performance.now();
      const run = await model.run([prompt], { thoughts: THOUGHTS });
      const scores = await run.scoreAll([names], { prefix: PREFIX });
      return { ms: performance.now() - start, scores, thoughts: run.thoughts };
    };
    const first = await scored();

    /** log p of a name, by a forward pass over prompt, c thoughts, prefix and name. */
    const forward = async (c: number, name: readonly number[]): Promise<number> => {
      const width = config.nEmbd;
      const given = { ...first.thoughts, data: first.thoughts.data.subarray(0, c * width), shape: [1, c, width] };
      const { hidden } = await model.replay([prompt], given, { suffix: [...PREFIX, ...name.slice(0, -1)] });
      const read = hidden.data.subarray(hidden.data.length - name.length * width);
      const logits = await model.logits({ data: read, shape: [name.length, width], dtype: 'float32' });
      return name.reduce((total, token, i) => total + logProbability(logits, i, token), 0);
    };

    const passes = Array.from({ length: THOUGHTS + 1 }, (_, c) =>
      names.map((name, node) => ({ c, name, node })),
    ).flat();
    const timed = passes.filter((_, i) => i % stride === 0);
    process.stderr.write(`${prompt.length} tokens, ${names.length} names, ${passes.length} forward passes\n`);
    let worst = 0;
    const forwardTimes: number[] = [];
    const scorerTimes: number[] = [];
    const met = new Set<string>();
    for (const { c, name, node } of timed) {
      const shape = `${c} ${name.length}`;
      // Neither side is charged for compiling.
      if (!met.has(shape)) await forward(c, name);
      met.add(shape);
      const start = performance.now();
      const total = await forward(c, name);
      forwardTimes.push(performance.now() - start);
      worst = Math.max(worst, Math.abs(total - first.scores[c][0][node].total));
      // Alternating: both sides meet the same machine.
      if (forwardTimes.length % Math.ceil(timed.length / rounds) === 0) scorerTimes.push((await scored()).ms);
    }
    model.dispose();
    process.stderr.write(`log-probabilities differ by ${worst.toExponential(1)} at most\n`);
    if (!(worst < 1e-4)) throw new Error('the two do not compute the same');

    const forwardMs = (forwardTimes.reduce((a, b) => a + b, 0) / timed.length) * passes.length;
    return {
      ratio: rounded(forwardMs / median(scorerTimes)),
      ours_ms: rounded(median(scorerTimes)),
      forward_passes_ms: rounded(forwardMs),
      forward_passes: passes.length,
      forward_passes_timed: timed.length,
      largest_difference: Number(worst.toExponential(1)),
    };
  },
});

/** Of a token, by row i of logits [rows, V]. */
function logProbability({ data, shape }: HostTensor, i: number, token: number): number {
  const row = data.subarray(i * shape[1], (i + 1) * shape[1]);
  let highest = -Infinity;
  for (const logit of row) highest = Math.max(highest, logit);
  let sum = 0;
  for (const logit of row) sum += Math.exp(logit - highest);
  return row[token] - highest - Math.log(sum);
}
