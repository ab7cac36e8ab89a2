import { describe, expect, it } from 'vitest';
import { classCodelength, CODE_FRACTIONS, nodeCodelength } from '../../src/probe/index.js';
import { createRandom } from '../../src/random.js';
import { normalDesign } from './support.js';

const [GRAPHS, PER_GRAPH, COLUMNS] = [1000, 3, 20];
const ROWS = GRAPHS * PER_GRAPH;
const design = normalDesign(ROWS, COLUMNS, 2);
const groups = Int32Array.from({ length: ROWS }, (_, r) => Math.floor(r / PER_GRAPH));
const random = createRandom(6).fork('labels');

describe('online code', () => {
  it('compresses random labels to about 1, of two classes and of three', async () => {
    for (const classes of [2, 3]) {
      const labels = Int32Array.from({ length: ROWS }, () => random.integer(classes));
      const { compression, uniformBits, unconverged } = await classCodelength(design, labels, groups, classes, {
        seed: 1,
      });
      expect(uniformBits).toBeCloseTo(ROWS * Math.log2(classes), 8);
      expect(compression).toBeGreaterThan(0.95);
      expect(compression).toBeLessThanOrEqual(1.02);
      expect(unconverged).toBe(0);
    }
  });

  it('compresses linear labels well', async () => {
    const labels = Int32Array.from({ length: ROWS }, (_, r) => Number(design.values[COLUMNS * r] > 0));
    const { compression, bits, blocks } = await classCodelength(design, labels, groups, 2, { seed: 1 });
    expect(compression).toBeGreaterThan(4);
    expect(blocks.reduce((sum, block) => sum + block.bits, 0)).toBeCloseTo(bits, 8);
    expect(blocks.map((block) => block.graphs)).toEqual([1, 1, 2, 4, 8, 16, 31, 62, 125, 250, 500]);
    expect(blocks).toHaveLength(CODE_FRACTIONS.length);
    // The first block by the uniform code: a bit for each of its rows.
    expect(blocks[0]).toEqual({ graphs: 1, labels: 3, bits: 3, penalty: null });
  });

  it('pays the base rate alone for labels that only their rate can tell', async () => {
    const labels = Int32Array.from({ length: ROWS }, () => Number(random.uniform() < 0.1));
    const { bits } = await classCodelength(design, labels, groups, 2, { seed: 1 });
    const entropy = -(0.1 * Math.log2(0.1) + 0.9 * Math.log2(0.9));
    expect(bits / (ROWS * entropy)).toBeGreaterThan(0.95);
    expect(bits / (ROWS * entropy)).toBeLessThan(1.1);
  });

  it('codes node sets, absent nodes left out', async () => {
    const labels = Int8Array.from({ length: ROWS * 4 }, (_, i) =>
      i % 7 === 0 ? -1 : Number(design.values[COLUMNS * Math.floor(i / 4) + (i % 4)] > 0),
    );
    const present = labels.filter((label) => label >= 0).length;
    const task = { nodes: 4, variant: 'perNode', seed: 1 } as const;
    const linear = await nodeCodelength(design, labels, groups, task);
    expect(linear.uniformBits).toBe(present);
    expect(linear.compression).toBeGreaterThan(3);
    const control = labels.map((label) => (label < 0 ? -1 : random.integer(2)));
    const { compression } = await nodeCodelength(design, control, groups, task);
    expect(compression).toBeGreaterThan(0.95);
    expect(compression).toBeLessThanOrEqual(1.02);
  });

  it('refuses fractions that do not rise to 1, and a single graph', async () => {
    const labels = Int32Array.from(groups, (g) => g % 2);
    await expect(classCodelength(design, labels, groups, 2, { seed: 1, fractions: [0.5] })).rejects.toThrow(
      'do not rise to 1',
    );
    await expect(
      classCodelength(
        design,
        labels,
        groups.map(() => 0),
        2,
        { seed: 1 },
      ),
    ).rejects.toThrow('a single graph (1)');
  });
});
