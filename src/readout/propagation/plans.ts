import { nodesWhere, type ItemSearch } from '../../dataset/index.js';
import { breadthFirstDepths, UNREACHED } from '../../graph/index.js';
import type { Random } from '../../random.js';
import type { PropagationEdit } from './edit-names.js';

/** Which nodes of an item an edit of thought t concerns. */
export interface Plan {
  /** What is removed or added. */
  readonly nodes: readonly number[];
  /** What the reference removes or adds; none where there is no such node. */
  readonly wrongNodes: readonly number[];
  /** Those of `nodes` at depth t, or the added one: read at thought t. */
  readonly own: readonly number[];
  /** Read at thought t + 1; may be empty but for single nodes. */
  readonly children: readonly number[];
  /** Read at thought t + 2; may be empty. */
  readonly grandchildren: readonly number[];
  /** Never reached, not named by the question, out of reach of what is added: what all are read against. At least one. */
  readonly others: readonly number[];
}

/**
 * The nodes at one depth more all of whose parents at this depth are among some: those that a search reaches there through
 * them alone.
 *
 * @param nodes at `depth`
 */
export function exclusiveChildren({ graph, depths }: ItemSearch, depth: number, nodes: readonly number[]): number[] {
  return nodesWhere(
    depths,
    (own, child) =>
      own === depth + 1 &&
      graph.edges.every(([source, target]) => target !== child || depths[source] !== depth || nodes.includes(source)),
  );
}

/**
 * What one edit of thought t concerns. Candidates are neither read nor added: the question names them.
 *
 * @param thought t, below depth - 1: neither t nor t + 1 has the target in it
 * @param random of this item, edit and thought
 * @returns undefined where the item has no such nodes
 */
export function planEdit(edit: PropagationEdit, search: ItemSearch, thought: number, random: Random): Plan | undefined {
  switch (edit) {
    case 'onWay':
      return planOne(search, thought, random, (node) => search.toTarget[node] === search.depth - thought);
    case 'offWay':
      return planOne(search, thought, random, (node) => search.toTarget[node] !== search.depth - thought);
    case 'allLeading':
      return planAll(search, thought);
    case 'added':
      return planAddition(search, random);
  }
}

function planOne(
  search: ItemSearch,
  thought: number,
  random: Random,
  chosen: (node: number) => boolean,
): Plan | undefined {
  const readable = random
    .shuffle(search.atDepth(thought))
    .filter((node) => unnamed(search, exclusiveChildren(search, thought, [node])).length > 0);
  const node = readable.find(chosen);
  if (node === undefined) return undefined;
  const wrongNodes = readable.filter((other) => other !== node).slice(0, 1);
  return withReadings(search, thought, { nodes: [node], wrongNodes });
}

function planAll(search: ItemSearch, thought: number): Plan | undefined {
  const { depths } = search;
  const held = nodesWhere(depths, (depth) => depth !== UNREACHED && depth <= thought);
  return withReadings(search, thought, {
    nodes: held.filter((node) => search.reachesTarget(node)),
    wrongNodes: held.filter((node) => !search.reachesTarget(node)),
  });
}

function withReadings(
  search: ItemSearch,
  thought: number,
  { nodes, wrongNodes }: Pick<Plan, 'nodes' | 'wrongNodes'>,
): Plan | undefined {
  const others = unnamed(search, search.neverReached());
  if (others.length === 0) return undefined;
  const own = nodes.filter((node) => search.depths[node] === thought);
  const children = exclusiveChildren(search, thought, own);
  const grandchildren = exclusiveChildren(search, thought + 1, children);
  return {
    nodes,
    wrongNodes,
    own,
    children: unnamed(search, children),
    grandchildren: unnamed(search, grandchildren),
    others,
  };
}

/** A node and, if there is one, another that leaves something out of both their reach to read against. */
function planAddition(search: ItemSearch, random: Random): Plan | undefined {
  const never = unnamed(search, search.neverReached());
  const within = new Map(never.map((node) => [node, breadthFirstDepths(search.graph, node)]));
  const away = (from: number, to: number): number => within.get(from)?.[to] ?? UNREACHED;
  const near = (from: number, to: number): boolean => away(from, to) !== UNREACHED && away(from, to) <= 2;
  const order = random.shuffle([...never]);
  const planOf = (node: number, wrongNodes: readonly number[]): Plan[] => {
    const at = (distance: number): number[] =>
      never.filter((other) => away(node, other) === distance && !wrongNodes.some((wrong) => near(wrong, other)));
    const others = never.filter((other) => ![node, ...wrongNodes].some((from) => near(from, other)));
    const [children, grandchildren] = [at(1), at(2)];
    if (children.length === 0 || others.length === 0) return [];
    return [{ nodes: [node], wrongNodes, own: [node], children, grandchildren, others }];
  };
  const parents = (except?: number): number[] =>
    order.filter((node) => node !== except && never.some((other) => away(node, other) === 1));
  const paired = parents().flatMap((node) => parents(node).flatMap((wrong) => planOf(node, [wrong])));
  return (
    paired.at(0) ??
    parents()
      .flatMap((node) => planOf(node, []))
      .at(0)
  );
}

/** Without the candidates. */
function unnamed({ item }: ItemSearch, nodes: readonly number[]): number[] {
  return nodes.filter((node) => !item.candidates.includes(node));
}
