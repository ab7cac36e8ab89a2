import { chartFigure, type ChartPanel, type Figure, type FigureOptions } from '../../drawing/index.js';
import { intervalWords, niceAxis, sampleWords } from '../kit/sample.js';
import { HEIGHT_DEFINITIONS } from './read.js';
import type { HeightReadout } from './schema.js';

const KINDS = ['correct', 'incorrect'] as const;
const KIND_WORDS = { correct: 'leads to the target', incorrect: 'does not' } as const;

/**
 * Value of the candidates by their height (Coconut, arXiv 2412.06769, figure 7), by both of the paper's definitions of
 * height: one row of panels for each, one column for each thought.
 */
export function heightFigure(
  readout: Pick<HeightReadout, 'items' | 'graphs' | 'bootstrap' | 'perThought'>,
  { id = 'height' }: FigureOptions = {},
): Figure {
  const { perThought } = readout;
  const all = perThought.flatMap((after) => HEIGHT_DEFINITIONS.flatMap((name) => after[name].byHeight));
  const values = all.flatMap((at) => KINDS.map((kind) => at[kind].high ?? at[kind].value));
  const most = Math.max(1, ...all.map(({ height }) => height));
  return chartFigure({
    id,
    title: 'Value of the candidates by height',
    notes: [
      `${sampleWords(readout)}. Candidates after c thoughts: nodes at depth c; items whose target lies at depth c or deeper.`,
      `Marks: mean over nodes; ${intervalWords(readout)}. Its n is the number of items that have such nodes.`,
      'Height: the longest (first row) or the shortest (second row) distance to a leaf.',
    ],
    description: `Mean value of nodes that lead to the target and of nodes that do not, by height, after 1 to ${perThought.length} thoughts and by both definitions of height.`,
    columns: Math.max(1, perThought.length),
    size: [170, 140],
    columnNames: { panel: 'panel', x: 'height', y: 'value' },
    panels: HEIGHT_DEFINITIONS.flatMap((definition) =>
      perThought.map((after): ChartPanel => ({
        heading: `${definition}, after ${after.thought} (n = ${after.items})`,
        x: {
          label: `height (${definition})`,
          domain: [-0.5, most + 0.5],
          ticks: Array.from({ length: most + 1 }, (_, height) => height),
        },
        y: niceAxis('value', [1, ...values]),
        series: KINDS.map((kind, i) => ({
          name: KIND_WORDS[kind],
          drawn: 'marks',
          style: i === 0 ? 0 : 1,
          shift: i === 0 ? -3 : 3,
          points: after[definition].byHeight.map((at) => ({ x: at.height, ...at[kind] })),
        })),
      })),
    ),
  });
}
