import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inspectItems, itemGraph, randomItems, readItems, type Item } from '../../../src/dataset/index.js';
import { breadthFirstDepths } from '../../../src/graph/index.js';
import { frontierRows, readFrontier, type FrontierReadout } from '../../../src/readout/index.js';
import type { ThoughtRecord } from '../../../src/recording/index.js';
import { clusterBootstrap, type Estimate } from '../../../src/statistics/index.js';
import { createRandom, type Random } from '../../../src/random.js';
import { recordOf } from '../records.js';

const THOUGHTS = [1, 2, 3, 4];
const items = randomItems(createRandom('frontier readout'), 60);

/** The record of thoughts that weigh every node by itself. */
function recordBy(item: Item, logit: (depth: number, thought: number, node: number) => number): ThoughtRecord {
  const depths = Array.from(breadthFirstDepths(itemGraph(item), item.root));
  return recordOf(
    item,
    THOUGHTS.map((thought) => depths.map((depth, node) => logit(depth, thought, node))),
  );
}

function noise(random: Random): (item: Item) => ThoughtRecord {
  return (item) => recordBy(item, () => 3 * random.normal());
}

/** The constructed model: thought c is the uniform superposition of R_c. Everything else is at e^-30. */
function superposition(item: Item): ThoughtRecord {
  return recordBy(item, (depth, thought) => (depth >= 0 && depth <= thought ? 30 : 0));
}

function values(
  { perThought }: FrontierReadout,
  of: (thought: FrontierReadout['perThought'][number]) => Estimate,
): number[] {
  return perThought.map((thought) => of(thought).value ?? Number.NaN);
}

describe('the uniform superposition of all nodes within c hops', async () => {
  const readout = await readFrontier(items.map(superposition), { seed: 1, resamples: 200 });

  it('separates reachable-within-c from everything else perfectly at every thought', () => {
    for (const { auc } of readout.perThought) {
      for (const { contrast, withinGraph, pooled } of auc) {
        if (contrast.startsWith('within'))
          expect([withinGraph.value, withinGraph.low, pooled.value]).toEqual([1, 1, 1]);
      }
    }
  });

  it('does not tell members apart', () => {
    for (const { auc } of readout.perThought) {
      for (const { contrast, withinGraph, logitGap } of auc) {
        if (contrast !== 'frontierVsExpanded' && contrast !== 'frontierOptimalVsOther') continue;
        expect([withinGraph.value, logitGap.value]).toEqual([0.5, 0]);
      }
    }
  });

  it('holds log2 |R_c| bits and |R_c| nodes', () => {
    // The 20-odd others weigh e^-30 each.
    for (const { breadth } of readout.perThought) {
      expect(breadth.entropyBits.value).toBeCloseTo(breadth.uniformWithin.entropyBits.value ?? NaN, 9);
      expect(breadth.effectiveNodes.value).toBeCloseTo(breadth.uniformWithin.nodes.value ?? NaN, 9);
    }
  });

  it('names the winner only by chance', () => {
    for (const { topOne } of readout.perThought) expect(topOne.reachesTarget.excess.value).toBeCloseTo(0, 12);
  });
});

