import { describe, expect, it } from 'vitest';
import {
  gatherProbeData,
  runMatrix,
  type CrossFit,
  type NodeProbe,
  type ProbeData,
  type ProbeMatrix,
  type ThoughtFits,
} from '../../src/probe/index.js';
import type { ThoughtRecord } from '../../src/recording/index.js';
import { diamond } from './diamond.js';

const N = diamond.names.length;
const DEPTHS = [0, 1, 1, 2, -1, -1];

/** A probe that gives each node its own coordinate of the thought: nothing is fitted, so that AUCs can be counted. */
function readOff(data: ProbeData): ThoughtFits {
  const nodes = (thought: number): Promise<CrossFit> =>
    Promise.resolve({
      scores: Float64Array.from(data.designs[thought - 1].values),
      outputs: N,
      folds: new Int32Array(data.items.length),
      fits: [],
      inner: { fits: 0, unconverged: 0 },
    } as unknown as CrossFit);
  return { nodes, dispose: () => Promise.resolve() };
}

/** The matrix of three thoughts. @param items of each item the thoughts [3][node]; all ask about the diamond */
async function matrixOf(
  label: NodeProbe['label'],
  items: readonly (readonly (readonly number[])[])[],
): Promise<ProbeMatrix> {
  const records = items.map((thoughts): ThoughtRecord => ({
    item: diamond,
    count: 3,
    thoughts: Float32Array.from(thoughts.flat()),
    nodeTokens: Int32Array.from(DEPTHS, (_, node) => node),
    nodeLogits: new Float32Array(3 * N),
    nodeProbabilities: new Float32Array(3 * N),
    offGraphMass: new Float32Array(3),
  }));
  const data = await gatherProbeData(records, { seed: 1, ids: 'token' });
  const probe: NodeProbe = {
    name: 'expanded',
    question: '?',
    kind: 'node',
    label,
    // Of two nodes that no thought tells apart: .5 everywhere.
    control: (_, node) => (node >= 4 ? node === 4 : undefined),
    controlWords: 'a constant',
  };
  return runMatrix(probe, data, readOff(data), { seed: 1, resamples: 10 });
}

/** The k-th thought has 1 at the nodes of depth k - 1. */
const advancing = [0, 1, 2].map((depth) => DEPTHS.map((own) => Number(own === depth)));

/** At step 1 of no node. */
const expanded: NodeProbe['label'] = ({ depth, step }, node) => (node === 0 ? undefined : depth[node] === step - 1);

describe('the diagonal of runMatrix', () => {
  it('compares step d with thought d where the first step has no labels', async () => {
    const matrix = await matrixOf(expanded, [advancing]);
    expect(matrix.cells.map(({ thought, step }) => [thought, step])).toEqual([
      [1, 2],
      [1, 3],
      [2, 2],
      [2, 3],
      [3, 2],
      [3, 3],
    ]);
    // Thought 2: step 2 right, AUC 1; step 3: node 3 scores 0 against 1, 1, 0, 0: 1/4.
    // Thought 3: step 2: nodes 1 and 2 score 0 against 1, 0, 0: 1/3; step 3 right. Less .5 each.
    expect(matrix.diagonality.estimate.value).toBeCloseTo(1 - (1 / 4 + 1 / 3) / 2, 12);
  });

  it('does so where a step between has none', async () => {
    const matrix = await matrixOf(
      ({ depth, step }, node) => (step === 2 ? undefined : depth[node] === step - 1),
      [advancing],
    );
    // Thought 1 has the root alone at 1: step 3's node scores 0 against 1 and four times 0: 2/5. Thought 3 likewise.
    expect(matrix.diagonality.estimate.value).toBeCloseTo(1 - 2 / 5, 12);
  });

  it('averages the items of a graph, each by itself', async () => {
    const blank = advancing.map((own) => own.map(() => 10));
    const { cells, diagonality } = await matrixOf(expanded, [advancing, blank]);
    // The second item has .5 everywhere and no diagonal, whatever its scores are beside the first's.
    const own = [0.5, 0.5, 1, 1 / 4, 1 / 3, 1];
    cells.forEach(({ score, selectivity }, i) => {
      expect(score).toMatchObject({ n: 2, clusters: 1 });
      expect(score.value).toBeCloseTo((own[i] + 0.5) / 2, 12);
      expect(selectivity.value).toBeCloseTo((own[i] - 0.5) / 2, 12);
    });
    expect(diagonality.estimate.value).toBeCloseTo((1 - (1 / 4 + 1 / 3) / 2) / 2, 12);
    expect(diagonality.estimate.n).toBe(1);
  });
});
