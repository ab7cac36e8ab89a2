import { describe, expect, it } from 'vitest';
import {
  readFrontier,
  type AucContrast,
  type AucReadout,
  type GroupReadout,
  type ThoughtReadout,
} from '../../../src/readout/index.js';
import type { Estimate } from '../../../src/statistics/index.js';
import { itemOf, recordOf } from '../records.js';

// Probabilities and logits are stored as float32, so a number worked out exactly agrees to about 1e-7.
const DIGITS = 6;

/**
 *     0 -> 1 -> 3 (target)      5 -> 6 (decoy)      7 -> 8
 *     0 -> 2 -> 4
 */
const item = itemOf(9, [[0, 1], [0, 2], [1, 3], [2, 4], [5, 6], [7, 8]], { target: 3, decoy: 6 }); // prettier-ignore

/** Exponentials of the logits; the nine other tokens of `recordOf` have 1 each. */
const THOUGHTS = [
  [1, 4, 2, 1, 1, 2, 1, 1, 1], // sum 14, with the other tokens 23
  [1, 1, 2, 3, 8, 1, 1, 1, 3], // sum 21, with the other tokens 30
  [1, 1, 1, 1, 1, 1, 1, 1, 1],
];
const record = recordOf(
  item,
  THOUGHTS.map((row) => row.map(Math.log)),
);

function groupOf(groups: readonly GroupReadout[], name: string): GroupReadout {
  const group = groups.find((each) => each.name === name);
  if (group === undefined) throw new Error(`no group ${name}`);
  return group;
}

function aucOf(thought: ThoughtReadout, contrast: AucContrast): AucReadout {
  const found = thought.auc.find((each) => each.contrast === contrast);
  if (found === undefined) throw new Error(`no contrast ${contrast}`);
  return found;
}

function expectValue({ value }: Estimate, expected: number): void {
  expect(value).toBeCloseTo(expected, DIGITS);
}

