import { describe, expect, it } from 'vitest';
import { crossFit, crossFitNodes, type CrossFitNodesOptions, type NodeEmbedding } from '../../src/probe/index.js';
import { auc } from '../../src/statistics/index.js';
import { createRandom } from '../../src/random.js';
import { normalDesign, solveDense, standardised } from './support.js';

const [GRAPHS, THOUGHTS, NODES, COLUMNS] = [150, 4, 6, 10];
const ROWS = GRAPHS * THOUGHTS;
const groups = Int32Array.from({ length: ROWS }, (_, r) => Math.floor(r / THOUGHTS));
const random = createRandom(8).fork('nodes');
const thoughts = normalDesign(ROWS, COLUMNS, 6);
const embedding: NodeEmbedding = { nodes: NODES, ...pick(normalDesign(NODES, 4, 7)) };
const mixing = normalDesign(COLUMNS, 4, 8).values;

function pick({
  columns,
  values,
}: NodeEmbedding | { columns: number; values: Float32Array }): Pick<NodeEmbedding, 'columns' | 'values'> {
  return { columns, values };
}

/** Node v is in the set where thought' M e_v + noise is above 0; a fifth of the nodes are absent. */
const labels = Int8Array.from({ length: ROWS * NODES }, (_, i) => {
  const [r, v] = [Math.floor(i / NODES), i % NODES];
  let score = 0;
  for (let c = 0; c < COLUMNS; c++)
    for (let k = 0; k < 4; k++)
      score += thoughts.values[r * COLUMNS + c] * mixing[4 * c + k] * embedding.values[4 * v + k];
  return random.uniform() < 0.2 ? -1 : Number(score + 2 * random.normal() > 0);
});

const options: CrossFitNodesOptions = {
  thoughts,
  labels,
  groups,
  nodes: NODES,
  variant: 'perNode',
  seed: 1,
  penalties: [0.01],
};

const pooled = (scores: Float32Array, own: Int8Array): number => {
  const present = [...own.keys()].filter((i) => own[i] >= 0);
  return auc(
    present.map((i) => scores[i]),
    present.map((i) => own[i] === 1),
  );
};

/** The objective of one fold's training rows, with parameters [columns * nodes, shared, deviations], by Newton. */
function newtonPerNode(rows: readonly number[], penalty: number): (r: number, v: number) => number {
  const training = {
    rows: rows.length,
    columns: COLUMNS,
    values: Float32Array.from(rows.flatMap((r) => [...thoughts.values.subarray(r * COLUMNS, (r + 1) * COLUMNS)])),
  };
  const x = standardised(training);
  const size = COLUMNS * NODES + 1 + NODES;
  const shared = COLUMNS * NODES;
  const pairs = rows
    .flatMap((r, i) => Array.from({ length: NODES }, (_, v) => ({ i, v, y: labels[r * NODES + v] })))
    .filter(({ y }) => y >= 0);
  let at = Array<number>(size).fill(0);
  const own = (v: number): number[] => [
    ...Array.from({ length: COLUMNS }, (_, c) => c * NODES + v),
    shared,
    shared + 1 + v,
  ];
  for (let step = 0; step < 12; step++) {
    const lambda = (k: number): number => (k === shared ? 0 : penalty / NODES);
    const gradient = at.map((w, k) => lambda(k) * w);
    const hessian = at.map((_, k) => at.map((__, j) => (k === j ? lambda(k) : 0)));
    for (const { i, v, y } of pairs) {
      const index = own(v);
      const values = [...x[i], 1, 1];
      const p = 1 / (1 + Math.exp(-values.reduce((sum, value, k) => sum + value * at[index[k]], 0)));
      index.forEach((a, k) => {
        gradient[a] += ((p - y) * values[k]) / pairs.length;
        index.forEach((b, j) => (hessian[a][b] += (p * (1 - p) * values[k] * values[j]) / pairs.length));
      });
    }
    const move = solveDense(hessian, gradient);
    at = at.map((w, k) => w - move[k]);
  }
  const mean = (c: number): number => rows.reduce((sum, r) => sum + thoughts.values[r * COLUMNS + c], 0) / rows.length;
  const means = Array.from({ length: COLUMNS }, (_, c) => mean(c));
  const scales = means.map((m, c) =>
    Math.sqrt(rows.reduce((sum, r) => sum + (thoughts.values[r * COLUMNS + c] - m) ** 2, 0) / rows.length),
  );
  return (r, v) =>
    means.reduce(
      (sum, m, c) => sum + ((thoughts.values[r * COLUMNS + c] - m) / scales[c]) * at[c * NODES + v],
      at[shared] + at[shared + 1 + v],
    );
}

