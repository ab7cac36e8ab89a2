import { LensError } from '../errors.js';
import { createRandom, type Random } from '../random.js';

/** How the next token is chosen. */
export type Sampling =
  | 'greedy'
  | {
      /** Logits are divided by it before the softmax; above 0. */
      readonly temperature: number;
      /** Row r draws from its own stream of this seed: its tokens do not depend on the other rows. */
      readonly seed: number;
      /** Only the k likeliest tokens are drawn from (of equals, the smaller id). Default: all. */
      readonly topK?: number;
    };

/** Chooses a token for one row from its logits [V]. */
export type Chooser = (logits: Float32Array) => number;

/** One chooser per row. @throws LensError if the sampling is malformed */
export function choosers(sampling: Sampling, batch: number): Chooser[] {
  if (sampling === 'greedy') return Array.from({ length: batch }, () => likeliest);
  const { temperature, seed, topK } = sampling;
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    throw new LensError('temperature', `not above 0 (${temperature})`, "give a positive number, or 'greedy'", 'usage');
  }
  if (topK !== undefined && !(Number.isInteger(topK) && topK > 0)) {
    throw new LensError('top-k', `not a positive integer (${topK})`, 'correct it', 'usage');
  }
  const random = createRandom(seed);
  return Array.from({ length: batch }, (_, row) => {
    const stream = random.fork(`row ${row}`);
    return (logits) => draw(logits, temperature, topK ?? logits.length, stream);
  });
}

/** The index of the largest; of equals, the smallest index. */
function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i] > logits[best]) best = i;
  return best;
}

/** Draws by inverting the cumulative distribution, in float64. */
function draw(logits: Float32Array, temperature: number, topK: number, random: Random): number {
  const candidates = Array.from(logits.keys());
  if (topK < logits.length) {
    candidates.sort((a, b) => logits[b] - logits[a] || a - b);
    candidates.length = topK;
  }
  const top = candidates.reduce((max, i) => Math.max(max, logits[i]), -Infinity);
  const weights = candidates.map((i) => Math.exp((logits[i] - top) / temperature));
  let left = random.uniform() * weights.reduce((a, b) => a + b, 0);
  for (let i = 0; i < candidates.length; i++) {
    left -= weights[i];
    if (left < 0) return candidates[i];
  }
  // Rounding may leave a sliver beyond the last weight; it belongs to the last candidate that has any weight.
  return candidates[weights.findLastIndex((weight) => weight > 0)];
}
