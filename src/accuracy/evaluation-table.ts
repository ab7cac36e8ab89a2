import { heuristicWords, type HeuristicAccuracy, type HeuristicName } from '../dataset/index.js';
import { plural } from '../plural.js';
import { alignColumns } from '../align-columns.js';
import type { ClusteredProportion, Proportion } from '../statistics/index.js';
import type { Measure, ThoughtsAccuracy } from './evaluate.js';
import { intervalMethod } from './evaluation.js';

/**
 * An evaluation as text: accuracy by number of thoughts, by depth, and what shortcuts give.
 *
 * @param title what was asked, and of which items
 */
export function formatEvaluation(
  title: string,
  results: readonly ThoughtsAccuracy[],
  measures: readonly Measure[],
  heuristics: readonly HeuristicAccuracy[],
): string {
  const shortcuts = bestShortcuts(heuristics);
  const notes = measures.flatMap(({ words, note }) => (note === undefined ? [] : [`chance, ${words}: ${note}`]));
  return [
    title,
    `[low, high]: ${intervalMethod(results[results.length - 1].shares[0]).short}`,
    accuracyTable(results, measures),
    ...notes,
    ...measures.flatMap(({ words, byDepth }, i) =>
      byDepth ? ['', `${words[0].toUpperCase()}${words.slice(1)}, by depth of the target`, depthTable(results, i)] : [],
    ),
    '',
    'Shortcuts that use no model, on the same items; ties count half. Where one searches, the best of 6 numbers of',
    'hops, chosen on these very items (data inspect lists all)',
    alignColumns(
      shortcuts.map((shortcut) => [
        `${heuristicWords(shortcut)}${shortcut.usesDecoy ? ' *' : ''}`,
        shortcut.accuracy.toFixed(3),
      ]),
      1,
    ),
    ...(shortcuts.some(({ usesDecoy }) => usesDecoy)
      ? ['* uses the decoy to find the other root: not open to a model that reads the question alone']
      : []),
  ].join('\n');
}

function cell({ value, low, high }: Proportion): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function trials({ n, clusters }: ClusteredProportion): string {
  return n === clusters ? `n = ${n}` : `n = ${n}, ${plural(clusters, 'graph')}`;
}

function accuracyTable(results: readonly ThoughtsAccuracy[], measures: readonly Measure[]): string {
  return alignColumns(
    [
      ['thoughts', 'n', ...measures.map(({ words }) => words)],
      ['chance', '', ...measures.map(({ chance }) => chance?.toFixed(3) ?? '')],
      ...results.map(({ thoughts, shares }) => [String(thoughts), String(shares[0].n), ...shares.map(cell)]),
    ],
    1,
  );
}

function depthTable(results: readonly ThoughtsAccuracy[], measure: number): string {
  const depths = results[0].byDepth;
  return alignColumns(
    [
      ['thoughts', ...depths.map(({ depth, shares }) => `depth ${depth} (${trials(shares[measure])})`)],
      ...results.map(({ thoughts, byDepth }) => [
        String(thoughts),
        ...byDepth.map(({ shares }) => cell(shares[measure])),
      ]),
    ],
    1,
  );
}

/**
 * The best of every strategy but the search from the root itself, best first. The number of hops is chosen on the items
 * that it is then judged on.
 */
function bestShortcuts(heuristics: readonly HeuristicAccuracy[]): HeuristicAccuracy[] {
  const best = new Map<HeuristicName, HeuristicAccuracy>();
  for (const heuristic of heuristics) {
    if (heuristic.name === 'forwardFromRoot') continue;
    const known = best.get(heuristic.name);
    if (known === undefined || heuristic.accuracy > known.accuracy) best.set(heuristic.name, heuristic);
  }
  return [...best.values()].sort((a, b) => b.accuracy - a.accuracy);
}
