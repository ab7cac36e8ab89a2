import { formatFraction, formatMagnitude } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine } from '../kit/estimate-table.js';
import { valueLine } from '../kit/value-line.js';
import type { TreeReadout, TreeSummary } from './schema.js';

/** Plain text: the summary; the trees themselves are in the JSON. */
export function formatTree(result: TreeReadout): string {
  const { perThought, items, graphs } = result;
  const labels = { heading: ['c'], of: ({ thought }: TreeSummary) => [String(thought)] };
  return [
    `Concept values along the graph (arXiv 2412.06769, section 4.3): ${items} items, ${graphs} graphs.`,
    valueLine(result.scorer),
    'Candidates after c thoughts: the nodes at depth c.',
    intervalLine(result),
    '',
    'Raw values, sums mean over items; evenness: entropy over candidates / log2 of their number',
    estimateTable(perThought, labels, [
      { heading: 'candidates', of: ({ candidates }) => candidates, format: formatMagnitude, plain: true },
      { heading: 'on candidates', of: ({ candidateMass }) => candidateMass, format: formatFraction },
      { heading: 'on all nodes', of: ({ graphMass }) => graphMass, format: formatFraction },
      { heading: 'highest', of: ({ highest }) => highest, format: formatFraction },
      { heading: 'evenness', of: ({ evenness }) => evenness, format: formatFraction },
    ]),
    '',
    'Top-1: the highest candidate leads to the target, where that is at depth >= c',
    estimateTable(perThought, labels, [
      { heading: 'leads to target', of: ({ topCorrect }) => topCorrect.rate, format: formatFraction },
      { heading: 'chance', of: ({ topCorrect }) => topCorrect.chance, format: formatFraction, plain: true },
      { heading: 'excess', of: ({ topCorrect }) => topCorrect.excess, format: formatFraction },
    ]),
    '',
    ...estimateNotes(perThought.flatMap(({ highest, topCorrect }) => [highest, topCorrect.rate])),
  ].join('\n');
}
