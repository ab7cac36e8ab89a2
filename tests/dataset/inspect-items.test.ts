import { describe, expect, it } from 'vitest';
import { inspectItems, readItems, type HeuristicName, type Inspection } from '../../src/dataset/index.js';
import { OFFICIAL, officialAbsent } from './official-file.js';
import { tinyItem } from './tiny-item.js';

function accuracy({ heuristics }: Inspection, name: HeuristicName, hops?: number): number {
  return heuristics.find((one) => one.name === name && one.hops === hops)?.accuracy ?? NaN;
}

describe('inspectItems on one item', () => {
  // Tom 0 -> 2 -> 3 (target); Alex 1 -> 4 (decoy).
  const inspection = inspectItems([tinyItem]);

  it('counts nodes, degrees, depths and paths', () => {
    expect(inspection).toMatchObject({
      items: 1,
      nodes: { mean: 5, sd: 0, min: 5, max: 5 },
      edges: { mean: 3, sd: 0, min: 3, max: 3 },
      entities: [[2, 1]],
      targetDepth: [[2, 1]],
      decoyDepth: [[1, 1]],
      shortestPaths: [[1, 1]],
      inDegree: [
        [0, 2],
        [1, 3],
      ],
      outDegree: [
        [0, 2],
        [1, 3],
      ],
      rootOutDegree: [[1, 1]],
      targetInDegree: [[1, 1]],
      decoyInDegree: [[1, 1]],
      rootNumber: [[0, 1]],
      reachable: { mean: 3, sd: 0, min: 3, max: 3 },
      eccentricity: [[2, 1]],
      targetFirst: 0,
      rootShares: { rootOnly: 0.6, otherOnly: 0.4, both: 0, neither: 0 },
    });
  });

  it('describes every depth', () => {
    const one = { mean: 1, sd: 0, min: 1, max: 1 };
    const classes = { frontierOptimal: 1, frontierOther: 0, otherRoot: 2, unreachable: 0 };
    const common = { frontier: one, atLeastTwo: 0, walkFrontier: 1, leadsToTarget: 1, chanceItems: 1 };
    expect(inspection.depths).toEqual([
      { depth: 1, ...common, classes: { ...classes, expanded: 1, reachableLater: 1 } },
      { depth: 2, ...common, classes: { ...classes, expanded: 2, reachableLater: 0 } },
    ]);
  });

  it('asks the heuristics', () => {
    // In-degrees are equal; the target is the farther one, is mentioned first, and has the lower number.
    expect(accuracy(inspection, 'lowerInDegree')).toBe(0.5);
    expect(accuracy(inspection, 'fartherFromEntity')).toBe(1);
    expect(accuracy(inspection, 'higherIndex')).toBe(0);
    expect(accuracy(inspection, 'laterMention')).toBe(0);
    expect(accuracy(inspection, 'forwardFromRoot', 1)).toBe(0.5);
    expect(accuracy(inspection, 'forwardFromRoot', 2)).toBe(1);
    expect(accuracy(inspection, 'eliminationFromOtherRoot', 1)).toBe(1);
    expect(accuracy(inspection, 'eliminationFromOtherEntities', 1)).toBe(1);
  });

  it('marks the heuristics that look at the decoy', () => {
    const marked = inspection.heuristics.filter(({ usesDecoy }) => usesDecoy).map(({ name }) => name);
    expect(new Set(marked)).toEqual(new Set(['eliminationFromOtherRoot']));
    expect(marked).toHaveLength(6);
  });

  it('refuses an empty set', () => {
    expect(() => inspectItems([])).toThrow('items: nothing to inspect (0 items)');
  });

  it('takes the standard deviation with n - 1', () => {
    const larger = { ...tinyItem, id: '1', names: [...tinyItem.names, 'x', 'y'] };
    // 5 and 7 nodes: mean 6, squares 1 + 1, divided by 1
    expect(inspectItems([tinyItem, larger]).nodes).toEqual({ mean: 6, sd: Math.SQRT2, min: 5, max: 7 });
  });
});

/**
 * Exact counts over the 300 validation items. Each was computed a second time by a separate Python program from the
 * definitions in literature.md 5.5 and 5.6 (path counts and optimal nodes by listing all paths). Beside them, where
 * published, the number for all 800 released items.
 */
