import type { Random } from '../../src/random.js';
import type { SlopePoint } from '../../src/statistics/index.js';
import { beta, exponential } from './draws.js';
import type { Setting } from './simulate.js';

/** Values with the graph of each. */
export interface Values {
  readonly values: readonly number[];
  readonly graphs: readonly number[];
}

const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/**
 * Values like the AUCs of items, of means .75 to .98: beta distributed, or half of them 1, or no finer than 0, 1/2, 1.
 *
 * @param items of a graph; two are the same with probability 1/2, and so correlate by .5
 */
export function aucs(items: 1 | 2): Setting<Values>[] {
  const kinds: [name: string, truth: number, draw: (random: Random) => number][] = [
    ...[0.75, 0.9, 0.95, 0.98].flatMap((mean) =>
      [1, 3, 10].map((concentration): (typeof kinds)[number] => [
        `beta of mean ${mean} and concentration ${concentration}`,
        mean,
        (random) => beta(random, mean, concentration),
      ]),
    ),
    ...[0.9, 0.98].map((mean): (typeof kinds)[number] => [
      `half 1, half beta, of mean ${mean}`,
      mean,
      (random) => (random.uniform() < 0.5 ? 1 : beta(random, 2 * mean - 1, 3)),
    ]),
    ['0, .5 or 1, of mean 0.85', 0.85, (random) => [0, 0.5, 1, 1, 1, 1, 1, 1, 1, 1][random.integer(10)]],
  ];
  return kinds.map(([name, truth, draw]) => ({
    name,
    truth,
    draw(random, graphs) {
      const first = many(graphs, () => draw(random));
      if (items === 1) return { values: first, graphs: many(graphs, (i) => i) };
      const second = first.map((own) => (random.uniform() < 0.5 ? own : draw(random)));
      return { values: [...first, ...second], graphs: many(2 * graphs, (i) => i % graphs) };
    },
  }));
}

/** Means of unbounded values. */
export const MEANS: readonly Setting<Values>[] = [
  { name: 'normal', truth: 0, value: (random: Random) => random.normal() },
  { name: 'exponential', truth: 1, value: exponential },
  { name: 'lognormal', truth: Math.exp(0.5), value: (random: Random) => Math.exp(random.normal()) },
].map(({ name, truth, value }) => ({
  name,
  truth,
  draw: (random, graphs) => ({ values: many(graphs, () => value(random)), graphs: many(graphs, (i) => i) }),
}));

/** Two numbers of each graph. */
export interface Pair {
  readonly above: readonly number[];
  readonly below: readonly number[];
}

/**
 * Excess over chance of edited answers (above) and own ones (below), each 1/2 or -1/2. Edited answers are the own one with
 * the probability that is kept and else a coin's (`copied`), or as often right, but independent of it (`independent`).
 */
export const RATIOS: readonly Setting<Pair>[] = [0.6, 0.8, 0.9, 1].flatMap((accuracy) =>
  [0, 0.5, 0.8, 1].flatMap((kept) =>
    [true, false].map((copied) => ({
      name: `own accuracy ${accuracy}, ${kept} kept, ${copied ? 'copied' : 'independent'}`,
      truth: kept,
      draw(random: Random, graphs: number): Pair {
        const right = (probability: number): number => (random.uniform() < probability ? 0.5 : -0.5);
        const below = many(graphs, () => right(accuracy));
        const above = below.map((own) => {
          if (!copied) return right(0.5 + kept * (accuracy - 0.5));
          return random.uniform() < kept ? own : right(0.5);
        });
        return { above, below };
      },
    })),
  ),
);

/** Slope 1, of several predictors and errors, which may be skewed or larger where the predictor is. */
export const SLOPES: readonly Setting<readonly SlopePoint[]>[] = [
  { name: 'normal x', x: (random: Random) => random.normal() },
  { name: 'exponential x', x: exponential },
  { name: 'x of 1 to 4', x: (random: Random) => 1 + random.integer(4) },
].flatMap(({ name, x }) =>
  [
    { error: 'normal errors', e: (random: Random) => random.normal() },
    { error: 'errors that grow with x', e: (random: Random, at: number) => random.normal() * (0.3 + Math.abs(at)) },
    { error: 'exponential errors', e: exponential },
  ].map(({ error, e }) => ({
    name: `${name}, ${error}`,
    truth: 1,
    draw: (random: Random, graphs: number): SlopePoint[] =>
      many(graphs, (cluster) => {
        const at = x(random);
        return { x: at, y: at + e(random, at), cluster };
      }),
  })),
);

/** Differences of two shares, x being the group and y the answer, 0 or 1: groups of half, or a fifth and four fifths. */
export const DIFFERENCES: readonly Setting<readonly SlopePoint[]>[] = [0.2, 0.5].flatMap((first) =>
  [
    [0.5, 0.5],
    [0.9, 0.5],
    [0.5, 0.9],
    [0.9, 0.9],
    [0.98, 0.9],
    [0.9, 0.98],
    [0.98, 0.98],
  ].map(([one, zero]) => ({
    name: `share ${one} of a group of ${first}, ${zero} of the others`,
    truth: one - zero,
    draw: (random: Random, graphs: number): SlopePoint[] =>
      many(graphs, (cluster) => {
        const x = Number(cluster < first * graphs);
        return { x, y: Number(random.uniform() < (x === 1 ? one : zero)), cluster };
      }),
  })),
);
