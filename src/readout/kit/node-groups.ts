import {
  NODE_CLASSES,
  nodeClasses,
  nodesOf,
  publishedGroups,
  type Graph,
  type NodeClass,
  type Search,
} from '../../graph/index.js';
import type { Estimate } from '../../statistics/index.js';
import type { GraphEstimates } from './graph-estimates.js';
import { PUBLISHED_GROUPS, type GroupKey, type PublishedGroup } from './groups.js';
import type { BinCounts } from './histogram.js';

/** A number of the members of one group: of nodes, or of edges. */
export interface GroupMean<Name extends string = string> {
  readonly name: Name;
  /** How many members all items have together. */
  readonly members: number;
  /** Mean over the members, each of each item counting once; n = items that have one. */
  readonly mean: Estimate;
  /** [bins], how many members have a value in each bin of the result. Results of older versions have none. */
  readonly counts?: readonly number[] | undefined;
}

/** A result that counts single values. @inline */
export interface Binned {
  /** [bins + 1], see `binEdges`; the same for all groups and thoughts. Results of older versions have none. */
  readonly binEdges?: readonly number[] | undefined;
}

/** Every group of both kinds. */
export interface GroupMeans {
  /** Nested: each group contains the next one, so that their means are not independent. For comparison with the paper. */
  readonly published: readonly GroupMean<PublishedGroup>[];
  /** Disjoint: every member is in exactly one. */
  readonly classes: readonly GroupMean<NodeClass>[];
}

/** The members of every group after c thoughts, nested and disjoint. */
export function nodeGroups(graph: Graph, search: Search, c: number): [GroupKey, readonly number[]][] {
  const classes = nodeClasses(graph, search, c);
  const published = publishedGroups(graph, search, c);
  return [
    ...NODE_CLASSES.map((name): [GroupKey, number[]] => [
      name,
      nodesOf(graph).filter((node) => classes[node] === name),
    ]),
    ...PUBLISHED_GROUPS.map((name): [GroupKey, readonly number[]] => [`published:${name}`, published[name]]),
  ];
}

/** Adds the current item's members to the means that {@link groupMeans} reads. */
export function addGroups(
  found: GraphEstimates,
  key: string,
  groups: readonly (readonly [GroupKey, readonly number[]])[],
  values: ArrayLike<number>,
  bins: BinCounts,
): void {
  for (const [name, members] of groups) {
    const own = members.map((member) => values[member]);
    found.addEach(`${key} ${name}`, own);
    bins.add(`${key} ${name}`, own);
    found.add(`members of ${key} ${name}`, members.length);
  }
}

export function groupMeans(
  found: GraphEstimates,
  estimate: (name: string) => Estimate,
  bins: BinCounts,
  key: string,
): GroupMeans {
  const group = <Name extends string>(name: Name, groupKey: GroupKey): GroupMean<Name> => ({
    name,
    members: found.totalOf(`members of ${key} ${groupKey}`),
    mean: estimate(`${key} ${groupKey}`),
    counts: bins.of(`${key} ${groupKey}`),
  });
  return {
    published: PUBLISHED_GROUPS.map((name) => group(name, `published:${name}`)),
    classes: NODE_CLASSES.map((name) => group(name, name)),
  };
}