describe('thoughts that know nothing of the graph', () => {
  it('reach the target by the chance that an inspection of the items counts', async () => {
    const { perThought } = await readFrontier(items.map(superposition), { seed: 1, resamples: 1 });
    const { depths } = inspectItems(items);
    for (const { thought, topOne } of perThought) {
      const { leadsToTarget, chanceItems } = depths[thought - 1];
      const { rate, chance, excess, lowestDegree, excessOverDegree } = topOne.reachesTarget;
      expect(chance.value).toBeCloseTo(leadsToTarget ?? NaN, 12);
      expect([rate, chance, excess, lowestDegree, excessOverDegree].map(({ n }) => n)).toEqual(
        Array.from({ length: 5 }, () => chanceItems),
      );
    }
    // Some searches have passed the target and still have a frontier.
    expect(perThought[3].topOne.reachesTarget.rate.n).toBeLessThan(perThought[3].topOne.inFrontier.rate.n);
  });

  it('come out as chance everywhere: inside every interval', async () => {
    const record = noise(createRandom('noise'));
    const { perThought } = await readFrontier(items.map(record), { seed: 1, resamples: 500, level: 0.999 });
    // 8 contrasts x 4 thoughts x 3 and 2 x 4 more at 99.9 %: about one failure in ten seeds.
    const zero = perThought.flatMap(({ auc, topOne }) => [
      ...auc.map(({ logitGap }) => logitGap),
      topOne.inFrontier.excess,
      topOne.reachesTarget.excess,
    ]);
    const half = perThought.flatMap(({ auc }) => auc.flatMap(({ withinGraph, pooled }) => [withinGraph, pooled]));
    for (const [chance, estimates] of [
      [0, zero],
      [0.5, half],
    ] as const) {
      // prettier-ignore
      for (const { low, high } of estimates) {
        expect(low).toBeLessThanOrEqual(chance);
        expect(high).toBeGreaterThanOrEqual(chance);
      }
    }
  });

  it('come out as chance exactly where all nodes are equal', async () => {
    const { perThought } = await readFrontier(
      items.map((item) => recordBy(item, () => 1)),
      { seed: 1, resamples: 50 },
    );
    for (const { auc, topOne, breadth } of perThought) {
      for (const { withinGraph, pooled } of auc) expect([withinGraph.value, pooled.value]).toEqual([0.5, 0.5]);
      expect(topOne.inFrontier.excess.value).toBe(0);
      expect(topOne.reachesTarget.excess.value).toBe(0);
      const n = items.reduce((sum, { names }) => sum + names.length, 0) / items.length;
      expect(breadth.effectiveNodes.value).toBeCloseTo(n, 9);
    }
  });
});

describe('any thoughts', () => {
  const record = noise(createRandom('any'));
  const records = items.map(record);
  const options = { seed: 7, resamples: 60 };

  it('have masses that sum to 1, within and without classes', async () => {
    const { perThought } = await readFrontier(records, options);
    for (const { mass, classes, published } of perThought) {
      const sum = (estimates: Estimate[]): number => estimates.reduce((total, { value }) => total + (value ?? NaN), 0);
      // Float32 probabilities of some 23 nodes.
      expect(sum([mass.frontier, mass.expanded, mass.later, mass.never, mass.offGraph])).toBeCloseTo(1, 6);
      expect(sum([...classes.map((group) => group.mass), mass.offGraph])).toBeCloseTo(1, 6);
      const [notReachable, reachable] = published;
      expect(sum([notReachable.mass, reachable.mass, mass.offGraph])).toBeCloseTo(1, 6);
    }
  });

  it('do not depend on the numbering of nodes or the order of sentences', async () => {
    const random = createRandom('relabel');
    const relabelled = records.map((original) => relabel(original, random));
    const [before, after] = [await readFrontier(records, options), await readFrontier(relabelled, options)];
    const rows = frontierRows(after);
    // Sums in another order: 1e-12; intervals come from the same draws of the same graphs.
    frontierRows(before).forEach(({ value, low, high, ...same }, i) => {
      expect(rows[i]).toMatchObject(same);
      expect(rows[i].value ?? -99).toBeCloseTo(value ?? -99, 9);
      expect(rows[i].low ?? -99).toBeCloseTo(low ?? -99, 9);
      expect(rows[i].high ?? -99).toBeCloseTo(high ?? -99, 9);
    });
  });

  it('count an item once more for every item that shares its graph, not as a graph of its own', async () => {
    const twice = records.flatMap((each) => [each, { ...each, item: { ...each.item, id: `${each.item.id} again` } }]);
    const [once, doubled] = [await readFrontier(records, options), await readFrontier(twice, options)];
    expect([doubled.items, doubled.graphs]).toEqual([120, 60]);
    // Twice the items, no more information: the same value and the same interval.
    const interval = ({ low, high }: Estimate): unknown => [low?.toFixed(9), high?.toFixed(9)];
    expect(doubled.perThought[0].mass.frontier.n).toBe(120);
    expect(interval(doubled.perThought[0].mass.frontier)).toEqual(interval(once.perThought[0].mass.frontier));
  });

  it('have the intervals of a bootstrap over graphs of their per-item values', async () => {
    const { perThought } = await readFrontier(records, options);
    const perItem = records.map(({ offGraphMass }) => offGraphMass[1]);
    const [{ value, low, high }] = clusterBootstrap(
      (weights, out) => (out[0] = perItem.reduce((sum, x, i) => sum + weights[i] * x, 0) / perItem.length),
      { clusters: items.length, statistics: 1 },
      options,
    );
    const { offGraph } = perThought[1].mass;
    expect([offGraph.value, offGraph.low, offGraph.high].map((x) => x?.toFixed(12))).toEqual(
      [value, low, high].map((x) => x.toFixed(12)),
    );
  });

  it('repeat themselves with the same seed', async () => {
    expect(await readFrontier(records, options)).toEqual(await readFrontier(records, options));
    expect(await readFrontier(records, { ...options, seed: 8 })).not.toEqual(await readFrontier(records, options));
  });
});

