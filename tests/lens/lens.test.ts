import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permuteIds, randomItems, rootTwin, type Item } from '../../src/dataset/index.js';
import { InterruptedError } from '../../src/errors.js';
import { open, type Lens } from '../../src/lens/index.js';
import { readThoughts } from '../../src/recording/index.js';
import { READOUTS } from '../../src/readout/readouts.js';
import { ops, useEngine } from '../../src/tensor/index.js';
import { createRandom } from '../../src/random.js';

const random = createRandom('lens tests');
const items = randomItems(random, 20, { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 }).map((item) =>
  permuteIds(random.fork(`numbers of ${item.id}`), item),
);
const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-lens-'));
let lens: Lens;

beforeAll(async () => {
  lens = await open('fixtures/models/prosqa-small-coconut');
});

afterAll(() => {
  lens.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('open', () => {
  it('reads from config.json how the model is asked', () => {
    expect(lens).toMatchObject({ folder: 'fixtures/models/prosqa-small-coconut', thoughts: 4, method: 'coconut' });
    expect(lens.wording.answering.kind).toBe('token');
    expect(lens.warnings).toEqual([]);
  });

  it('says what a user should know, of a pause model that its thoughts are not read', async () => {
    const notes: string[] = [];
    const pause = await open('fixtures/models/prosqa-small-pause', { onNote: (line) => notes.push(line) });
    expect(notes[0]).toMatch(/^engine: /);
    expect(notes[1]).toContain('reads a learned token');
    expect(pause.warnings).toHaveLength(1);
    pause.dispose();
  });

  it('refuses a folder without a model', async () => {
    await expect(open(join(folder, 'nowhere'))).rejects.toThrow('nowhere');
  });
});

describe('runWithTrace and runWithHooks', () => {
  const RESID = 'pass.0.blocks.1.hook_resid_post';

  it('join batches to what one batch leaves', async () => {
    const one = await lens.runWithTrace(items, { activations: [RESID, /pattern/], batchSize: items.length });
    const many = await lens.runWithTrace(items, { activations: [RESID, /pattern/], batchSize: 3 });
    expect(many.padding).toEqual(one.padding);
    expect(many.passes).toEqual(one.passes);
    expect([...many.activations.keys()]).toEqual([...one.activations.keys()]);
    for (const [name, { shape, data, axes }] of one.activations) {
      const own = many.activations.get(name);
      expect(own?.shape, name).toEqual(shape);
      const positions = axes.findIndex((axis) => axis === 'position' || axis === 'query');
      expect(distance(name, own?.data ?? [], data, shape, one.padding, positions), name).toBeLessThan(1e-4);
    }
    expect(Math.max(...Array.from(one.thoughts.data, (x, i) => Math.abs(x - many.thoughts.data[i])))).toBeLessThan(
      1e-4,
    );
  });

  it('give hooks their batch, so that they can differ by item', async () => {
    const seen: number[] = [];
    const zero = await lens.runWithHooks(items.slice(0, 5), {
      batchSize: 2,
      hooks: (batch, from) => {
        seen.push(from, batch.length);
        return [['thoughts.2', (thought) => (from === 2 ? ops.mul(thought, 0) : undefined)]];
      },
    });
    expect(seen).toEqual([0, 2, 2, 2, 4, 1]);
    const { data, shape } = zero.thoughts;
    const isZero = [0, 1, 2, 3, 4].map((row) =>
      data.subarray((row * shape[1] + 1) * shape[2], (row * shape[1] + 2) * shape[2]).every((x) => x === 0),
    );
    expect(isZero).toEqual([false, false, true, true, false]);
  });

  it('stop where they are told to', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(lens.runWithTrace(items, { signal: stop.signal })).rejects.toThrow(InterruptedError);
  });
});

describe('record', () => {
  it('gives the same records in memory and from a folder', async () => {
    const inMemory = await lens.record(items, { batchSize: 8 });
    const onDisk = await lens.record(items, join(folder, 'rec'), { batchSize: 8 });
    const expected = await readThoughts(lens.model, items.slice(0, 8), lens.wording, 4);
    const stored = [];
    for await (const record of onDisk.records()) stored.push(record);
    const kept = [...inMemory.records()];
    expect(kept.slice(0, 8)).toEqual(expected);
    expect(stored.map(({ nodeLogits }) => [...nodeLogits])).toEqual(kept.map(({ nodeLogits }) => [...nodeLogits]));
    expect(inMemory.items).toEqual(items);
    expect(inMemory.metadata).toEqual(onDisk.metadata);
    expect(inMemory.metadata).toMatchObject({ command: 'a program', items: { path: 'items in memory', count: 20 } });
    expect(() => inMemory.records('sequence')).toThrow('holds no values of the scorer sequence');
  });
});

describe('evaluate and compare', () => {
  it('count right answers by number of thoughts', async () => {
    const progress: number[] = [];
    const { result, text, accuracies } = await lens.evaluate(items, {
      thoughts: [0, 4],
      batchSize: 8,
      onProgress: (completed) => progress.push(completed),
    });
    expect(progress).toEqual([0, 8, 16, 20]);
    expect(accuracies.map(({ thoughts }) => thoughts)).toEqual([0, 4]);
    expect(result.results[1]).toMatchObject({ thoughts: 4, candidates: { value: 0.95, n: 20 } });
    expect(text).toContain('Accuracy of fixtures/models/prosqa-small-coconut on 20 items (20 graphs)');
  });

  it('test every model against the first', async () => {
    const pause = await open('fixtures/models/prosqa-small-pause');
    const { result, text } = await lens.compare([pause], items);
    pause.dispose();
    expect(result).toHaveLength(2);
    expect(result[0]).toMatchObject({ accuracy: { value: 0.95 }, againstFirst: undefined });
    expect(result[1].accuracy.value).toBeLessThan(0.9);
    // 4 items are right by the first alone, 1 by the second: 2 P(B(5, 1/2) <= 1) = .375.
    expect(result[1].againstFirst).toEqual({ onlyFirst: 4, onlySecond: 1, p: 0.375 });
    expect(text).toContain('prosqa-small-pause');
  });
});

describe('ablate', () => {
  it('loses the answers with the thoughts, and no matter how items are batched', async () => {
    const { result, text } = await lens.ablate(items, {
      with: ['none', 'mean', 'zero', 'resample', 'noThoughts'],
      batchSize: 20,
    });
    expect(result.unablated.accuracy.value).toBe(0.95);
    const by = new Map(result.ablations.map((effect) => [effect.name, effect]));
    expect(by.get('none')?.logitDifferenceDrop.value).toBe(0);
    for (const name of ['mean', 'zero', 'resample', 'noThoughts']) {
      expect(by.get(name)?.accuracy.value, name).toBeLessThan(0.85);
      expect(by.get(name)?.accuracyDrop.value, name).toBeCloseTo(0.95 - (by.get(name)?.accuracy.value ?? 0), 12);
    }
    expect(text).toContain('own thoughts');
    const small = await lens.ablate(items, { with: ['mean', 'resample'], batchSize: 7 });
    for (const { name, accuracy, logitDifference } of small.result.ablations) {
      expect(accuracy.value).toBe(by.get(name)?.accuracy.value);
      expect(logitDifference.value).toBeCloseTo(by.get(name)?.logitDifference.value ?? NaN, 3);
    }
  });

  it('says what cannot be done, and refuses names that are none', async () => {
    const { result } = await lens.ablate(items.slice(0, 2), { with: 'noMarkers' });
    expect(result.ablations).toEqual([]);
    expect(result.inapplicable).toEqual([
      { name: 'noMarkers', reason: 'the wording has no markers to leave out: the prompt ends with the question' },
    ]);
    await expect(lens.ablate(items, { with: 'average' })).rejects.toThrow(
      'ablation: is unknown (average); name one of none,',
    );
  });
});

describe('patch', () => {
  it('turns answers with a twin’s thoughts, and changes nothing with the item’s own', async () => {
    const pairs = items.flatMap((item): [Item, Item][] => {
      const twin = rootTwin(createRandom(item.id), item);
      return twin === undefined ? [] : [[item, twin]];
    });
    const asked = pairs.map(([item]) => item);
    const twins = pairs.map(([, twin]) => twin);
    const { result, text } = await lens.patch(asked, { from: twins });
    expect(result.before.accuracy.value).toBe(0.95);
    expect(result.flipped.value).toBeGreaterThan(0.3);
    expect(result.logitDifferenceDrop.value).toBeGreaterThan(2);
    expect(text).toContain('patched at 1, 2, 3, 4');
    const own = await lens.patch(asked, { from: asked, steps: [2] });
    expect(own.result.logitDifferenceDrop.value).toBe(0);
    expect(own.result.flipped.value).toBe(0);
    expect(own.result.answers.every(({ before, after }) => before.target === after.target)).toBe(true);
    await expect(lens.patch(asked, { from: twins.slice(1) })).rejects.toThrow('from: is not one donor for each item');
  });
});

describe('readout', () => {
  it('of a recording means what the same call on its items does, or is refused', async () => {
    const recording = await lens.record(items, { thoughts: 2 });
    const depthsOf = async (options: object): Promise<number> =>
      (await lens.readout('logit-lens', recording, options)).result.perThought.length;
    expect([await depthsOf({}), await depthsOf({ thoughts: undefined })]).toEqual([2, 2]);
    const frontier = (options: object): Promise<unknown> => lens.readout('frontier', recording, options);
    await expect(frontier({ thoughts: 4 })).rejects.toThrow(
      '--thoughts: the recording has another number of them (4; 2)',
    );
    await expect(frontier({ layer: 1 })).rejects.toThrow('--layer: means nothing to frontier (1)');
    await expect(frontier({ signal: AbortSignal.abort() })).rejects.toThrow(InterruptedError);
    const progress: number[] = [];
    await frontier({ onProgress: (completed: number) => progress.push(completed) });
    expect(progress.at(-1)).toBe(items.length);
  });

  it('takes a readout that is in no list', async () => {
    const { readout } = await READOUTS.height();
    const [listed, own] = [await lens.readout('height', items), await lens.readout({ ...readout }, items)];
    expect(own.result).toEqual(listed.result);
  });
});

describe('what a program may get wrong is refused before anything is computed', () => {
  const [item] = items;
  const calls: readonly [string, (some: readonly Item[], options: object) => Promise<unknown>][] = [
    ['runWithTrace', (some, options) => lens.runWithTrace(some, options)],
    ['record', (some, options) => lens.record(some, options)],
    ['evaluate', (some, options) => lens.evaluate(some, options)],
    ['answers', (some, options) => lens.answers(some, options)],
    ['ablate', (some, options) => lens.ablate(some, options)],
    ['patch', (some, options) => lens.patch(some, { from: some, ...options })],
    ['readout', (some, options) => lens.readout('height', some, options)],
    ['claim', (some, options) => lens.claim(some, options)],
  ];

  it.each(calls)('%s: items and batches', async (_, call) => {
    await expect(call([], {})).rejects.toThrow('items in memory: has no items (0); give at least one');
    for (const [broken, message] of [
      [{ ...item, edges: [[0, 77]] }, /^items in memory item 1: names a node that is not there \(77 of \d+\)/],
      [{ ...item, names: [] }, /^items in memory item 1: names a node that is not there/],
      [{ ...item, target: item.decoy }, /^items in memory item 1: asks for other nodes than target and decoy/],
      [{ id: '1' }, /^items in memory item 1: is no item \(names: /],
    ] as const)
      await expect(call([item, broken as unknown as Item], {})).rejects.toThrow(message);
    for (const batchSize of [0, NaN, 1.5, -1, Infinity])
      await expect(call([item], { batchSize })).rejects.toThrow(
        `batchSize: expected a whole number of at least 1 (${batchSize})`,
      );
  });

  it.each(calls.slice(4))('%s: seeds', async (_, call) => {
    for (const seed of [NaN, 1.5, -1]) await expect(call([item], { seed })).rejects.toThrow(`at least 0 (${seed})`);
  });

  // A verdict has intervals in closed form.
  it.each(calls.slice(4, 7))('%s: resamples', async (_, call) => {
    await expect(call([item], { resamples: 99 })).rejects.toThrow(
      'resamples: expected a whole number of at least 100 (99)',
    );
  });

  it('lists that name nothing, or something twice', async () => {
    await expect(lens.ablate(items, { with: [] })).rejects.toThrow('with: names no ablation');
    await expect(lens.patch(items, { from: items, steps: [] })).rejects.toThrow('steps: name no thought');
    await expect(lens.claim(items, { tests: [] })).rejects.toThrow('tests: name no prediction');
    const { result } = await lens.ablate(items, { with: ['zero', 'zero'] });
    expect(result.ablations).toHaveLength(1);
    expect(result.ablations[0].accuracy.n).toBe(items.length);
    const { accuracies } = await lens.evaluate(items, { thoughts: [4, 0, 4] });
    expect(accuracies.map(({ thoughts }) => thoughts)).toEqual([0, 4]);
  });

  it('a control that cannot be compared', async () => {
    const progress: number[] = [];
    const control = Object.create(lens, { folder: { value: 'a control' }, thoughts: { value: 0 } }) as Lens;
    await expect(
      lens.claim(items, { controls: [control], onProgress: (completed) => progress.push(completed) }),
    ).rejects.toThrow('a control: has no continuous thoughts');
    expect(progress).toEqual([]);
  });
});

describe('the engine', () => {
  it('stays what a lens was opened on', async () => {
    expect(lens.engine.name).toBe('onnxruntime');
    const other = open('fixtures/models/prosqa-small-coconut', { engine: 'cpu' });
    await expect(other).rejects.toThrow(
      'engine cpu: there is one engine at a time, and fixtures/models/prosqa-small-coconut runs on onnxruntime; dispose of that first',
    );
    await expect(useEngine('cpu')).rejects.toThrow('there is one engine at a time');
    await expect(open('fixtures/models/none', { engine: 'onnx' as 'cpu' })).rejects.toThrow(
      'engine: unknown engine (onnx); use one of onnxruntime',
    );
    const same = await open('fixtures/models/prosqa-small-coconut');
    expect(same.engine.name).toBe('onnxruntime');
    same.dispose();
  });
});

/** The largest difference outside padding, which attends to padding only: how much of it there is depends on the batch. */
function distance(
  name: string,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  shape: readonly number[],
  padding: readonly number[],
  axis: number,
): number {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((x, y) => x * y, 1));
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const row = Math.floor(i / strides[0]);
    const position = Math.floor(i / strides[axis]) % shape[axis];
    if (name.startsWith('pass.0.') && position < padding[row]) continue;
    largest = Math.max(largest, Math.abs(a[i] - b[i]));
  }
  return largest;
}
