import { formatFraction, formatMagnitude } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine, type EstimateColumn } from '../kit/estimate-table.js';
import type { PriorReading, QuestionPriorReadout } from './schema.js';

/** Plain text. */
export function formatQuestionPrior(result: QuestionPriorReadout): string {
  const rows = [
    { place: 'before any thought', ...result.before },
    { place: 'answering at once', ...result.answer },
  ];
  const labels = { heading: ['read'], of: ({ place }: { place: string }) => [place], words: 1 };
  const column = (
    heading: string,
    of: (row: PriorReading) => PriorReading['target'],
  ): EstimateColumn<PriorReading> => ({
    heading,
    of,
    format: formatFraction,
  });
  return [
    `What the question alone says (arXiv 2604.06374): ${result.items} items, ${result.graphs} graphs.`,
    "Before any thought: names at the prompt's last position. Answering at once: where the answer's name stands.",
    'Probabilities over the sum of all nodes of the graph, mean over items.',
    intervalLine(result, 'shares of items'),
    '',
    'Target and decoy; of the two: P(target) / (P(target) + P(decoy)), chance .500; above: share of items, chance .500',
    estimateTable(rows, labels, [
      column('P(target)', ({ target }) => target),
      column('P(decoy)', ({ decoy }) => decoy),
      column('of the two', ({ targetShare }) => targetShare),
      column('above', ({ targetAbove }) => targetAbove),
      column('P(target) > 1/2', ({ targetMajority }) => targetMajority),
    ]),
    '',
    "The root's children, and what equal probabilities would give them; raw sum of all nodes",
    estimateTable(rows, labels, [
      column('children', ({ frontier }) => frontier),
      { ...column('equal', ({ frontierUniform }) => frontierUniform), plain: true },
      { heading: 'entropy, bits', of: ({ entropyBits }) => entropyBits, format: formatMagnitude },
      column('all nodes, raw', ({ nodeMass }) => nodeMass),
    ]),
    '',
    ...estimateNotes(rows.map(({ targetShare }) => targetShare)),
  ].join('\n');
}