describe('a thought that favours the winner', () => {
  it('is seen by the contrasts that should see it', async () => {
    const winner = (item: Item): ThoughtRecord =>
      recordBy(item, (depth, thought, node) => {
        if (depth < 0 || depth > thought) return 0;
        return node === item.path[thought] ? 31 : 30;
      });
    const readout = await readFrontier(items.map(winner), { seed: 1, resamples: 100 });
    for (const { auc, topOne } of readout.perThought) {
      const gap = auc.find(({ contrast }) => contrast === 'frontierOptimalVsOther')?.logitGap.value;
      // 1 where the path's node is the only optimal one, less where it is one of several.
      expect(gap).toBeGreaterThan(0.5);
      expect(gap).toBeLessThanOrEqual(1);
      expect(topOne.reachesTarget.excess.low).toBeGreaterThan(0.05);
    }
  });
});

const official = fileURLToPath(new URL('../../../../shared/data/prosqa/prosqa_valid.json', import.meta.url));

describe('the official validation items', () => {
  it.skipIf(!existsSync(official))(
    'have the chance levels that an independent script counts (skipped without ../shared/data)',
    async () => {
      const { items: all } = await readItems(official);
      const readout = await readFrontier(
        all.map((item) => recordBy(item, () => 0)),
        { seed: 1, resamples: 1 },
      );
      const rounded = (numbers: number[]): number[] => numbers.map((x) => Number(x.toFixed(4)));
      expect(readout.perThought.map(({ topOne }) => topOne.reachesTarget.chance.n)).toEqual([300, 300, 300, 176]);
      expect(rounded(values(readout, ({ topOne }) => topOne.reachesTarget.chance))).toEqual([
        0.6596, 0.4871, 0.5095, 0.7141,
      ]);
      expect(rounded(values(readout, ({ topOne }) => topOne.reachesTarget.lowestDegree))).toEqual([
        0.9833, 0.8864, 0.75, 0.7739,
      ]);
    },
  );
});

/** The same item with its nodes renumbered at random and its sentences in another order. */
function relabel(
  { item, nodeTokens, nodeLogits, nodeProbabilities, ...rest }: ThoughtRecord,
  random: Random,
): ThoughtRecord {
  const n = item.names.length;
  const to = random.shuffle(Array.from({ length: n }, (_, node) => node));
  const moved = (values: Float32Array): Float32Array => {
    const result = new Float32Array(values.length);
    values.forEach((value, i) => (result[i - (i % n) + to[i % n]] = value));
    return result;
  };
  const names: string[] = [];
  const tokens = new Int32Array(n);
  item.names.forEach((name, node) => {
    names[to[node]] = name;
    tokens[to[node]] = nodeTokens[node];
  });
  return {
    item: {
      ...item,
      names,
      edges: random.shuffle(item.edges.map(([source, target]) => [to[source], to[target]] as const)),
      root: to[item.root],
      target: to[item.target],
      decoy: to[item.decoy],
      path: item.path.map((node) => to[node]),
    },
    ...rest,
    nodeTokens: tokens,
    nodeLogits: moved(nodeLogits),
    nodeProbabilities: moved(nodeProbabilities),
  };
}
