import { describe, expect, it } from 'vitest';
import { randomItems, type Item } from '../../src/dataset/index.js';
import { englishWording, gpt2Tokenizer } from '../../src/tokenizer/index.js';
import { parseTrainingConfig } from '../../src/training/index.js';
import { createRandom } from '../../src/random.js';
import type { HostBatch } from '../../src/training/batch.js';
import { Batches } from '../../src/training/batches.js';
import { METHODS } from '../../src/training/methods/index.js';
import { TINY, TINY_GRAPHS, TINY_PHASE } from './tiny-training.js';

const items = randomItems(createRandom('batches'), 7);
const ITEM_PHASE = { ...TINY_PHASE, graphs: undefined, batchQuestions: 1, batchGraphs: 2, steps: undefined, epochs: 3 };

function batches(
  changes: object,
  phase: object = ITEM_PHASE,
  seed: number | string = 1,
  data: object = { items },
  positions = 200,
): Batches {
  const config = parseTrainingConfig('test', { ...TINY, ids: 'item', ...changes, phases: [phase] });
  return new Batches(config, data, createRandom(seed), positions);
}

/** The prompts of a batch as text, without padding. */
function promptsOf({ inputs: { prompt, promptMask } }: HostBatch): string[] {
  const [rows, width] = prompt.shape;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: width }, (_, i) => row * width + i)
      .filter((i) => promptMask.data[i] === 0)
      .map((i) => prompt.data[i])
      .join(' '),
  );
}

/** The item that a prompt is about: ids are the item's own, so the set of its statements tells. */
function itemOf(prompt: string): Item {
  const statements = (text: string): string => text.replace(/^38 /, '').split(' 34 ').sort().join();
  const found = items.find(
    ({ edges }) =>
      edges
        .map((edge) => edge.join(' '))
        .sort()
        .join() === statements(prompt),
  );
  if (found === undefined) throw new Error(prompt);
  return found;
}

describe('Batches over items', () => {
  it('takes every item once in a pass, but for those that fill no step, in an order of its own', () => {
    const source = batches({}, { ...ITEM_PHASE, batchGraphs: 1, accumulate: 2 });
    const phase = parseTrainingConfig('test', { ...TINY, phases: [{ ...ITEM_PHASE, batchGraphs: 1, accumulate: 2 }] })
      .phases[0];
    expect([source.stepsPerEpoch(phase), source.stepsOf(phase)]).toEqual([3, 9]);
    const pass = (epoch: number): string[] =>
      [0, 1, 2].flatMap((step) =>
        [0, 1].flatMap((part) => promptsOf(source.draw(0, 3 * epoch + step, part)).map((prompt) => itemOf(prompt).id)),
      );
    const passes = [pass(0), pass(1), pass(2)];
    for (const ids of passes) expect(new Set(ids).size).toBe(6);
    expect(new Set(passes.map((ids) => ids.join())).size).toBe(3);
    // Asked for again, also out of order, a batch is the same.
    expect(pass(1)).toEqual(passes[1]);
    expect(pass(0)).toEqual(passes[0]);
  });

  it('repeats edge orders, as many as asked for, or never', () => {
    const orders = (edgeOrders: number | 'new'): Map<string, Set<string>> => {
      const source = batches({ edgeOrders });
      const seen = new Map<string, Set<string>>();
      for (let step = 0; step < 45; step++) {
        for (const prompt of promptsOf(source.draw(0, step, 0))) {
          const { id } = itemOf(prompt);
          seen.set(id, (seen.get(id) ?? new Set()).add(prompt));
        }
      }
      return seen;
    };
    for (const prompts of orders(1).values()) expect(prompts.size).toBe(1);
    const two = [...orders(2).values()].map(({ size }) => size);
    // About 13 draws for each item.
    expect(two).toEqual(new Array(7).fill(2));
    for (const prompts of orders('new').values()) expect(prompts.size).toBeGreaterThan(5);
  });

  it("gives nodes new numbers every time, unless they are to keep the item's", () => {
    const scattered = batches({ ids: 'random', edgeOrders: 1 });
    const texts = [0, 1, 2, 3].flatMap((step) => promptsOf(scattered.draw(0, step, 0)));
    expect(() => texts.map(itemOf)).toThrow();
    expect(new Set(texts).size).toBe(8);
  });

  it('depends on seed, phase, step and part alone', () => {
    const [one, same, other] = [batches({}), batches({}), batches({}, ITEM_PHASE, 2)];
    one.draw(0, 5, 0);
    expect(one.draw(0, 2, 0)).toEqual(same.draw(0, 2, 0));
    expect(other.draw(0, 2, 0)).not.toEqual(one.draw(0, 2, 0));
  });

  it('needs items with steps', () => {
    expect(() => batches({}, ITEM_PHASE, 1, {})).toThrow(
      'phase questions: draws no graphs and has no items; give items',
    );
    const without = [{ ...items[0], path: [] }];
    expect(() => batches({}, ITEM_PHASE, 1, { items: without })).toThrow(
      `item ${items[0].id}: has no steps to learn from; give items with steps`,
    );
  });

  it('speaks English where it is to', async () => {
    const english = englishWording(await gpt2Tokenizer());
    const config = parseTrainingConfig('test', { ...TINY, wording: 'english', phases: [ITEM_PHASE] });
    expect(() => new Batches(config, { items }, createRandom(1), 1024)).toThrow('no English wording given');
    const [prompt] = promptsOf(new Batches(config, { items, english }, createRandom(1), 1024).draw(0, 0, 0));
    const text = english.tokenizer.decode(prompt.split(' ').map(Number));
    expect(text).toMatch(/^(Every )?\w+ is a \w+\. .* Is \w+ a \w+ or \w+\?\n<\|start-latent\|>$/s);
  });
});

