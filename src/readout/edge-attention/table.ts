import { formatFraction, formatMagnitude } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine } from '../kit/estimate-table.js';
import { groupTables } from '../kit/group-table.js';
import type { EdgeAttentionReadout } from './schema.js';

/** Plain text. */
export function formatEdgeAttention(result: EdgeAttentionReadout): string {
  const { perThought, items, graphs, layer, heads } = result;
  return [
    `Attention to edges (arXiv 2505.12514): ${items} items, ${graphs} graphs; layer ${layer ?? '-'}, sum over ${heads ?? '-'} heads.`,
    'Attention of the position that reads thought c (0: the root) to an edge: source, end and the token after them.',
    "The paper's step is c + 1. An edge belongs to a group by its source; optimal ones also end on a shortest path.",
    intervalLine(result),
    '',
    ...groupTables(perThought, 'attention', 'edges'),
    '',
    'Share of attention on all edges together; what an edge would get if all positions got the same',
    estimateTable(perThought, { heading: ['c'], of: ({ thought }) => [String(thought)] }, [
      { heading: 'on edges', of: ({ onEdges }) => onEdges, format: formatFraction },
      { heading: 'even', of: ({ even }) => even, format: formatMagnitude, plain: true },
    ]),
    '',
    ...estimateNotes(perThought.flatMap(({ classes, onEdges }) => [onEdges, ...classes.map(({ mean }) => mean)])),
  ].join('\n');
}
