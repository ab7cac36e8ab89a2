import { heuristicWords, type Histogram, type Inspection, type Spread } from '../dataset/index.js';
import { alignColumns } from '../align-columns.js';
import { plural } from '../plural.js';
import type { TokenLengths } from './inspect-tokens.js';

function spread({ mean, sd, min, max }: Spread): string {
  return `${mean.toFixed(2)} ± ${sd.toFixed(2)}  [${min}, ${max}]`;
}

/** How many items have each value, and the values' mean over the items. */
function histogram(counts: Histogram, note = ''): string {
  const items = counts.reduce((sum, [, count]) => sum + count, 0);
  const mean = counts.reduce((sum, [value, count]) => sum + value * count, 0) / items;
  const squares = counts.reduce((sum, [value, count]) => sum + count * (value - mean) ** 2, 0);
  const sd = items === 1 ? 0 : Math.sqrt(squares / (items - 1));
  const values = counts.map(([value, count]) => `${value}:${count}`).join('  ');
  return `${mean.toFixed(2)} ± ${sd.toFixed(2)}  ${values}${note}`;
}

/** The share of all nodes that has each value. */
function shares(counts: Histogram): string {
  const nodes = counts.reduce((sum, [, count]) => sum + count, 0);
  const values = counts.map(([value, count]) => `${value}:${(count / nodes).toFixed(3)}`).join('  ');
  return `${values}  (shares of ${plural(nodes, 'node')})`;
}

/** An inspection as plain text: means with standard deviations, then the range in brackets or the items by value. */
export function inspectText(path: string, found: Inspection, tokens: TokenLengths): string {
  const { rootShares: byRoot } = found;
  const lines: (readonly [string, string])[] = [
    ['nodes per item', spread(found.nodes)],
    ['edges per item', spread(found.edges)],
    ['reachable from the root', `${spread(found.reachable)}  (the root included)`],
    ['entities', histogram(found.entities)],
    ['depth of the target', histogram(found.targetDepth)],
    ['depth of the decoy', histogram(found.decoyDepth, '  (from the other root)')],
    ['shortest paths', histogram(found.shortestPaths)],
    ['deepest reachable node', histogram(found.eccentricity)],
    ['in-degree of the target', histogram(found.targetInDegree)],
    ['in-degree of the decoy', histogram(found.decoyInDegree)],
    ['out-degree of the root', histogram(found.rootOutDegree)],
    ['number of the root', histogram(found.rootNumber)],
    ['target named first', `${found.targetFirst} of ${found.items}`],
    ['in-degree', shares(found.inDegree)],
    ['out-degree', shares(found.outDegree)],
    [
      'nodes by root',
      `root only ${byRoot.rootOnly.toFixed(2)}, other only ${byRoot.otherOnly.toFixed(2)}, both ${byRoot.both.toFixed(2)}, neither ${byRoot.neither.toFixed(2)}`,
    ],
    ['GPT-2 tokens of the question', spread(tokens.question)],
    ['GPT-2 tokens of the steps', spread(tokens.steps)],
    ['GPT-2 tokens of the answer', spread(tokens.answer)],
    ['GPT-2 tokens of all three', spread(tokens.sequence)],
    [
      'GPT-2 tokens of a concept',
      tokens.concepts.map(([length, names]) => `${plural(names, 'name')} of ${length}`).join(', '),
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
