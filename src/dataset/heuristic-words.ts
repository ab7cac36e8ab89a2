import type { HeuristicAccuracy, HeuristicName } from './inspect-heuristics.js';

const HEURISTIC_WORDS: Readonly<Record<HeuristicName, string>> = {
  lowerInDegree: 'lower in-degree',
  fartherFromEntity: 'farther from its nearest entity',
  higherIndex: 'higher node number',
  laterMention: 'first mentioned later',
  forwardFromRoot: 'reached from the root',
  eliminationFromOtherRoot: 'not reached from the other root',
  eliminationFromOtherEntities: 'not reached from any other entity',
};

/** A strategy in words: how it tells the target from the decoy. */
export function heuristicWords({ name, hops }: HeuristicAccuracy): string {
  return `${HEURISTIC_WORDS[name]}${hops === undefined ? '' : ` within ${hops} ${hops === 1 ? 'hop' : 'hops'}`}`;
}