describe('Batches of drawn graphs', () => {
  it('shares a graph among its questions, at an offset that leaves room for all of them', () => {
    const phase = { ...TINY_PHASE, randomOffsets: true, batchGraphs: 8, batchQuestions: 3, uniformProb: 0.5 };
    const config = parseTrainingConfig('test', { ...TINY, phases: [phase] });
    const source = new Batches(config, {}, createRandom(1), 48);
    const starts = new Set<number>();
    for (let step = 0; step < 20; step++) {
      const { inputs, shape } = source.draw(0, step, 0);
      expect([inputs['prompt'].shape[0], inputs['suffix'].shape[0]]).toEqual([8, 24]);
      const width = 1 + shape.latents + shape.suffix;
      inputs['start'].data.forEach((start, row) => {
        starts.add(start);
        const labels = Array.from(inputs['labels'].data.subarray(row * width, (row + 1) * width));
        const suffix = labels.slice(1 + shape.latents);
        const said = suffix.reduce((most, label, i) => (label >= 0 ? i + 1 : most), 0);
        // Opening of five, latent positions, suffix: whatever has a label has a position.
        expect(start + 5 + inputs['counts'].data[row] + said).toBeLessThanOrEqual(48);
      });
    }
    expect(starts.size).toBeGreaterThan(15);
  });

  it.each([
    // Two steps: a label for each at the prompt's end and at the first thought, beside the answer's two tokens.
    ['coconut', 4],
    ['pause', 4],
    // Methods without a curriculum are never told a step.
    ['coconut-no-curriculum', 2],
    ['pause-no-curriculum', 2],
    ['no-thoughts', 2],
  ])('labels the thoughts of %s, where every thought is supervised: %i tokens a question', (method, tokens) => {
    const phase = { ...TINY_PHASE, stage: 2 };
    const thoughts = { stages: 2, supervised: true };
    expect(batches({ method, thoughts }, phase, 1, {}).draw(0, 0, 0).labelled).toBe(4 * tokens);
  });

  it.each(['no-thoughts', 'icot'])('is the same for %s, at its last stage, and for no CoT', (method) => {
    const phase = { ...TINY_PHASE, stage: 2, randomOffsets: true };
    const [curriculum, none] = [method, 'no-cot'].map((name) =>
      batches({ method: name, thoughts: { stages: 2, supervised: true } }, phase, 1, {}).draw(0, 3, 0),
    );
    expect(curriculum).toEqual(none);
  });

  it('asks the same of every method', () => {
    const phase = { ...TINY_PHASE, randomOffsets: true, uniformProb: 0.5 };
    const prompts = METHODS.map(({ name }) =>
      [0, 1, 2].flatMap((step) => promptsOf(batches({ method: name }, phase, 1, {}).draw(0, step, 0))),
    );
    expect(prompts).toEqual(METHODS.map(() => prompts[0]));
  });

  it('recalls edges of the graph where a phase is of recall', () => {
    const graphs = { ...TINY_GRAPHS, minDepth: 1, questions: 'one' };
    const phase = { ...TINY_PHASE, task: 'recall', graphs, batchGraphs: 2, batchQuestions: 3 };
    const { inputs, shape, labelled } = batches({ ids: 'random' }, phase, 1, {}).draw(0, 0, 0);
    expect([shape.latents, shape.suffix, labelled]).toEqual([0, 16, 6 * 8]);
    const [first] = promptsOf({ inputs } as HostBatch);
    const suffix = Array.from(inputs['suffix'].data.subarray(0, 2));
    expect(first).toContain(suffix.join(' '));
  });
});

describe('Batches over random graphs', () => {
  const phase = { ...TINY_PHASE, graphs: { nodes: 28 }, batchGraphs: 8, batchQuestions: 1 };

  it.each(METHODS.map(({ name }) => name))(
    'finds the item that is too long before any is drawn, and no other (%s)',
    (method) => {
      const phase = { ...ITEM_PHASE, uniformProb: 0.5, stage: 1, batchGraphs: 7, epochs: 60 };
      const own = (positions: number): Batches => batches({ method }, phase, 1, { items }, positions);
      const fits = (positions: number): boolean => {
        try {
          own(positions).requireRoom();
          return true;
        } catch (error) {
          expect((error as Error).message).toMatch(
            /^phase questions: item \d+ of \d+ tokens and thoughts does not fit \(the model has \d+ positions\); give/,
          );
          return false;
        }
      };
      const least = Array.from({ length: 200 }, (_, positions) => positions).find(fits) ?? NaN;
      const drawAll = (positions: number) => (): void => {
        for (let step = 0; step < 60; step++) own(positions).draw(0, step, 0);
      };
      expect(drawAll(least)).not.toThrow();
      expect(drawAll(least - 1)).toThrow(/does not fit/);
    },
  );

  it('draws graphs anew that are too large for the model, and leaves the others as they are', () => {
    const roomy = batches({}, phase, 1, {});
    // Statements of 28 nodes take about 110 tokens; of 64 graphs some take more than this.
    const narrow = batches({}, phase, 1, {}, 125);
    const drawn = (source: Batches): string[] =>
      Array.from({ length: 8 }, (_, step) => promptsOf(source.draw(0, step, 0))).flat();
    const [all, short] = [drawn(roomy), drawn(narrow)];
    const length = (prompt: string): number => prompt.split(' ').length;
    const tooLong = all.filter((prompt, i) => prompt !== short[i]);
    expect(tooLong.length).toBeGreaterThan(4);
    expect(tooLong.length).toBeLessThan(60);
    expect(Math.max(...short.map(length))).toBeLessThan(Math.min(...tooLong.map(length)));
  });
});
