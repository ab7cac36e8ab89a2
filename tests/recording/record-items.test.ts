import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { randomItems } from '../../src/dataset/index.js';
import { createCoconut } from '../../src/model/index.js';
import { createRecorder, openRecording, readThoughts, recordItems } from '../../src/recording/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { constructedBfs } from '../../src/model/constructed/index.js';
import { createRandom } from '../../src/random.js';
import { readNodes } from '../../src/recording/record-items.js';
import { scratchFolder, syntheticMetadata } from './synthetic.js';

/** Where one test may make a recording. */
function recordingFolder(): string {
  const { path, dispose } = scratchFolder();
  onTestFinished(dispose);
  return join(path, 'r');
}

describe('readNodes', () => {
  it('reads every node at its token, and counts a shared token once', () => {
    // Weights 1, 2, 6, 1 and, shifted by a constant that a softmax does not see, 4, 1, 2, 1.
    const rows = [[1, 2, 6, 1].map(Math.log), [4, 1, 2, 1].map((weight) => Math.log(weight) + 900)];
    const { nodeLogits, nodeProbabilities, offGraphMass } = readNodes(rows, Int32Array.of(2, 1, 2));
    expect([...nodeLogits]).toEqual([rows[0][2], rows[0][1], rows[0][2], rows[1][2], rows[1][1], rows[1][2]].map(Math.fround)); // prettier-ignore
    // Float32 of a sum of four weights: 1e-7 at most.
    [0.6, 0.2, 0.6, 0.25, 0.125, 0.25].forEach((p, i) => expect(nodeProbabilities[i]).toBeCloseTo(p, 6));
    [0.2, 0.625].forEach((p, i) => expect(offGraphMass[i]).toBeCloseTo(p, 6));
  });

  it('keeps a small mass outside the graph, and large logits', () => {
    // exp(-60) = 8.76e-27 would vanish in 1 - p.
    const { nodeProbabilities, offGraphMass } = readNodes([[1000, 940]], Int32Array.of(0));
    expect([...nodeProbabilities]).toEqual([1]);
    expect(offGraphMass[0] / Math.exp(-60)).toBeCloseTo(1, 6); // float32 rounding, 6e-8 relative
  });
});

describe('readThoughts and recordItems', () => {
  const items = randomItems(createRandom('record items'), 5);
  const model = createCoconut(constructedBfs());
  const metadata = syntheticMetadata(5, 2, model.config.nEmbd);
  const options = { thoughts: 2, batchSize: 2 };

  it('give each item its own rows of the batch', async () => {
    const together = await readThoughts(model, items, symbolicWording, 3);
    for (const [i, item] of items.entries()) {
      const [alone] = await readThoughts(model, [item], symbolicWording, 3);
      expect(together[i].item).toBe(item);
      expect([...together[i].nodeTokens]).toEqual([...item.names.keys()]);
      // Batched and alone differ by float32 rounding in the padded attention; the thoughts have norm 1.
      const largest = together[i].thoughts.reduce((most, x, j) => Math.max(most, Math.abs(x - alone.thoughts[j])), 0);
      expect(largest).toBeLessThan(1e-5);
      expect(together[i].nodeProbabilities).toHaveLength(3 * item.names.length);
    }
  });

  it('write all items in their order, in batches, and report every batch', async () => {
    const folder = recordingFolder();
    const progress: number[] = [];
    const onProgress = (done: number): number => progress.push(done);
    const recorder = await createRecorder(folder, metadata);
    expect(await recordItems(model, items, symbolicWording, recorder, { ...options, onProgress })).toBe(true);
    expect(progress).toEqual([0, 2, 4, 5]);
    const recording = await openRecording(folder);
    expect(recording.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  });

  it('stop between batches when told to, and can go on', async () => {
    const folder = recordingFolder();
    const stop = new AbortController();
    const first = await createRecorder(folder, metadata);
    const finished = await recordItems(model, items, symbolicWording, first, {
      ...options,
      signal: stop.signal,
      onProgress: (done) => {
        if (done === 2) stop.abort();
      },
    });
    expect([finished, first.completed]).toEqual([false, 2]);
    const second = await createRecorder(folder, metadata, { resume: true });
    expect(second.completed).toBe(2);
    expect(await recordItems(model, items, symbolicWording, second, options)).toBe(true);
    expect((await openRecording(folder)).items).toHaveLength(5);
  });

  it('keep what was written when an item fails', async () => {
    const folder = recordingFolder();
    const large = { ...items[3], names: Array.from({ length: 40 }, (_, i) => `n${i}`) };
    const spoilt = [...items.slice(0, 3), large, items[4]];
    const recorder = await createRecorder(folder, metadata);
    await expect(recordItems(model, spoilt, symbolicWording, recorder, options)).rejects.toThrow('has 40 nodes');
    const resumed = await createRecorder(folder, metadata, { resume: true });
    expect(resumed.completed).toBe(2);
    await resumed.abort();
  });
});