describe('official validation file, inspected (skipped where ../shared/data/prosqa is absent)', () => {
  const inspected = async (): Promise<Inspection> => inspectItems((await readItems(OFFICIAL)).items);
  const count = (share: number): number => share * 300;

  it.skipIf(officialAbsent)('has the published sizes, depths and degrees', async () => {
    const found = await inspected();
    expect(found.items).toBe(300);
    expect(found.nodes).toMatchObject({ mean: 22.82, min: 17, max: 28 });
    expect(found.edges).toMatchObject({ mean: 36.26, min: 22, max: 53 });
    // literature.md 5.5 for this file: 124, 133, 36, 7
    expect(found.targetDepth).toEqual([
      [3, 124],
      [4, 133],
      [5, 36],
      [6, 7],
    ]);
    // 5.5 for this file: 180, 93, 21, 5, 1
    expect(found.entities).toEqual([
      [2, 180],
      [3, 93],
      [4, 21],
      [5, 5],
      [6, 1],
    ]);
    // 5.5 for this file: mean 1.61, a single one in 56 %
    expect(found.shortestPaths).toEqual([
      [1, 169],
      [2, 96],
      [3, 22],
      [4, 9],
      [5, 3],
      [6, 1],
    ]);
    // Sums over the 6,846 nodes: every edge has one source and one target.
    for (const degrees of [found.inDegree, found.outDegree]) {
      expect(degrees.reduce((sum, [, nodes]) => sum + nodes, 0)).toBe(6846);
      expect(degrees.reduce((sum, [degree, nodes]) => sum + degree * nodes, 0)).toBe(36.26 * 300);
    }
    expect(found.targetFirst).toBe(144);
    // All 800 items: node 1 in 63.6 %, in-degree of the target 1.484, of the decoy 2.094
    expect(found.rootNumber).toEqual([
      [0, 105],
      [1, 195],
    ]);
    const sum = (counts: Inspection['entities']): number => counts.reduce((all, [value, n]) => all + value * n, 0);
    expect([sum(found.targetInDegree), sum(found.decoyInDegree)]).toEqual([450, 626]);
  });

  it.skipIf(officialAbsent)('has the published frontiers and chance levels', async () => {
    const { depths } = await inspected();
    expect(depths).toHaveLength(7);
    // Layer sizes, walk frontiers, and the chance that a random layer node leads to the target. All 800 items:
    // 2.96 4.40 3.34 1.32 .30 .04; 2.96 5.56 6.61 5.57 3.66 1.91; .651 .475 .528 .719.
    const layers = depths.map(({ frontier }) => Math.round(count(frontier.mean)));
    expect(layers).toEqual([876, 1319, 1011, 401, 89, 15, 1]);
    const walks = depths.map((one) => Math.round(count(one.walkFrontier)));
    expect(walks).toEqual([876, 1647, 2018, 1707, 1125, 566, 240]);
    const chances = [0.6595793650793651, 0.4871243386243386, 0.509533068783069, 0.714123376623377];
    chances.forEach((chance, i) => expect(depths[i].leadsToTarget).toBeCloseTo(chance, 12));
    expect(depths.map(({ chanceItems }) => chanceItems)).toEqual([300, 300, 300, 176, 43, 7, 0]);
    expect(depths[6].leadsToTarget).toBeUndefined();
  });

  it.skipIf(officialAbsent)('has the published root shares and, after every thought, a partition', async () => {
    const { rootShares, depths } = await inspected();
    // All 800 items: .53 .38 .05 .03
    expect(rootShares.rootOnly).toBeCloseTo(3625 / 6846, 12);
    expect(rootShares.otherOnly).toBeCloseTo(2640 / 6846, 12);
    expect(rootShares.both).toBeCloseTo(387 / 6846, 12);
    expect(rootShares.neither).toBeCloseTo(194 / 6846, 12);
    const classes = depths.map(({ classes: of }) =>
      [of.frontierOptimal, of.frontierOther, of.expanded, of.reachableLater, of.otherRoot, of.unreachable].map((mean) =>
        Math.round(count(mean)),
      ),
    );
    expect(classes).toEqual([
      [407, 469, 300, 2836, 2640, 194],
      [398, 921, 1176, 1517, 2640, 194],
      [324, 687, 2495, 506, 2640, 194],
      [181, 220, 3506, 105, 2640, 194],
      [43, 46, 3907, 16, 2640, 194],
      [7, 8, 3996, 1, 2640, 194],
      [0, 1, 4011, 0, 2640, 194],
    ]);
  });

  it.skipIf(officialAbsent)('has the published heuristic accuracies', async () => {
    const found = await inspected();
    const rows: [name: HeuristicName, hops: number | undefined, right: number, ties: number, released?: number][] = [
      ['lowerInDegree', undefined, 151, 98, 0.664],
      ['fartherFromEntity', undefined, 262, 31, 0.916],
      ['higherIndex', undefined, 181, 0, 0.6],
      ['laterMention', undefined, 174, 0, 0.586],
      ['forwardFromRoot', 3, 124, 176, 0.704],
      ['forwardFromRoot', 4, 257, 43, 0.922],
      ['forwardFromRoot', 6, 300, 0],
      ['eliminationFromOtherRoot', 2, 221, 79, 0.86],
      ['eliminationFromOtherRoot', 3, 293, 7, 0.986],
      ['eliminationFromOtherRoot', 4, 300, 0],
      ['eliminationFromOtherEntities', 2, 215, 82],
      ['eliminationFromOtherEntities', 3, 273, 27],
      ['eliminationFromOtherEntities', 6, 274, 26],
    ];
    for (const [name, hops, right, ties, released] of rows) {
      const one = found.heuristics.find((heuristic) => heuristic.name === name && heuristic.hops === hops);
      expect(one, `${name} ${hops ?? ''}`).toMatchObject({ right, ties, wrong: 300 - right - ties });
      expect(one?.accuracy).toBeCloseTo((right + ties / 2) / 300, 12);
      // Less than two standard errors of a share over 300 items (.029); and the 300 are part of the 800.
      if (released !== undefined) expect(Math.abs((one?.accuracy ?? NaN) - released)).toBeLessThan(0.05);
    }
  });
});
