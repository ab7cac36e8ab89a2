import { describe, expect, it } from 'vitest';
import { itemSearch, permuteIds, randomItems, type Item } from '../../../src/dataset/index.js';
import { CONSTRUCTED, createCoconut, type Coconut, type ConstructedName } from '../../../src/model/index.js';
import { createRandom } from '../../../src/random.js';
import {
  observePropagation,
  type PropagationCell,
  type PropagationEdit,
  type PropagationObservation,
} from '../../../src/readout/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { fixtureModel, smallItems } from '../fixture-models.js';

const THOUGHTS = 4;
const SINGLE: readonly PropagationEdit[] = ['onWay', 'offWay'];

/** Wider than `smallItems`: frontiers have several nodes with children to themselves. */
const random = createRandom('propagation tests');
const items = randomItems(random, 6, { nodes: 22, minNodes: 18, minDepth: 3, maxDepth: 4 }).map((item, i) =>
  permuteIds(random.fork(`ids ${i}`), item),
);

async function observedOf(model: Coconut, of: readonly Item[] = items): Promise<PropagationObservation[]> {
  return observePropagation(model, of, symbolicWording, THOUGHTS);
}

async function observedIn(name: ConstructedName): Promise<PropagationObservation[]> {
  const model = createCoconut(CONSTRUCTED[name].build());
  const observations = await observedOf(model);
  model.dispose();
  return observations;
}

async function cellsOf(name: ConstructedName): Promise<PropagationCell[]> {
  return (await observedIn(name)).flatMap(({ cells }) => cells);
}

/** Of single nodes; what edits do to them is exact. */
function expectEdited(cells: readonly PropagationCell[]): void {
  expect(new Set(cells.map(({ edit }) => edit)).size).toBe(4);
  expect(cells.some(({ fall }) => fall.wrongNode !== undefined)).toBe(true);
  for (const { edit, readings } of cells) {
    if (SINGLE.includes(edit)) expect(readings.own).toMatchObject({ before: 1, edited: 0.5 });
    if (edit === 'added') expect(readings.own).toMatchObject({ before: 0.5, edited: 1 });
  }
}

/** Whether children and grandchildren follow the edited node. */
function expectFollowing(cells: readonly PropagationCell[], following: boolean): void {
  for (const {
    edit,
    readings: { children, grandchildren },
  } of cells) {
    if (edit === 'allLeading') continue;
    const before = edit === 'added' ? 0.5 : 1;
    for (const one of [children, grandchildren]) {
      if (one === undefined) continue;
      expect(one).toMatchObject({ before, edited: following ? 1.5 - before : before });
      if (one.wrongNode !== undefined) expect(one.wrongNode).toBe(before);
    }
  }
}

describe('models whose thoughts are known', () => {
  it('constructed-bfs: children and grandchildren follow, and the answer where nothing is left that leads to it', async () => {
    const cells = await cellsOf('bfs');
    expectEdited(cells);
    expectFollowing(cells, true);
    expect(cells.filter(({ readings }) => readings.grandchildren !== undefined).length).toBeGreaterThan(1);
    for (const { edit, fall } of cells) {
      if (edit === 'allLeading') expect(fall.edited).toBeGreaterThan(0.45);
      if (edit === 'offWay') expect(fall.edited).toBeCloseTo(0, 3);
    }
  });

  it('unused-search: they follow, and no answer falls', async () => {
    const cells = await cellsOf('unused-search');
    expectEdited(cells);
    expectFollowing(cells, true);
    for (const { fall } of cells) expect(fall.edited).toBeCloseTo(0, 3);
  });

  it('replayed-search: nothing follows, for no thought is computed from the one before', async () => {
    const cells = await cellsOf('replayed-search');
    expectEdited(cells);
    expectFollowing(cells, false);
  });

  it('hidden-search: an edit of what is displayed does nothing', async () => {
    for (const { readings, fall } of await cellsOf('hidden-search')) {
      expect(readings.children).toMatchObject({ before: 0.5, edited: 0.5 });
      expect(fall.edited).toBeCloseTo(0, 3);
    }
  });
});

it('edits where the answer is correct and neither t nor t + 1 has the target in it', async () => {
  const observations = await observedIn('unused-search');
  const depths = observations.map(({ item }) => itemSearch(item).depth);
  expect(new Set(depths)).toEqual(new Set([3, 4]));
  expect(observations.some(({ correct }) => correct < 1)).toBe(true);
  observations.forEach(({ correct, cells }, i) => {
    const thoughts = new Set(cells.map(({ thought }) => thought));
    expect([...thoughts]).toEqual(correct < 1 ? [] : [1, 2].slice(0, depths[i] - 2));
    for (const { thought, toGo } of cells) {
      expect(toGo).toBe(depths[i] - thought);
    }
  });
});

describe('a trained model', async () => {
  const model = await fixtureModel('prosqa-small-coconut');
  const small = smallItems(8);
  const together = await observedOf(model, small);

  it('has what is removed no longer in sight', () => {
    for (const { edit, readings } of together.flatMap(({ cells }) => cells))
      if (SINGLE.includes(edit)) expect(readings.own?.edited).toBeLessThan(0.75);
  });

  it('gives an item the same numbers alone as in a batch, in any order', async () => {
    const at = together.findIndex(({ cells }) => cells.some(({ fall }) => fall.wrongNode !== undefined));
    const backwards = await observedOf(model, [...small].reverse());
    const [alone] = await observedOf(model, [small[at]]);
    for (const again of [alone, backwards[small.length - 1 - at]])
      together[at].cells.forEach(({ edit, readings, fall }, i) => {
        expect(again.cells[i]).toMatchObject({ edit, readings });
        for (const [arm, value] of Object.entries(fall))
          expect(again.cells[i].fall[arm as keyof typeof fall], arm).toBeCloseTo(value, 4);
      });
  });
});

it('a pause model is refused: its thoughts are not read', async () => {
  const { config, tensors } = CONSTRUCTED.bfs.build();
  const latentTokens = { start: 31, latent: 33, end: 32 };
  const coconut = { format: 'symbolic' as const, method: 'pause', thoughts: 4, latentTokens };
  const model = createCoconut({ config: { ...config, coconut }, tensors });
  await expect(observedOf(model)).rejects.toThrow('propagation: the model does not read its thoughts (pause)');
});
