import { describe, expect, it } from 'vitest';
import { itemSearch, type Item } from '../../../src/dataset/index.js';
import { createRandom } from '../../../src/random.js';
import type { PropagationEdit } from '../../../src/readout/index.js';
import { exclusiveChildren, planEdit, type Plan } from '../../../src/readout/propagation/plans.js';
import { itemOf } from '../records.js';

/**
 *     0 -> 1 -> 3 -> 6 -> 8 (target)      9 -> 10 -> 11 -> 12 (decoy)
 *          1 -> 4 -> 7                    9 -> 13
 *     0 -> 2 -> 4
 *          2 -> 5
 */
const item = itemOf(
  14,
  [[0, 1], [0, 2], [1, 3], [1, 4], [2, 4], [2, 5], [3, 6], [4, 7], [6, 8], [9, 10], [10, 11], [11, 12], [9, 13]],
  { target: 8, decoy: 12 },
); // prettier-ignore

const random = createRandom('plans');
const planOf = (edit: PropagationEdit, thought = 1, of: Item = item): Plan | undefined =>
  planEdit(edit, itemSearch(of), thought, random);

describe('exclusiveChildren', () => {
  it('are those that a search reaches through these nodes alone', () => {
    const search = itemSearch(item);
    expect(exclusiveChildren(search, 1, [1])).toEqual([3]);
    expect(exclusiveChildren(search, 1, [2])).toEqual([5]);
    expect(exclusiveChildren(search, 1, [1, 2])).toEqual([3, 4, 5]);
    expect(exclusiveChildren(search, 2, [3])).toEqual([6]);
  });

  it('may have parents that the search reaches later', () => {
    const late = itemOf(14, [...item.edges, [7, 5]], { target: 8, decoy: 12 });
    expect(exclusiveChildren(itemSearch(late), 1, [2])).toEqual([5]);
  });
});

describe('planEdit', () => {
  const others = [9, 10, 11, 13];

  it('removes one node on a shortest path, or one that is on none, and reads what is its own', () => {
    expect(planOf('onWay')).toEqual({
      ...{ nodes: [1], wrongNodes: [2], own: [1], children: [3], grandchildren: [6], others },
    });
    expect(planOf('offWay')).toEqual({
      ...{ nodes: [2], wrongNodes: [1], own: [2], children: [5], grandchildren: [], others },
    });
  });

  it('has no plan where no such node has children to itself, and no wrong node where no other has', () => {
    const alone = itemOf(14, [...item.edges, [1, 5]], { target: 8, decoy: 12 });
    expect(planOf('offWay', 1, alone)).toBeUndefined();
    expect(planOf('onWay', 1, alone)?.wrongNodes).toEqual([]);
  });

  it('does not read the target', () => {
    // At thought 2 of 4: 3 is on the way, and its grandchild is the target.
    expect(planOf('onWay', 2)).toMatchObject({ nodes: [3], wrongNodes: [4], children: [6], grandchildren: [] });
  });

  it('removes all nodes so far that lead to the target, earlier ones among them', () => {
    expect(planOf('allLeading')).toEqual({
      ...{ nodes: [0, 1], wrongNodes: [2], own: [1], children: [3], grandchildren: [6], others },
    });
  });

  it('adds a node that is never reached, and reads it against nodes out of its reach', () => {
    // 9 has 10 and 13 as children and 11 as grandchild: nothing is left. 11 has only the decoy.
    expect(planOf('added')).toEqual({
      ...{ nodes: [10], wrongNodes: [], own: [10], children: [11], grandchildren: [], others: [9, 13] },
    });
  });

  it('adds another node as the reference, neither reads what it brings nor reads against it', () => {
    // A second tree, 14 -> 15 -> 16, beside 9 -> 10.
    const two = itemOf(
      18,
      [[0, 1], [1, 2], [2, 3], [3, 4], [9, 10], [10, 11], [14, 15], [15, 16], [16, 17], [11, 5]],
      { target: 4, decoy: 5 },
    ); // prettier-ignore
    const plan = planOf('added', 1, two);
    const reach: Record<number, number[]> = { 9: [10, 11], 10: [11], 14: [15, 16], 15: [16, 17], 16: [17] };
    const [[node], [wrong]] = [plan?.nodes ?? [], plan?.wrongNodes ?? []];
    for (const read of [...(plan?.children ?? []), ...(plan?.grandchildren ?? [])])
      expect([wrong, ...reach[wrong]]).not.toContain(read);
    expect(plan?.children).toContain(reach[node][0]);
    for (const other of plan?.others ?? []) expect([node, wrong, ...reach[node], ...reach[wrong]]).not.toContain(other);
  });
});