describe('readFrontier, by hand', async () => {
  const readout = await readFrontier([record], { seed: 1, resamples: 20 });
  const [first, second, third] = readout.perThought;

  it('says what was read and how', () => {
    expect(readout).toMatchObject({ kind: 'frontier', scorer: 'firstToken', items: 1, graphs: 1, thoughts: 3 });
    expect(readout.bootstrap).toEqual({ method: 'percentile', unit: 'graph', resamples: 20, level: 0.95, seed: 1 });
    expect(first).toMatchObject({ thought: 1, items: 1, graphs: 1 });
  });

  it('groups nodes by disjoint class', () => {
    const nodes = (thought: ThoughtReadout): Record<string, number> =>
      Object.fromEntries(thought.classes.map((group) => [group.name, group.nodes]));
    expect(nodes(first)).toEqual({
      expanded: 1, frontierOptimal: 1, frontierOther: 1, reachableLater: 2, otherRoot: 2, unreachable: 2,
    }); // prettier-ignore
    expect(nodes(second)).toMatchObject({ expanded: 3, frontierOptimal: 1, frontierOther: 1, reachableLater: 0 });
    expect(nodes(third)).toMatchObject({ expanded: 5, frontierOptimal: 0, frontierOther: 0, reachableLater: 0 });

    const other = groupOf(first.classes, 'otherRoot'); // nodes 5 and 6: 2 and 1
    expectValue(other.mass, 3 / 23);
    expectValue(other.probability, 1.5 / 23);
    expectValue(other.logit, Math.LN2 / 2);
    expectValue(other.size, 2);
    const optimal = groupOf(first.classes, 'frontierOptimal');
    expectValue(optimal.probability, 4 / 23);
    expectValue(optimal.logit, Math.log(4));
  });

  it('has no number per node where a group has no node, and zero mass', () => {
    const later = groupOf(second.classes, 'reachableLater');
    expect(later.probability).toEqual({ value: null, low: null, high: null, n: 0, clusters: 0 });
    expect(later.logit.value).toBeNull();
    expect(later.mass).toMatchObject({ value: 0, n: 1 });
    expect(later.size).toMatchObject({ value: 0, n: 1 });
  });

  it('offers the published groups, nested', () => {
    const names = first.published.map(({ name }) => name);
    expect(names).toEqual(['notReachable', 'reachable', 'frontier', 'optimal']);
    expectValue(groupOf(first.published, 'notReachable').mass, 7 / 23);
    expectValue(groupOf(first.published, 'reachable').mass, 7 / 23);
    expectValue(groupOf(first.published, 'frontier').mass, 6 / 23);
    expectValue(groupOf(first.published, 'optimal').mass, 4 / 23);
  });

  it('accounts for all probability', () => {
    expectValue(first.mass.frontier, 6 / 23);
    expectValue(first.mass.expanded, 1 / 23);
    expectValue(first.mass.later, 2 / 23);
    expectValue(first.mass.never, 5 / 23);
    expectValue(first.mass.offGraph, 9 / 23);
    expectValue(second.mass.frontier, 11 / 30);
    expectValue(second.mass.expanded, 4 / 30);
  });

  it('measures breadth inside the graph, beside its ideals', () => {
    // 4/14 once, 2/14 twice, 1/14 six times: log2 14 - (4 x 2 + 2 x 2 x 1) / 14.
    const bits = Math.log2(14) - 12 / 14;
    expectValue(first.breadth.entropyBits, bits);
    expectValue(first.breadth.effectiveNodes, 2 ** bits);
    expectValue(first.breadth.uniformWithin.nodes, 3);
    expectValue(first.breadth.uniformWithin.entropyBits, Math.log2(3));
    expectValue(first.breadth.uniformFrontier.nodes, 2);
    expectValue(first.breadth.uniformFrontier.entropyBits, 1);
    expectValue(second.breadth.uniformWithin.nodes, 5);
    expectValue(third.breadth.entropyBits, Math.log2(9));
    expect(third.breadth.uniformFrontier.nodes).toMatchObject({ value: null, n: 0 });
  });

  it('compares top-1 with chance and with the degree rule', () => {
    const { inFrontier, reachesTarget } = first.topOne;
    expectValue(inFrontier.rate, 1);
    expectValue(inFrontier.chance, 2 / 9);
    expectValue(inFrontier.excess, 7 / 9);
    expectValue(reachesTarget.rate, 1); // node 1 leads to 3
    expectValue(reachesTarget.chance, 1 / 2);
    expectValue(reachesTarget.excess, 1 / 2);
    expectValue(reachesTarget.lowestDegree, 1 / 2); // both have one edge in and one out
    expectValue(reachesTarget.excessOverDegree, 1 / 2);
    // Thought 2: the highest is node 4, in the frontier but not the target; the target reaches itself.
    expectValue(second.topOne.inFrontier.rate, 1);
    expectValue(second.topOne.reachesTarget.rate, 0);
    expectValue(second.topOne.reachesTarget.chance, 1 / 2);
    expect(third.topOne.inFrontier.rate).toMatchObject({ value: null, n: 0 });
  });

  it('ranks the sides of every contrast inside the graph', () => {
    // {1, 4, 2} against {1, 1, 2, 1, 1, 1}: 5/2, 6 and 5 1/2 wins of 18.
    expectValue(aucOf(first, 'withinVsBeyond').withinGraph, 14 / 18);
    // ... against {2, 1, 1, 1}: 3/2, 4, 3 1/2 of 12.
    expectValue(aucOf(first, 'withinVsNever').withinGraph, 9 / 12);
    // {4, 2} against {1, 1, 1, 2, 1, 1, 1}: 7 and 6 1/2 of 14.
    expectValue(aucOf(first, 'frontierVsRest').withinGraph, 13.5 / 14);
    expectValue(aucOf(first, 'frontierVsNever').withinGraph, 7.5 / 8);
    expectValue(aucOf(first, 'frontierVsExpanded').withinGraph, 1);
    expectValue(aucOf(first, 'frontierOptimalVsOther').withinGraph, 1);
    expectValue(aucOf(first, 'frontierOtherVsNever').withinGraph, 3.5 / 4);
    expectValue(aucOf(first, 'frontierOtherVsOtherRoot').withinGraph, 1.5 / 2);
    for (const { chance, withinGraph, pooled } of first.auc) {
      expect(chance).toBe(0.5);
      expect(pooled.value).toBe(withinGraph.value); // there is one graph
    }
    expect(aucOf(third, 'frontierVsRest').withinGraph).toMatchObject({ value: null, n: 0 });
  });

  it('gives the gap in nats', () => {
    // Mean of {ln 4, ln 2} minus mean of {0, 0, 0, ln 2, 0, 0, 0}.
    expectValue(aucOf(first, 'frontierVsRest').logitGap, 1.5 * Math.LN2 - Math.LN2 / 7);
    expectValue(aucOf(first, 'frontierOptimalVsOther').logitGap, Math.LN2);
  });

  it('gives no interval for one graph', () => {
    expect(first.mass.frontier).toMatchObject({ low: null, high: null, n: 1, clusters: 1 });
  });
});

