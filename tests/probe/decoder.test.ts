import { beforeAll, describe, expect, it } from 'vitest';
import {
  fitLinearDecoder,
  headAgreement,
  measureDecoder,
  randomDictionary,
  trainSparseAutoencoder,
  type Design,
  type SparseAutoencoder,
} from '../../src/probe/index.js';
import { unitRows } from '../../src/probe/decoder/random-dictionary.js';
import { topK } from '../../src/probe/decoder/decoder.js';
import { createRandom } from '../../src/random.js';

const [ROWS, COLUMNS, NODES, ACTIVE] = [1500, 24, 16, 3];
const random = createRandom(12).fork('thoughts');
const embedding = { nodes: NODES, columns: COLUMNS, values: unitRows(NODES, COLUMNS, 5, 'embedding') };

/** Thoughts that are sums of the embeddings of three nodes each, off centre, with some noise. */
const labels = new Int8Array(ROWS * NODES);
const thoughts: Design = (() => {
  const values = Float32Array.from(
    { length: ROWS * COLUMNS },
    (_, i) => 4 + (i % COLUMNS) / 8 + 0.02 * random.normal(),
  );
  for (let r = 0; r < ROWS; r++)
    for (const v of random.shuffle([...Array(NODES).keys()]).slice(0, ACTIVE)) {
      labels[r * NODES + v] = 1;
      const amount = 2 + random.uniform();
      for (let c = 0; c < COLUMNS; c++) values[r * COLUMNS + c] += amount * embedding.values[v * COLUMNS + c];
    }
  return { rows: ROWS, columns: COLUMNS, values };
})();
const training = Int32Array.from({ length: 1200 }, (_, r) => r);
const held = Int32Array.from({ length: 300 }, (_, r) => 1200 + r);
const shape = { features: NODES, active: ACTIVE, seed: 1, rows: training };

describe('fitLinearDecoder', () => {
  it('finds the plane that thoughts lie in', () => {
    // Points (t, 2t + 1, 5): one component, along (1, 2, 0).
    const plane = { rows: 4, columns: 3, values: Float32Array.of(0, 1, 5, 1, 3, 5, 2, 5, 5, -3, -5, 5) };
    const decoder = fitLinearDecoder(plane, 1);
    const [a, b, c] = decoder.directions;
    expect([a, b, c].map((x) => x * Math.sqrt(5))).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(2, 6),
      expect.closeTo(0, 6),
    ]);
    expect([...decoder.reconstruct(Float32Array.of(4, 9, 5))]).toEqual([expect.closeTo(4, 5), expect.closeTo(9, 5), 5]);
    // Beside the plane: the foot of the perpendicular.
    expect([...decoder.reconstruct(Float32Array.of(4 + 2, 9 - 1, 7))]).toEqual([
      expect.closeTo(4, 5),
      expect.closeTo(9, 5),
      5,
    ]);
  });

  it('explains more with more components, and all with all', () => {
    const explained = [1, 4, 16, COLUMNS].map(
      (components) =>
        measureDecoder(fitLinearDecoder(thoughts, components, training), thoughts, held).varianceExplained,
    );
    explained.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(explained[i]));
    expect(explained[2]).toBeGreaterThan(0.99);
    expect(explained[3]).toBeCloseTo(1, 8);
  });

  it('refuses more components than columns', () => {
    expect(() => fitLinearDecoder(thoughts, COLUMNS + 1)).toThrow('components: more than columns (25 of 24)');
  });
});

describe('topK', () => {
  it('keeps the largest positive values, the first of equal ones', () => {
    expect([...topK(Float32Array.of(1, 3, -5, 3, 2), 2)]).toEqual([0, 3, 0, 3, 0]);
    expect([...topK(Float32Array.of(2, 2, 2), 1)]).toEqual([2, 0, 0]);
    expect([...topK(Float32Array.of(-1, 1), 2)]).toEqual([0, 1]);
  });
});

