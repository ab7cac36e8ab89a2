import { formatFraction, formatMagnitude } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine } from '../kit/estimate-table.js';
import { intervalCell } from '../kit/text-table.js';
import { PROCESS_CLASSES, PROCESS_WORDS } from './process-class.js';
import type { InterpolationReadout, SpokenAfter } from './schema.js';

/** Plain text. */
export function formatInterpolation(result: InterpolationReadout): string {
  const { perThought, blindWalk, guessedEnding, items, graphs } = result;
  const labels = { heading: ['k'], of: ({ thought }: SpokenAfter) => [String(thought)] };
  const shares = PROCESS_CLASSES.map((name) => ({
    heading: PROCESS_WORDS[name],
    of: ({ classes }: SpokenAfter) => classes[name],
    format: formatFraction,
  }));
  return [
    `Speaking after k thoughts (arXiv 2412.06769, section 4): ${items} items, ${graphs} graphs.`,
    intervalLine(result, 'shares'),
    '',
    'What is said: six exclusive classes, a row sums to 1',
    estimateTable(perThought, labels, shares),
    `correct paths without search: a random walk along the edges from the root ${intervalCell(blindWalk, formatFraction)};`,
    `from k = 1 on, the last step to a candidate that is guessed ${intervalCell(guessedEnding, formatFraction)}`,
    '',
    'The answer (chance of the target .500, for a guess between the candidates), and nodes said before it',
    estimateTable(perThought, labels, [
      { heading: 'right', of: ({ answer }) => answer.right, format: formatFraction },
      { heading: 'names a candidate', of: ({ answer }) => answer.candidate, format: formatFraction },
      { heading: 'nodes', of: ({ nodes }) => nodes, format: formatMagnitude },
    ]),
    '',
    ...estimateNotes([blindWalk, guessedEnding, ...perThought.map(({ nodes }) => nodes)]),
  ].join('\n');
}
