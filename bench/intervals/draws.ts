import type { Random } from '../../src/random.js';

/** Exponential, mean 1. */
export function exponential(random: Random): number {
  return -Math.log(1 - random.uniform());
}

/** Gamma of a shape and scale 1 (Marsaglia and Tsang, ACM Transactions on Mathematical Software 26, 2000). */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * random.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Beta of a mean and a concentration a + b: the smaller that is, the more values lie near 0 and 1. */
export function beta(random: Random, mean: number, concentration: number): number {
  const [x, y] = [gamma(random, mean * concentration), gamma(random, (1 - mean) * concentration)];
  return x + y > 0 ? x / (x + y) : Number(random.uniform() < mean);
}