describe('trainSparseAutoencoder', () => {
  let trained: SparseAutoencoder;
  beforeAll(async () => {
    trained = await trainSparseAutoencoder(thoughts, shape);
  });

  it('reconstructs held-out thoughts from few features, far better than random directions or as few components', () => {
    const own = measureDecoder(trained, thoughts, held);
    const control = measureDecoder(randomDictionary(thoughts, shape), thoughts, held);
    const linear = measureDecoder(fitLinearDecoder(thoughts, ACTIVE, training), thoughts, held);
    expect(own.varianceExplained).toBeGreaterThan(0.8);
    expect(control.varianceExplained).toBeGreaterThan(0);
    expect(control.varianceExplained).toBeLessThan(own.varianceExplained - 0.3);
    expect(linear.varianceExplained).toBeLessThan(own.varianceExplained - 0.2);
    expect(own.active).toBeLessThanOrEqual(ACTIVE);
    expect(own.thoughts).toBe(300);
  });

  it('has directions of length 1 and a falling loss', () => {
    for (let f = 0; f < shape.features; f++)
      expect(Math.hypot(...trained.directions.subarray(f * COLUMNS, (f + 1) * COLUMNS))).toBeCloseTo(1, 5);
    expect(trained.losses).toHaveLength(60);
    expect(trained.losses[59]).toBeLessThan(0.5 * trained.losses[0]);
    // The loss is the share of variance not explained: what training ended with is what the decoder leaves.
    const { varianceExplained } = measureDecoder(trained, thoughts, training);
    expect(trained.losses[59]).toBeCloseTo(1 - varianceExplained, 2);
  });

  it('has features that the head names and that detect their node, more than random directions', () => {
    const own = headAgreement(trained, thoughts, held, embedding, labels);
    const control = headAgreement(randomDictionary(thoughts, shape), thoughts, held, embedding, labels);
    expect(own.meanAuc).toBeGreaterThan(0.85);
    expect(own.meanAuc).toBeGreaterThan(control.meanAuc + 0.1);
    expect(own.detectors).toBeGreaterThan(control.detectors);
    expect(own.nodes).toBeGreaterThan(10);
    expect(control.readings.length).toBeGreaterThan(10);
  });

  it('gives the same numbers for the same seed', async () => {
    const short = { ...shape, epochs: 2 };
    const [first, second] = [
      await trainSparseAutoencoder(thoughts, short),
      await trainSparseAutoencoder(thoughts, short),
    ];
    expect(second.directions).toEqual(first.directions);
    expect(second.losses).toEqual(first.losses);
  });

  it('refuses more active features than there are, and thoughts that are all alike', async () => {
    await expect(trainSparseAutoencoder(thoughts, { ...shape, active: 17 })).rejects.toThrow(
      'active: not in 1 to 16 (17)',
    );
    const alike = { rows: 3, columns: 2, values: new Float32Array(6).fill(2) };
    await expect(trainSparseAutoencoder(alike, { features: 2, active: 1, seed: 1 })).rejects.toThrow('are all alike');
  });
});

describe('measures of a decoder', () => {
  const unit = {
    columns: 2,
    features: 3,
    directions: Float32Array.of(1, 0, 0, 1, -1, 0),
    encode: (t: Float32Array) => Float32Array.of(Math.max(0, t[0]), 0, Math.max(0, -t[0])),
    reconstruct: (t: Float32Array) => Float32Array.of(t[0], 0),
  };
  const four = { rows: 4, columns: 2, values: Float32Array.of(1, 1, 2, -1, 3, 1, 0, -1) };
  const all = Int32Array.of(0, 1, 2, 3);

  it('are computed by hand', () => {
    // Error 4 of a variance of 5 + 4; three thoughts with a feature, and only feature 0 ever.
    expect(measureDecoder(unit, four, all)).toEqual({
      thoughts: 4,
      varianceExplained: expect.closeTo(5 / 9, 12) as number,
      active: 0.75,
      dead: 2,
    });
  });

  it('read features by the head', () => {
    const nodes = { nodes: 3, columns: 2, values: Float32Array.of(0, 1, 0.5, 0, 2, 0) };
    // Node 2 is named, 1.5 ahead of node 1; activations 1, 2, 3 of the rows that have it, ones at 1 and 3.
    const own = Int8Array.of(0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, -1);
    expect(headAgreement(unit, four, all, nodes, own)).toEqual({
      readings: [{ feature: 0, node: 2, margin: 1.5, frequency: 0.75, auc: 0.5 }],
      meanAuc: 0.5,
      detectors: 0,
      nodes: 1,
    });
  });
});