describe('readFrontier over several items', () => {
  // Root 0 with one child 1 (the target); 2 -> 3 (decoy).
  const small = itemOf(4, [[0, 1], [2, 3]], { target: 1, decoy: 3, id: 'small' }); // prettier-ignore

  it('weights nodes equally per node and items equally per item', async () => {
    // Frontier: 4/23 and 2/23 in the first item; e^1 / (4 e^1 + 9) in the second.
    const p = Math.E / (4 * Math.E + 9);
    const { perThought, ...all } = await readFrontier([record, recordOf(small, [[1, 1, 1, 1]])], {
      seed: 1,
      resamples: 1,
    });
    expect(all).toMatchObject({ items: 2, graphs: 2, thoughts: 3 });
    const frontier = groupOf(perThought[0].published, 'frontier');
    expectValue(frontier.probability, (6 / 23 + p) / 3);
    expectValue(frontier.mass, (6 / 23 + p) / 2);
    expectValue(frontier.size, 1.5);
    const { inFrontier } = perThought[0].topOne;
    expectValue(inFrontier.rate, (1 + 1 / 4) / 2); // the second item's four nodes are tied
    expectValue(inFrontier.chance, (2 / 9 + 1 / 4) / 2);
  });

  it('evaluates each thought on the items that have it', async () => {
    const { perThought } = await readFrontier([recordOf(small, [[1, 1, 1, 1]]), record], { seed: 1, resamples: 1 });
    expect(perThought.map(({ items }) => items)).toEqual([2, 1, 1]);
    expectValue(perThought[1].mass.frontier, 11 / 30);
  });

  it('counts the scarcer side of a pooled contrast', async () => {
    // At thought 2 only the first item has a frontier; both have other nodes.
    const records = [record, recordOf(small, [[1, 1, 1, 1], [1, 1, 1, 1]])]; // prettier-ignore
    const { perThought } = await readFrontier(records, { seed: 1, resamples: 1 });
    expect(aucOf(perThought[1], 'frontierVsRest').pooled).toMatchObject({ n: 1, clusters: 1 });
    expect(aucOf(perThought[0], 'frontierVsRest').pooled).toMatchObject({ n: 2, clusters: 2 });
  });

  it('lets the pooled AUC compare across graphs and the other one not', async () => {
    const low = recordOf(small, [[-9, -9, -10, -10]]);
    const high = recordOf({ ...small, id: 'high' }, [[1, 1, 0, 0]]);
    const { perThought, items, graphs } = await readFrontier([low, high], { seed: 1, resamples: 1 });
    expect([items, graphs]).toEqual([2, 1]); // two questions of one graph
    const { withinGraph, pooled } = aucOf(perThought[0], 'frontierVsNever');
    expect(withinGraph).toMatchObject({ value: 1, n: 2, clusters: 1 });
    // -9 beats -10 twice and loses to 0 twice; 1 beats all four.
    expect(pooled).toMatchObject({ value: 6 / 8, n: 2, clusters: 1 });
  });

  it('counts a shared token once', async () => {
    // Nodes 1 and 2 share a token of weight 6 beside 1 and 1: 6 / 17, half of it each.
    const shared = recordOf(small, [[0, Math.log(6), Math.log(6), 0]], { 2: 1 });
    const [{ mass, breadth, topOne }] = (await readFrontier([shared], { seed: 1, resamples: 1 })).perThought;
    expectValue(mass.frontier, 3 / 17);
    expectValue(mass.never, 4 / 17);
    expectValue(mass.offGraph, 9 / 17);
    expectValue(breadth.entropyBits, Math.log2(8) - (2 * 3 * Math.log2(3)) / 8);
    expectValue(topOne.inFrontier.rate, 1 / 2);
    expectValue(topOne.inFrontier.chance, 1 / 2 / 3); // of three tokens one names the frontier's node, and another
  });

  it('takes an asynchronous source, and none at all', async () => {
    async function* source(): AsyncGenerator<typeof record> {
      yield await Promise.resolve(record);
    }
    const options = { seed: 1, resamples: 1 };
    expect(await readFrontier(source(), options)).toEqual(await readFrontier([record], options));
    expect(await readFrontier([], options)).toMatchObject({ items: 0, graphs: 0, thoughts: 0, perThought: [] });
    expect(await readFrontier([recordOf(small, [])], options)).toMatchObject({ items: 1, thoughts: 0 });
  });

  it('survives JSON unchanged', async () => {
    const readout = await readFrontier([record], { seed: 'a', resamples: 5 });
    expect(JSON.parse(JSON.stringify(readout))).toEqual(readout);
  });
});
