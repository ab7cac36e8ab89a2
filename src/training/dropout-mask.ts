import { createRandom, type Random } from '../random.js';
import { ops, type HostTensor, type Tensor } from '../tensor/index.js';

/**
 * Masks are computed modulo this prime: a product of two residues, and a residue more, stays below 2^24, so that
 * float32 holds it exactly and every engine computes the same mask.
 */
const PRIME = 4093;
const ROUNDS = 3;

/** Which batch of a training: its phase, the step of the phase and the part of the step, from 0. */
export interface BatchPlace {
  readonly phase: number;
  readonly step: number;
  readonly part: number;
}

/**
 * The residues that a batch's masks depend on beside their sites: float32 [3].
 *
 * @param seed the training's
 */
export function dropoutKeys(seed: number | string, { phase, step, part }: BatchPlace): HostTensor {
  // Not the stream that batches are drawn from: dropout changes no batch.
  const random = createRandom(`dropout ${seed}`).fork(`phase ${phase}`).fork(`step ${step}`).fork(`part ${part}`);
  return { data: Float32Array.from(residues(random, ROUNDS)), shape: [ROUNDS], dtype: 'float32' };
}

/** How many residues are dropped. The product of two random residues is 0 nearly twice as often as any other. */
const dropped = (rate: number): number => Math.round((rate * PRIME * PRIME - PRIME) / (PRIME - 1));

/** The share that masks of a rate drop: the rate, as nearly as residues can say it (to 1 / 8000). */
export function dropoutShare(rate: number): number {
  return (dropped(rate) * (PRIME - 1) + PRIME) / (PRIME * PRIME);
}

/**
 * What activations are multiplied by: 0 where they are dropped, elsewhere the inverse of the share that is kept, so that
 * the mean is 1. The mask is a function of keys and site alone.
 *
 * A row's index (all axes but the last) and a column's are each a pair of residues, permuted for the site while tracing
 * and by rounds of squaring with the keys in the program (a Feistel network, so that no two rows are the same). The
 * element at row (r, s) and column (c, e) is dropped if (r + c)(s + e) is small: for random pairs that is independent
 * between any two rows, and any two columns.
 *
 * @param keys `dropoutKeys`
 * @param site names the place in the program; masks of different sites are independent
 * @param rate in 0.001..0.9
 * @returns of `shape`
 */
export function dropoutMask(keys: Tensor, site: string, shape: readonly number[], rate: number): Tensor {
  const columns = shape[shape.length - 1];
  const rows = shape.reduce((a, b) => a * b, 1) / columns;
  let [x, y] = startingPairs(site, rows, columns).map((data) => ops.tensor(data));
  for (const key of ops.split(keys, ROUNDS)) [x, y] = [y, modulo(ops.add(ops.square(ops.sub(y, key)), x))];
  // Columns are shifted below 0: a sum of two then has no more digits than one.
  const [left, right] = [x, y].map((pairs) => {
    const [row, column] = ops.split(pairs, [rows, columns]);
    return ops.add(ops.reshape(row, [rows, 1]), ops.reshape(ops.sub(column, PRIME - 1), [1, columns]));
  });
  const kept = ops.lessEqual(dropped(rate), modulo(ops.mul(left, right)));
  return ops.reshape(ops.mul(ops.cast(kept, 'float32'), 1 / (1 - dropoutShare(rate))), [...shape]);
}

/** x mod PRIME for |x| < PRIME^2: the quotient's rounding error is below the distance of a non-integer to an integer. */
function modulo(x: Tensor): Tensor {
  return ops.sub(x, ops.mul(ops.floor(ops.div(x, PRIME)), PRIME));
}

/** The pairs of all rows, then of all columns: first and second residues. */
function startingPairs(site: string, rows: number, columns: number): [Float32Array, Float32Array] {
  const random = createRandom(`dropout site ${site}`);
  const pairs: [Float32Array, Float32Array] = [new Float32Array(rows + columns), new Float32Array(rows + columns)];
  for (const [from, count] of [
    [0, rows],
    [rows, columns],
  ]) {
    const keys = residues(random, 2 * ROUNDS);
    for (let i = 0; i < count; i++) {
      let [x, y] = [i % PRIME, Math.floor(i / PRIME)];
      for (const key of keys) [x, y] = [y, ((y - key) ** 2 + x) % PRIME];
      pairs[0][from + i] = x;
      pairs[1][from + i] = y;
    }
  }
  return pairs;
}

function residues(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.integer(PRIME));
}
