import { describe, expect, it } from 'vitest';
import { itemGraph, itemSearch, type Item } from '../../../src/dataset/index.js';
import { breadthFirstDepths, breadthFirstLayers } from '../../../src/graph/index.js';
import {
  edgeGroups,
  observeEdgeAttention,
  observeInnerProducts,
  observeValues,
  readEdgeAttention,
  readInnerProducts,
  type GroupMean,
} from '../../../src/readout/index.js';
import { englishWording, gpt2Tokenizer, symbolicWording } from '../../../src/tokenizer/index.js';
import { fixtureModel, smallItems } from '../fixture-models.js';
import { itemOf } from '../records.js';

const options = { seed: 1, resamples: 20 };

/**
 * A short cut: 2 lies at depth 1, and again at the end of the walk 0 -> 1 -> 2.
 *
 *     0 -> 1 -> 2 -> 3 (target)      5 -> 6 (decoy)
 *     0 -> 2    1 -> 4
 */
const item = itemOf(7, [[0, 1], [1, 2], [0, 2], [2, 3], [1, 4], [5, 6]], { target: 3, decoy: 6 }); // prettier-ignore
const graph = itemGraph(item);
const search = itemSearch(item);

const meanOf = (groups: readonly GroupMean[], name: string): GroupMean => {
  const found = groups.find((group) => group.name === name);
  if (found === undefined) throw new Error(`no group ${name}`);
  return found;
};

/** The notebook's groups, written anew: R_n grows, F_n is replaced at every step and remembers nothing. */
function notebook({ edges, root, target, names }: Item, n: number): Record<string, number[]> {
  const reached = new Set([root]);
  let frontier = new Set([root]);
  for (let step = 0; step < n; step++) {
    frontier = new Set(edges.filter(([source]) => frontier.has(source)).map(([, end]) => end));
    for (const node of frontier) reached.add(node);
  }
  const all = names.map((_, node) => node);
  const far = (from: number): number[] => [...breadthFirstDepths(itemGraph({ names, edges }), from)];
  const length = far(root)[target];
  const neighbours = (k: number): number[] =>
    all.filter((node) => far(root)[node] === k && far(node)[target] === length - k && far(node)[target] >= 0);
  return {
    notReachable: all.filter((node) => !reached.has(node)),
    reachable: all.filter((node) => reached.has(node)),
    frontier: all.filter((node) => frontier.has(node)),
    optimal: neighbours(n),
    next: neighbours(n + 1),
  };
}

