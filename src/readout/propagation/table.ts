import { alignColumns } from '../../align-columns.js';
import { formatFraction } from '../../drawing/index.js';
import { MINIMUM_CLUSTERS } from '../../statistics/index.js';
import { estimateTable } from '../kit/estimate-table.js';
import { intervalCell, valueCell } from '../kit/text-table.js';
import { PROPAGATION_READING_WORDS, PROPAGATION_WORDS } from './edit-names.js';
import type { PropagationDisplay, PropagationEffect, PropagationReadout } from './schema.js';

/** Plain text. */
export function formatPropagation(result: PropagationReadout): string {
  const { items, graphs, correct, used, pooled, perThought, perToGo } = result;
  return [
    `Whether a thought is computed from what the one before displays: ${items} items, ${graphs} graphs.`,
    `[low high]: 95 % intervals over graphs, closed-form; [-] where fewer than ${MINIMUM_CLUSTERS} graphs contribute.`,
    `correct ${intervalCell(correct, formatFraction)}; of all items edited ${intervalCell(used, formatFraction)}`,
    '',
    'AUC of nodes against nodes that the root never reaches, by the LM head: 1/2 where they are not told from them',
    estimateTable(
      pooled.edits.flatMap(({ name: edit, readings }) => readings.map((reading) => ({ edit, reading }))),
      {
        heading: ['thought t', 'read'],
        of: ({ edit, reading }) => [PROPAGATION_WORDS[edit], PROPAGATION_READING_WORDS[reading.name]],
        words: 2,
      },
      [
        { heading: 'before', of: ({ reading }) => reading.before, format: formatFraction },
        { heading: 'after', of: ({ reading }) => reading.edited.after, format: formatFraction },
        { heading: 'change', of: ({ reading }) => reading.edited.change, format: formatFraction },
        { heading: 'same size', of: ({ reading }) => reading.sameSize.change, format: formatFraction },
        { heading: 'wrong node', of: ({ reading }) => reading.wrongNode.change, format: formatFraction },
      ],
    ),
    '',
    'Fall of T / 100',
    estimateTable(pooled.edits, { heading: ['thought t'], of: ({ name }) => [PROPAGATION_WORDS[name]], words: 1 }, [
      { heading: 'edited', of: ({ fall }) => fall.edited, format: formatFraction },
      { heading: 'same size', of: ({ fall }) => fall.sameSize, format: formatFraction },
      { heading: 'wrong node', of: ({ fall }) => fall.wrongNode, format: formatFraction },
    ]),
    '',
    'The children at t + 1, before > after (n), by thought and by edges from the frontier to the target',
    alignColumns(
      [
        ['', ...pooled.edits.map(({ name }) => PROPAGATION_WORDS[name])],
        ...perThought.map(({ thought, edits }) => [`t = ${thought}`, ...childrenOf(edits, pooled.edits)]),
        ...perToGo.map(({ name, edits }) => [name, ...childrenOf(edits, pooled.edits)]),
      ],
      1,
    ),
    '',
    'n: items that contribute; - where none do.',
  ].join('\n');
}

/** The children of each edit that there is over all thoughts. */
function childrenOf(edits: readonly PropagationEffect[], all: readonly PropagationEffect[]): string[] {
  return all.map(({ name }) => {
    const readings: readonly PropagationDisplay[] = edits.find((edit) => edit.name === name)?.readings ?? [];
    const children = readings.find((reading) => reading.name === 'children');
    if (children === undefined) return '-';
    const { before, edited } = children;
    return `${valueCell(before, formatFraction)} > ${valueCell(edited.after, formatFraction)} (${before.n})`;
  });
}
