import { describe, expect, it } from 'vitest';
import { itemSearch, type Item } from '../../../src/dataset/index.js';
import { CONSTRUCTED, createCoconut, type Coconut, type ConstructedName } from '../../../src/model/index.js';
import {
  observeMediation,
  readMediation,
  type MediationCell,
  type MediationObservation,
} from '../../../src/readout/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { fixtureModel, smallItems } from '../fixture-models.js';

const THOUGHTS = 4;
const items = smallItems(8);

async function observedOf(model: Coconut, of: readonly Item[] = items): Promise<MediationObservation[]> {
  return observeMediation(model, of, symbolicWording, THOUGHTS);
}

async function cellsOf(name: ConstructedName): Promise<MediationCell[]> {
  const model = createCoconut(CONSTRUCTED[name].build());
  const observations = await observedOf(model);
  model.dispose();
  return observations.flatMap(({ cells }) => cells);
}

describe('models whose thoughts are known', () => {
  it('constructed-bfs holds its search in what it displays', async () => {
    const cells = await cellsOf('bfs');
    expect(cells.length).toBeGreaterThan(3);
    for (const { full, parts } of cells) {
      // From sure to a tie, or beyond where the swap leaves the own target further away.
      expect(full).toBeGreaterThan(0.49);
      expect(parts.head?.share).toBeGreaterThan(0.99);
      expect(parts.head?.inside).toBeCloseTo(full, 3);
      expect(parts.head?.rest).toBeCloseTo(0, 3);
      // The same in the part that its search asks with.
      expect(parts.carriedQuery?.inside).toBeCloseTo(full, 3);
      expect(parts.query).toEqual({ rank: 0, share: 0, inside: 0, rest: full });
    }
  });

  it('hidden-search displays nothing, and holds the search where its heads ask', async () => {
    const cells = await cellsOf('hidden-search');
    expect(cells.length).toBeGreaterThan(3);
    for (const { full, parts } of cells) {
      expect(full).toBeGreaterThan(0.49);
      expect(parts.head?.inside).toBeCloseTo(0, 3);
      expect(parts.head?.rest).toBeCloseTo(full, 3);
      expect(parts.carriedQuery?.inside).toBeCloseTo(full, 3);
      expect(parts.carriedQuery?.rest).toBeCloseTo(0, 3);
    }
  });

  it('carried-answer displays a search, and the answer is in the rest', async () => {
    for (const { full, parts } of await cellsOf('carried-answer')) {
      expect(full).toBeCloseTo(1, 3);
      expect(parts.head?.share).toBeGreaterThan(0.3);
      expect(parts.head?.inside).toBeCloseTo(0, 3);
      expect(parts.head?.rest).toBeCloseTo(1, 3);
    }
  });
});

describe('a trained model', async () => {
  const model = await fixtureModel('prosqa-small-coconut');
  const together = await observedOf(model);

  it('is patched where both questions are correct and neither target is reached', () => {
    const cells = together.flatMap(({ item, correct, cells: own }) => own.map((cell) => ({ item, correct, cell })));
    expect(cells.length).toBeGreaterThan(3);
    for (const { item, correct, cell } of cells) {
      expect(correct).toBe(1);
      expect(cell.thought).toBeGreaterThanOrEqual(cell.depth);
      expect(cell.thought).toBeLessThan(itemSearch(item).depth);
    }
  });

  it('has subspaces of every kind, of the ranks that they should have', () => {
    for (const { item, cells } of together)
      for (const { parts } of cells) {
        const n = item.names.length;
        expect(Object.fromEntries(Object.entries(parts).map(([name, { rank }]) => [name, rank]))).toMatchObject({
          head: n,
          query: 4 * n,
          // All that is centred.
          carriedQuery: 127,
          nextThought: n,
          answer: 1,
          random: n,
          absent: n,
        });
        expect((parts.frontier?.rank ?? 0) + (parts.otherNodes?.rank ?? 0)).toBe(n);
        for (const { share, inside, rest } of Object.values(parts)) {
          expect(share).toBeLessThanOrEqual(1);
          for (const fall of [inside, rest]) expect(Math.abs(fall)).toBeLessThanOrEqual(1);
        }
      }
  });

  it('gives an item the same numbers alone as in a batch, in any order', async () => {
    const at = together.findIndex(({ cells }) => cells.length > 0);
    const backwards = await observedOf(model, [...items].reverse());
    const [alone] = await observedOf(model, [items[at]]);
    for (const again of [alone, backwards[items.length - 1 - at]])
      together[at].cells.forEach(({ full, parts }, i) => {
        expect(again.cells[i].full).toBeCloseTo(full, 4);
        for (const [name, { inside, rest }] of Object.entries(parts)) {
          const other = again.cells[i].parts[name as keyof typeof parts];
          expect(other?.inside, name).toBeCloseTo(inside, 4);
          expect(other?.rest, name).toBeCloseTo(rest, 4);
        }
      });
  });

  it('turns by what is displayed, not by as many random directions', () => {
    const { pooled } = readMediation(together, { seed: 1, resamples: 9 });
    const of = (name: string): number => pooled.bases.find((basis) => basis.name === name)?.inside.fall.value ?? NaN;
    expect(of('head')).toBeGreaterThan(0.5);
    expect(of('random')).toBeLessThan(0.1);
  });
});

it('a pause model is refused: its thoughts are not read', async () => {
  const { config, tensors } = CONSTRUCTED.bfs.build();
  const latentTokens = { start: 31, latent: 33, end: 32 };
  const coconut = { format: 'symbolic' as const, method: 'pause', thoughts: 4, latentTokens };
  const model = createCoconut({ config: { ...config, coconut }, tensors });
  await expect(observedOf(model)).rejects.toThrow('mediation: the model does not read its thoughts (pause)');
});
