import { formatFraction } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine } from '../kit/estimate-table.js';
import { valueLine } from '../kit/value-line.js';
import { HEIGHT_DEFINITIONS } from './read.js';
import type { HeightReading, HeightReadout } from './schema.js';

/** Plain text. */
export function formatHeight(result: HeightReadout): string {
  const { perThought, items, graphs } = result;
  const rows = perThought.flatMap(({ thought, ...of }) =>
    HEIGHT_DEFINITIONS.map((definition) => ({ thought, definition, ...of[definition] })),
  );
  const cells = rows.flatMap(({ byHeight, thought, definition }) =>
    byHeight.map((at) => ({ thought, definition, ...at })),
  );
  const labels = {
    heading: ['height', 'c'],
    of: ({ definition, thought }: { definition: string; thought: number }) => [definition, String(thought)],
    words: 1,
  };
  const gap = (heading: string, of: (row: HeightReading) => (typeof rows)[number]['gap']) => ({
    heading,
    of,
    format: formatFraction,
  });
  return [
    `Value and height (arXiv 2412.06769, section 4.4): ${items} items, ${graphs} graphs.`,
    valueLine(result.scorer),
    'Candidates after c thoughts: the nodes at depth c, where the target is at depth >= c; correct: can reach the target.',
    'Height: distance to a leaf, the longest or the shortest one.',
    intervalLine(result),
    '',
    'Mean raw value per node, by height h',
    estimateTable(
      cells,
      { ...labels, heading: ['height', 'c', 'h'], of: (row) => [...labels.of(row), String(row.height)] },
      [
        { heading: 'correct', of: ({ correct }) => correct, format: formatFraction },
        { heading: 'incorrect', of: ({ incorrect }) => incorrect, format: formatFraction },
      ],
    ),
    '',
    'Correct minus incorrect: plain, at equal height, at equal height and number of descendants',
    estimateTable(rows, labels, [
      gap('gap', (row) => row.gap),
      gap('at equal h', (row) => row.gapAtEqualHeight),
      gap('and descendants', (row) => row.gapAtEqualHeightAndDescendants),
    ]),
    '',
    'Correlation of value and height over nodes, plain and given the number of descendants',
    estimateTable(rows, labels, [
      gap('correct', (row) => row.correlation.correct.plain),
      gap('given desc.', (row) => row.correlation.correct.partial),
      gap('incorrect', (row) => row.correlation.incorrect.plain),
      gap('given desc.', (row) => row.correlation.incorrect.partial),
    ]),
    '',
    ...estimateNotes([
      ...cells.flatMap(({ correct, incorrect }) => [correct, incorrect]),
      ...rows.map((row) => row.gap),
    ]),
  ].join('\n');
}
