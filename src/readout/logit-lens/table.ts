import { formatFraction, formatMagnitude } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine } from '../kit/estimate-table.js';
import type { LogitLensReadout } from './schema.js';

/** Plain text. */
export function formatLogitLens(result: LogitLensReadout): string {
  const { perThought, items, graphs } = result;
  const rows = perThought.flatMap(({ thought, layers }) => layers.map((layer) => ({ thought, ...layer })));
  return [
    `Logit lens: ${items} items, ${graphs} graphs.`,
    'The residual stream after each layer, where thought c is computed, through the final norm and the LM head.',
    'Frontier: nodes at depth c. Never: not reachable from the root. The last layer is the thought itself.',
    intervalLine(result),
    '',
    'AUC of frontier against never inside each graph (chance .500), mean gap in nats, and probability, mean over items',
    estimateTable(rows, { heading: ['c', 'layer'], of: ({ thought, layer }) => [String(thought), String(layer)] }, [
      { heading: 'AUC', of: ({ auc }) => auc, format: formatFraction },
      { heading: 'logit gap', of: ({ logitGap }) => logitGap, format: formatMagnitude },
      { heading: 'on frontier', of: ({ frontierMass }) => frontierMass, format: formatFraction },
      { heading: 'on never', of: ({ neverMass }) => neverMass, format: formatFraction },
      { heading: 'on all nodes', of: ({ nodeMass }) => nodeMass, format: formatFraction },
    ]),
    '',
    ...estimateNotes(rows.flatMap(({ auc, frontierMass }) => [auc, frontierMass])),
  ].join('\n');
}