describe('crossFitNodes', () => {
  it('has the minimum that Newton finds, for every node id', async () => {
    const fit = await crossFitNodes(options);
    expect(fit.fits.every(({ converged }) => converged)).toBe(true);
    const rows = [...fit.folds.keys()].filter((r) => fit.folds[r] !== 0);
    const reference = newtonPerNode(rows, 0.01);
    let compared = 0;
    fit.folds.forEach((fold, r) => {
      for (let v = 0; v < NODES; v++) {
        const score = fit.scores[r * NODES + v];
        expect(Number.isNaN(score)).toBe(labels[r * NODES + v] === -1);
        if (fold !== 0 || Number.isNaN(score)) continue;
        // A gradient of 1e-5 with a penalty of 0.01 / 6 leaves at most 6e-3 in the weights, and 1e-2 in a score.
        expect(Math.abs(score - reference(r, v))).toBeLessThan(1e-2);
        compared++;
      }
    });
    expect(compared).toBeGreaterThan(400);
  });

  it('of one node is the binary probe', async () => {
    const first = Int8Array.from({ length: ROWS }, (_, r) => Math.max(0, labels[r * NODES]));
    const single = await crossFitNodes({ ...options, labels: first, nodes: 1 });
    const binary = await crossFit(thoughts, first, groups, { classes: 2, seed: 1, penalties: [0.01] });
    single.scores.forEach((score, r) => expect(score).toBeCloseTo(binary.scores[r], 2));
  });

  it('bilinear finds labels that go through the embedding, with fewer rows than one probe per node', async () => {
    const few = [...groups.keys()].filter((r) => groups[r] < 40);
    const cut: CrossFitNodesOptions = {
      ...options,
      thoughts: { rows: few.length, columns: COLUMNS, values: thoughts.values.slice(0, few.length * COLUMNS) },
      labels: labels.slice(0, few.length * NODES),
      groups: groups.slice(0, few.length),
    };
    const bilinear = await crossFitNodes({ ...cut, variant: 'bilinear', embedding });
    const perNode = await crossFitNodes(cut);
    expect(pooled(bilinear.scores, cut.labels)).toBeGreaterThan(0.8);
    expect(pooled(bilinear.scores, cut.labels)).toBeGreaterThan(pooled(perNode.scores, cut.labels));
  });

  it('bilinear does not depend on the width or rotation of the embedding', async () => {
    const wide: NodeEmbedding = {
      nodes: NODES,
      columns: 8,
      // The same vectors, negated and swapped, in a space twice as wide, at three times the size.
      values: Float32Array.from({ length: NODES * 8 }, (_, i) =>
        i % 2 === 0 ? 0 : -3 * embedding.values[4 * Math.floor(i / 8) + (3 - Math.floor((i % 8) / 2))],
      ),
    };
    const first = await crossFitNodes({ ...options, variant: 'bilinear', embedding });
    const second = await crossFitNodes({ ...options, variant: 'bilinear', embedding: wide });
    first.scores.forEach((score, i) => {
      if (labels[i] >= 0) expect(second.scores[i]).toBeCloseTo(score, 2);
    });
  });

  it('is at chance where the graph alone decides', async () => {
    const sets = Array.from({ length: GRAPHS * NODES }, () => random.integer(2));
    const own = Int8Array.from(labels, (label, i) =>
      label < 0 ? -1 : sets[groups[Math.floor(i / NODES)] * NODES + (i % NODES)],
    );
    const fit = await crossFitNodes({ ...options, labels: own, penalties: [1, 0.1] });
    expect(Math.abs(pooled(fit.scores, own) - 0.5)).toBeLessThan(0.06);
  });

  it('stays finite for a node id whose labels are all alike', async () => {
    const own = labels.map((label, i) => (i % NODES === 0 && label >= 0 ? 1 : label));
    const fit = await crossFitNodes({ ...options, labels: own });
    expect(fit.fits.every(({ converged, intercepts }) => converged && intercepts.every((b) => Math.abs(b) < 20))).toBe(
      true,
    );
  });

  it('refuses labels and embeddings that cannot be', async () => {
    await expect(crossFitNodes({ ...options, labels: labels.slice(1) })).rejects.toThrow(
      '3599 for 600 rows of 6 nodes',
    );
    await expect(crossFitNodes({ ...options, labels: labels.map((x) => Math.min(x, 0)) })).rejects.toThrow(
      'a single class (0 ones',
    );
    await expect(crossFitNodes({ ...options, labels: labels.map((x) => 2 * x) })).rejects.toThrow(/has (2|-2)/);
    await expect(crossFitNodes({ ...options, variant: 'bilinear' })).rejects.toThrow('embedding: bilinear has none');
  });
});
