import { describe, expect, it } from 'vitest';
import { prepareThoughts, type ProbeData } from '../../src/probe/index.js';
import { createRandom } from '../../src/random.js';
import { useEngine } from '../../src/tensor/index.js';
import '../typescript-threads.js';

const ROWS = 24;
const NODES = 3;

/** Two thoughts of as many graphs as rows, and labels that they tell in part. */
function example(): { data: ProbeData; labels: Int8Array } {
  const random = createRandom('thought fits');
  const columns = 40;
  const designs = [1, 2].map(() => ({
    rows: ROWS,
    columns,
    values: Float32Array.from({ length: ROWS * columns }, () => random.normal()),
  }));
  const labels = Int8Array.from({ length: ROWS * NODES }, (_, i) =>
    Number(designs[0].values[Math.floor(i / NODES) * columns + (i % NODES)] + random.normal() > 0),
  );
  const data = {
    designs,
    graphs: Int32Array.from({ length: ROWS }, (_, row) => row),
    columns: new Map(Array.from({ length: NODES }, (_, node) => [node, node])),
  } as unknown as ProbeData;
  return { data, labels };
}

const options = { seed: 0, resamples: 100 };

describe('prepareThoughts', () => {
  it('fits to the same bytes in one thread, in two, and in this one on one core', { timeout: 300_000 }, async () => {
    // vitest.config.ts has one thread for all tests.
    expect((await useEngine('onnxruntime')).threads).toBe(1);
    const { data, labels } = example();
    const flipped = labels.map((label) => 1 - label);
    const fitted = [0, 1, 2].map(async (workers) => {
      const fits = prepareThoughts(data, options, { workers });
      try {
        return await Promise.all([fits.nodes(1, labels), fits.nodes(2, labels), fits.nodes(1, flipped)]);
      } finally {
        await fits.dispose();
      }
    });
    const [here, one, two] = await Promise.all(fitted);
    expect(one).toEqual(here);
    expect(two).toEqual(here);
    expect(new Set(here.map(({ scores }) => scores.join())).size).toBe(3);
  });

  it('refuses labels that tell nothing apart', async () => {
    const fits = prepareThoughts(example().data, options);
    await expect(fits.nodes(1, new Int8Array(ROWS * NODES))).rejects.toThrow('hold a single class (0 ones, 72 zeros)');
    await fits.dispose();
  });

  it('fails fits that have not ended when it is disposed of', async () => {
    const { data, labels } = example();
    const fits = prepareThoughts(data, options);
    const asked = [fits.nodes(1, labels), fits.nodes(2, labels)];
    const [ended] = await Promise.all([Promise.allSettled(asked), fits.dispose()]);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(fits.nodes(1, labels)).rejects.toThrow('was closed');
  });

  it('fails fits with the reason of the signal', async () => {
    const { data, labels } = example();
    const stop = new AbortController();
    const fits = prepareThoughts(data, options, { signal: stop.signal });
    const asked = [fits.nodes(1, labels), fits.nodes(2, labels)];
    stop.abort(new Error('enough'));
    for (const fit of asked) await expect(fit).rejects.toThrow('enough');
    await fits.dispose();
  });
});