describe('readInnerProducts', () => {
  const products = [[0, 8, 6, 1, 2, -1, -3], [1, 2, 3, 9, 5, 0, 0], [0, 0, 0, 0, 0, 0, 0]]; // prettier-ignore
  const { perThought, binEdges = [] } = readInnerProducts([{ item, products }], options);
  const [first, second, third] = perThought;

  it('has the nested groups of the notebook, with its walk frontier', () => {
    // After two steps the walk is at 2 (again), 3 and 4; breadth-first search is at 3 and 4.
    expect(meanOf(second.published, 'frontier')).toMatchObject({ members: 3, mean: { value: (3 + 9 + 5) / 3 } });
    expect(breadthFirstLayers(graph, item.root)[2]).toEqual([3, 4]);
    perThought.forEach(({ published }, i) => {
      const groups = notebook(item, i + 1);
      for (const { name, members, mean } of published) {
        const nodes = groups[name];
        expect(members).toBe(nodes.length);
        if (nodes.length === 0) expect(mean).toEqual({ value: null, low: null, high: null, n: 0, clusters: 0 });
        else expect(mean.value).toBeCloseTo(nodes.reduce((sum, v) => sum + products[i][v], 0) / nodes.length, 12);
      }
    });
  });

  it('counts the single values, in bins of .5 from −3 for all groups and thoughts', () => {
    expect([binEdges[0], binEdges[1], binEdges.at(-1)]).toEqual([-3, -2.5, 9.5]);
    for (const { classes, published } of perThought)
      for (const { members, counts = [] } of [...classes, ...published]) {
        expect(counts).toHaveLength(25);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(members);
      }
    // After two steps the walk is at 2, 3 and 4 with 3, 9 and 5.
    const { counts = [] } = meanOf(second.published, 'frontier');
    expect(binEdges.filter((_, i) => (counts[i] ?? 0) > 0)).toEqual([3, 5, 9]);
  });

  it('has disjoint classes beside them, whose means the optimal nodes do not lift', () => {
    const sizes = second.classes.map(({ members }) => members);
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(7);
    expect(meanOf(second.classes, 'frontierOptimal').mean.value).toBe(9);
    expect(meanOf(second.classes, 'frontierOther').mean.value).toBe(5);
    expect(meanOf(second.classes, 'expanded').mean.value).toBe(2);
    const { value } = meanOf(second.published, 'reachable').mean;
    expect(value).toBe((1 + 2 + 3 + 9 + 5) / 5);
    // At thought 1 node 2 is the optimal one, and 1 the other; the nested frontier has both.
    expect(meanOf(first.published, 'frontier').mean.value).toBe(7);
    expect(meanOf(first.classes, 'frontierOther').mean.value).toBe(8);
  });

  it('has no mean of a class without nodes', () => {
    expect(meanOf(third.classes, 'frontierOptimal')).toMatchObject({ members: 0, mean: { value: null, n: 0 } });
    expect(third.auc.frontierVsNever).toMatchObject({ value: null, n: 0 });
    expect(second.auc.frontierVsNever).toMatchObject({ value: 1, n: 1 });
    expect(JSON.parse(JSON.stringify(perThought))).toEqual(perThought);
  });

  it('is a thought’s logit where embeddings are tied', async () => {
    const model = await fixtureModel('prosqa-small-coconut');
    const items = smallItems(6);
    const observations = await observeInnerProducts(model, items, symbolicWording, 2);
    const values = await observeValues(model, items, symbolicWording, 2);
    model.dispose();
    observations.forEach(({ products: own }, row) =>
      own.forEach((logits, c) => {
        const [a, b] = [0, logits.length - 1];
        const p = values[row].values[c];
        // Float32 logits of up to 20, rounded in the run and again here.
        expect(logits[a] - logits[b]).toBeCloseTo(Math.log(p[a] / p[b]), 3);
      }),
    );
  });
});

describe('edgeGroups', () => {
  const groupsAt = (n: number): Record<string, number[]> => Object.fromEntries(edgeGroups(graph, search, n));

  it('takes edges by their sources, optimal ones also by their ends', () => {
    // 0: 0->1, 1: 1->2, 2: 0->2, 3: 2->3, 4: 1->4, 5: 5->6
    const one = groupsAt(1);
    expect(one['published:reachable']).toEqual([0, 1, 2, 3, 4]);
    expect(one['published:notReachable']).toEqual([5]);
    expect(one['published:frontier']).toEqual([1, 3, 4]);
    expect(one['published:optimal']).toEqual([3]);
    expect(one).toMatchObject({ frontierOptimal: [3], frontierOther: [1, 4], expanded: [0, 2], otherRoot: [5] });
    const two = groupsAt(2);
    // The walk comes past 2 again; the search has left it behind.
    expect(two['published:frontier']).toEqual([3]);
    expect(two).toMatchObject({ frontierOptimal: [], frontierOther: [], expanded: [0, 1, 2, 3, 4] });
  });

  it('has all within reach on the frontier at n = 0 alone, as table 1 has at its first step', () => {
    expect(groupsAt(0)['published:reachable']).toEqual(groupsAt(0)['published:frontier']);
    expect(groupsAt(1)['published:reachable']).not.toEqual(groupsAt(1)['published:frontier']);
  });

  it('agrees with the notebook, and its disjoint groups are a partition', () => {
    for (const other of [item, ...smallItems(8)]) {
      for (const n of [0, 1, 2, 3, 4]) {
        const own = itemGraph(other);
        const groups = new Map(edgeGroups(own, itemSearch(other), n));
        const { reachable, frontier, next } = notebook(other, n);
        const where = (test: (source: number, end: number) => boolean): number[] =>
          [...other.edges.keys()].filter((edge) => test(...other.edges[edge]));
        expect(groups.get('published:reachable')).toEqual(where((source) => reachable.includes(source)));
        expect(groups.get('published:frontier')).toEqual(where((source) => frontier.includes(source)));
        expect(groups.get('published:optimal')).toEqual(
          where((source, end) => frontier.includes(source) && next.includes(end)),
        );
        const disjoint = [...groups].filter(([name]) => !name.startsWith('published:')).flatMap(([, edges]) => edges);
        expect(disjoint.sort((a, b) => a - b)).toEqual([...other.edges.keys()]);
      }
    }
  });
});

