import { describe, expect, it } from 'vitest';
import { itemGraph } from '../../../src/dataset/index.js';
import { observeInterpolation, readInterpolation, type InterpolationObservation } from '../../../src/readout/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import {
  blindWalk,
  guessedEnding,
  PROCESS_CLASSES,
  processClass,
} from '../../../src/readout/interpolation/process-class.js';
import { fixtureModel, smallItems } from '../fixture-models.js';
import { itemOf } from '../records.js';

/**
 *     0 -> 1 -> 3 -> 4 (target)      6 -> 7 (decoy)
 *     0 -> 2 -> 5 -> 3               2 -> 8
 */
const item = itemOf(
  9,
  [[0, 1], [0, 2], [1, 3], [2, 5], [5, 3], [3, 4], [6, 7], [2, 8]],
  { target: 4, decoy: 7 },
); // prettier-ignore
const graph = itemGraph(item);
const classOf = (path: (number | null)[], answer: number | null = 4, deepest?: number): string =>
  processClass(graph, item, { path, answer }, deepest);

describe('processClass', () => {
  it.each([
    ['the whole path', [0, 1, 3, 4], 'correctPath'],
    ['the path without its root', [1, 3, 4], 'correctPath'],
    ['its last node alone', [4], 'correctPath'],
    ['the end of the path, which either way leads to', [3, 4], 'correctPath'],
    ['a detour', [0, 2, 5, 3, 4], 'longerPath'],
    ['the rest of a detour', [5, 3, 4], 'longerPath'],
    ['a valid path that stops short', [1, 3], 'wrongTarget'],
    ['a valid path elsewhere', [2, 8], 'wrongTarget'],
    ['an edge that is not there', [1, 5, 3, 4], 'hallucination'],
    ['an edge against its direction', [3, 1, 3, 4], 'hallucination'],
    ['a node said twice', [3, 3, 4], 'hallucination'],
    ['an unknown node', [1, null, 4], 'hallucination'],
    ['a valid path out of the root’s reach', [6, 7], 'hallucination'],
  ])('calls %s so', (_, path, name) => {
    expect(classOf(path)).toBe(name);
    // The answer does not matter where a path is said.
    expect(classOf(path, 7)).toBe(name);
  });

  it('looks at the answer where no path is said', () => {
    expect(classOf([], 4)).toBe('correctLabel');
    expect(classOf([], 7)).toBe('incorrectLabel');
    expect(classOf([], null)).toBe('incorrectLabel');
  });

  it('lets no step be left out where no thought can stand for it', () => {
    expect(classOf([1, 3, 4], 4, 1)).toBe('correctPath');
    expect(classOf([3, 4], 4, 1)).toBe('hallucination');
    expect(classOf([1, 3, 4], 4, 0)).toBe('hallucination');
    expect(classOf([0, 1, 3, 4], 4, 0)).toBe('correctPath');
  });
});

describe('blindWalk', () => {
  it('multiplies the edges’ probabilities over the shortest paths', () => {
    expect(blindWalk(graph, item)).toBe(1 / 2);
    // From 2 the target is three steps away: one of two edges leads there.
    expect(blindWalk(graph, { root: 2, target: 4 })).toBe(1 / 2);
  });
});

describe('guessedEnding', () => {
  it('is a guess where nodes are said, and where sentences are one of the edges into it besides', () => {
    expect(guessedEnding(graph, item, 1)).toBe(1 / 2);
    expect(guessedEnding(graph, item, 0)).toBe(1 / 2);
    // Into 3 lead edges from 1, at depth 1, and from 5, on the detour.
    expect(guessedEnding(graph, { root: 0, target: 3 }, 0)).toBe(1 / 4);
    expect(guessedEnding(graph, { root: 0, target: 3 }, 1)).toBe(1 / 2);
  });

  it('is what saying it would be called', () => {
    const shares = [[4], [7]].map((path) => Number(classOf(path) === 'correctPath'));
    expect((shares[0] + shares[1]) / 2).toBe(guessedEnding(graph, item, 1));
  });
});

describe('readInterpolation', () => {
  const said = (...paths: (number | null)[][]): InterpolationObservation => ({
    item,
    firstNodeOffset: 1,
    continuations: paths.map((path) => ({ path, answer: path.at(-1) ?? null })),
  });

  it('counts', () => {
    const result = readInterpolation([said([1, 3, 4], [3, 4], []), said([3, 4], [2, 8], [4])], {
      seed: 1,
      resamples: 9,
    });
    expect(result).toMatchObject({ kind: 'interpolation', items: 2, graphs: 1, blindWalk: { value: 0.5, n: 2 } });
    expect(result.guessedEnding).toMatchObject({ value: 0.5, n: 2 });
    const [none, one, two] = result.perThought;
    expect(none.classes).toMatchObject({
      correctPath: { value: 0.5, n: 2, clusters: 1 },
      hallucination: { value: 0.5 },
    });
    expect(one.classes).toMatchObject({ correctPath: { value: 0.5 }, wrongTarget: { value: 0.5 } });
    expect(two.classes).toMatchObject({ incorrectLabel: { value: 0.5 }, correctPath: { value: 0.5 } });
    expect(one.answer).toMatchObject({ right: { value: 0.5 }, candidate: { value: 0.5 } });
    expect(none.nodes.value).toBe(2.5);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('counts no node where none is named', () => {
    const { perThought } = readInterpolation([said([null, 1, null, null])], { seed: 1, resamples: 9 });
    expect(perThought[0].nodes.value).toBe(1);
  });

  it('reads nothing out of nothing', () => {
    expect(readInterpolation([], { seed: 1, resamples: 9 })).toMatchObject({ items: 0, perThought: [] });
  });
});

describe('interpolation of the models in fixtures', () => {
  const items = smallItems(40);

  it('prosqa-small-coconut goes on with the path wherever its thoughts are cut', async () => {
    const model = await fixtureModel('prosqa-small-coconut');
    const result = readInterpolation(await observeInterpolation(model, items, symbolicWording, 4), {
      seed: 1,
      resamples: 50,
    });
    model.dispose();
    for (const { classes } of result.perThought) {
      const total = PROCESS_CLASSES.reduce((sum, name) => sum + (classes[name].value ?? 0), 0);
      expect(total).toBeCloseTo(1, 12);
    }
    const correct = result.perThought.map(({ classes }) => classes.correctPath.value ?? 0);
    // With two thoughts the last step is all that is left of most paths, and thoughts are what finds it.
    expect(correct[2]).toBeGreaterThan(0.8);
    expect(correct[0]).toBeLessThan(correct[2]);
    // After four thoughts no step is left.
    expect(result.perThought[4].classes.correctLabel.value).toBeGreaterThan(0.8);
    expect(result.perThought[4].answer.right.value).toBeGreaterThan(0.9);
  });

  it('constructed-bfs speaks no path: it was built to answer', async () => {
    const model = await fixtureModel('constructed-bfs');
    const observations = await observeInterpolation(model, items.slice(0, 4), symbolicWording, 2);
    model.dispose();
    for (const { continuations } of observations) for (const { answer } of continuations) expect(answer).toBeNull();
  });
});
