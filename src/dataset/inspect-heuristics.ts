import {
  chooseFartherFromEntity,
  chooseHigherIndex,
  chooseLaterMention,
  chooseLowerInDegree,
  chooseNotReachedFrom,
  chooseReached,
  entitiesOf,
  type Choice,
  type Graph,
} from '../graph/index.js';
import type { Item } from './item.js';

/** The strategies inspected; src/graph/heuristics.ts defines them. */
export type HeuristicName =
  | 'lowerInDegree'
  | 'fartherFromEntity'
  | 'higherIndex'
  | 'laterMention'
  | 'forwardFromRoot'
  | 'eliminationFromOtherRoot'
  | 'eliminationFromOtherEntities';

/** How often a strategy picks the target. */
export interface HeuristicAccuracy {
  readonly name: HeuristicName;
  /** Hops that the strategy searches, if it does. */
  readonly hops: number | undefined;
  /**
   * Whether it starts from what the decoy's side gives away (`otherRootOf`). No model can follow it unless a convention
   * of the prompt tells the other root.
   */
  readonly usesDecoy: boolean;
  readonly right: number;
  readonly ties: number;
  readonly wrong: number;
  /** (right + ties / 2) / items: ties are decided by a coin. */
  readonly accuracy: number;
}

interface Posed {
  readonly item: Item;
  readonly graph: Graph;
  readonly otherRoot: number;
}

interface Heuristic {
  readonly name: HeuristicName;
  readonly hops?: number;
  readonly usesDecoy?: boolean;
  readonly choose: (posed: Posed) => Choice;
}

const HOPS = [1, 2, 3, 4, 5, 6];

const HEURISTICS: readonly Heuristic[] = [
  { name: 'lowerInDegree', choose: ({ graph, item }) => chooseLowerInDegree(graph, item.candidates) },
  { name: 'fartherFromEntity', choose: ({ graph, item }) => chooseFartherFromEntity(graph, item.candidates) },
  { name: 'higherIndex', choose: ({ item }) => chooseHigherIndex(item.candidates) },
  { name: 'laterMention', choose: ({ graph, item }) => chooseLaterMention(graph, item.candidates) },
  ...HOPS.map((hops): Heuristic => ({
    name: 'forwardFromRoot',
    hops,
    choose: ({ graph, item }) => chooseReached(graph, item.candidates, item.root, hops),
  })),
  ...HOPS.map((hops): Heuristic => ({
    name: 'eliminationFromOtherRoot',
    hops,
    usesDecoy: true,
    choose: ({ graph, item, otherRoot }) => chooseNotReachedFrom(graph, item.candidates, [otherRoot], hops),
  })),
  ...HOPS.map((hops): Heuristic => ({
    name: 'eliminationFromOtherEntities',
    hops,
    choose: ({ graph, item }) => {
      const others = entitiesOf(graph).filter((entity) => entity !== item.root);
      return chooseNotReachedFrom(graph, item.candidates, others, hops);
    },
  })),
];

/** The accuracy of every strategy, hops 1 to 6 where it searches. */
export function inspectHeuristics(posed: readonly Posed[]): HeuristicAccuracy[] {
  return HEURISTICS.map(({ name, hops, usesDecoy = false, choose }) => {
    const choices = posed.map((one) => ({ choice: choose(one), target: one.item.target }));
    const right = choices.filter(({ choice, target }) => choice === target).length;
    const ties = choices.filter(({ choice }) => choice === 'tie').length;
    const accuracy = (right + ties / 2) / posed.length;
    return { name, hops, usesDecoy, right, ties, wrong: posed.length - right - ties, accuracy };
  });
}
