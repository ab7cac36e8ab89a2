import { formatFraction } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine } from '../kit/estimate-table.js';
import { groupTables } from '../kit/group-table.js';
import { AUC_CONTRAST_NAMES } from '../kit/groups.js';
import { CONTRAST_WORDS } from '../kit/words.js';
import type { InnerProductsReadout } from './schema.js';

/** Plain text. */
export function formatInnerProducts(result: InnerProductsReadout): string {
  const { perThought, items, graphs } = result;
  const contrasts = AUC_CONTRAST_NAMES.flatMap((name) =>
    perThought.map(({ thought, auc }) => ({ name, thought, auc: auc[name] })),
  );
  return [
    `Inner products of thoughts with token embeddings (arXiv 2505.12514): ${items} items, ${graphs} graphs.`,
    'Mean of <thought c, embedding of v> over the nodes v of a group.',
    intervalLine(result),
    '',
    ...groupTables(perThought, '<t, u>', 'nodes'),
    '',
    'AUC of the inner product inside each graph (chance .500)',
    estimateTable(
      contrasts,
      {
        heading: ['contrast', 'c'],
        of: ({ name, thought }) => [
          `${CONTRAST_WORDS[name].positive.short} vs ${CONTRAST_WORDS[name].negative.short}`,
          String(thought),
        ],
        words: 1,
      },
      [{ heading: 'AUC', of: ({ auc }) => auc, format: formatFraction }],
    ),
    '',
    ...estimateNotes([
      ...perThought.flatMap(({ classes }) => classes.map(({ mean }) => mean)),
      ...contrasts.map(({ auc }) => auc),
    ]),
  ].join('\n');
}