describe('readEdgeAttention', () => {
  it('averages over edges, with the level of even attention beside it', () => {
    const attention = [0.1, 0.2, 0.3, 1.2, 0.1, 0.1];
    const after = [{ attention, positions: 20 }, { attention, positions: 21 }]; // prettier-ignore
    const result = readEdgeAttention([{ item, layer: 1, heads: 4, after }], options);
    expect(result).toMatchObject({ layer: 1, heads: 4, items: 1 });
    const [, one] = result.perThought;
    // Bins of .05 from .1: 1.2 begins the last of 23.
    const { counts = [] } = meanOf(one.published, 'frontier');
    expect(result.binEdges?.[0]).toBe(0.1);
    expect([counts.length, counts[0], counts[2], counts[22]]).toEqual([23, 1, 1, 1]);
    expect(meanOf(one.published, 'frontier').mean.value).toBeCloseTo((0.2 + 1.2 + 0.1) / 3, 12);
    expect(meanOf(one.classes, 'frontierOther').mean.value).toBeCloseTo(0.15, 12);
    expect(one.onEdges.value).toBeCloseTo(2 / 4, 12);
    expect(one.even.value).toBeCloseTo(12 / 21, 12);
    expect(meanOf(one.classes, 'unreachable')).toMatchObject({ members: 0, mean: { value: null, n: 0 } });
  });

  it('finds the edges of constructed-bfs’s frontier and none beyond it, whatever the padding', async () => {
    const model = await fixtureModel('constructed-bfs');
    const items = smallItems(6);
    const observations = await observeEdgeAttention(model, items, symbolicWording, 2);
    const alone = await observeEdgeAttention(model, items.slice(3, 4), symbolicWording, 2);
    await expect(observeEdgeAttention(model, items, symbolicWording, 2, 2)).rejects.toThrow(
      '--layer: no such layer (2); the model has layers 0 to 1',
    );
    await expect(observeEdgeAttention(model, items, englishWording(await gpt2Tokenizer()), 2)).rejects.toThrow(
      'edge-attention: sums over the three tokens of an edge, which only the symbolic wording has (gpt2)',
    );
    model.dispose();
    observations[3].after.forEach(({ attention }, n) =>
      attention.forEach((x, edge) => expect(x).toBeCloseTo(alone[0].after[n].attention[edge], 5)),
    );
    for (const { item: own, after } of observations) {
      const depths = breadthFirstDepths(itemGraph(own), own.root);
      after.forEach(({ attention }, n) => {
        attention.forEach((x, edge) => {
          const depth = depths[own.edges[edge][0]];
          if (depth >= 0 && depth <= n) expect(x).toBeGreaterThan(0.02);
          else expect(x).toBeLessThan(1e-6);
        });
        // One head searches.
        expect(attention.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      });
    }
  });
});
