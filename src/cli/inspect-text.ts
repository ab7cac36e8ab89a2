import type { HeuristicAccuracy, HeuristicName, Histogram, Inspection, Spread } from '../dataset/index.js';
import { alignColumns } from '../readout/index.js';
import { plural } from './plural.js';

const HEURISTIC_WORDS: Readonly<Record<HeuristicName, string>> = {
  lowerInDegree: 'lower in-degree',
  fartherFromEntity: 'farther from its nearest entity',
  higherIndex: 'higher node number',
  laterMention: 'first mentioned later',
  forwardFromRoot: 'reached from the root',
  eliminationFromOtherRoot: 'not reached from the other root',
  eliminationFromOtherEntities: 'not reached from any other entity',
};

export function heuristicWords({ name, hops }: HeuristicAccuracy): string {
  return `${HEURISTIC_WORDS[name]}${hops === undefined ? '' : ` within ${hops} ${hops === 1 ? 'hop' : 'hops'}`}`;
}

function spread({ mean, sd, min, max }: Spread): string {
  return `${mean.toFixed(2)} ± ${sd.toFixed(2)}  [${min}, ${max}]`;
}

function histogram(counts: Histogram): string {
  return counts.map(([value, count]) => `${value}:${count}`).join('  ');
}

/** An inspection as plain text. */
export function inspectText(path: string, found: Inspection): string {
  const { rootShares: shares } = found;
  const lines: (readonly [string, string])[] = [
    ['nodes per item', spread(found.nodes)],
    ['edges per item', spread(found.edges)],
    ['reachable from the root', spread(found.reachable)],
    ['entities', histogram(found.entities)],
    ['depth of the target', histogram(found.targetDepth)],
    ['depth of the decoy', `${histogram(found.decoyDepth)}  (from the other root)`],
    ['shortest paths', histogram(found.shortestPaths)],
    ['deepest reachable node', histogram(found.eccentricity)],
    ['in-degree', histogram(found.inDegree)],
    ['out-degree', histogram(found.outDegree)],
    ['out-degree of the root', histogram(found.rootOutDegree)],
    ['target named first', `${found.targetFirst} of ${found.items}`],
    [
      'nodes by root',
      `root only ${shares.rootOnly.toFixed(2)}, other only ${shares.otherOnly.toFixed(2)}, both ${shares.both.toFixed(2)}, neither ${shares.neither.toFixed(2)}`,
    ],
  ];
  const depths = found.depths.map((at) => [
    String(at.depth),
    at.frontier.mean.toFixed(2),
    String(at.frontier.max),
    at.atLeastTwo.toFixed(2),
    at.walkFrontier.toFixed(2),
    at.leadsToTarget === undefined ? '-' : at.leadsToTarget.toFixed(3),
    String(at.chanceItems),
  ]);
  const heuristics = found.heuristics.map((heuristic) => [
    `${heuristicWords(heuristic)}${heuristic.usesDecoy ? ' *' : ''}`,
    heuristic.accuracy.toFixed(3),
    String(heuristic.right),
    String(heuristic.ties),
    String(heuristic.wrong),
  ]);
  return [
    `${path}: ${plural(found.items, 'item')}`,
    '',
    alignColumns(lines, 2),
    '',
    'Frontier by depth (means over all items); a random frontier node leads to the target with this chance, over the',
    'n items whose target is at least as deep',
    alignColumns([['depth', 'size', 'max', 'P(>=2)', 'walk size', 'chance', 'n'], ...depths], 1),
    '',
    `Choosing between the two candidates without the model, n = ${found.items}; ties count half`,
    alignColumns([['strategy', 'accuracy', 'right', 'tie', 'wrong'], ...heuristics], 1),
    '* uses the decoy to find the other root: open to a model only if a convention of the prompt tells it',
  ].join('\n');
}
