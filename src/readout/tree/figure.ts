import { chartFigure, type ChartSeries, type Figure, type FigureOptions } from '../../drawing/index.js';
import type { Estimate } from '../../statistics/index.js';
import { countAxis, markWords, niceAxis, sampleWords, shareAxis, valueWords } from '../kit/sample.js';
import type { TreeReadout, TreeSummary } from './schema.js';

const CHANCE_STYLE = 7;

/**
 * Concept values V of the candidates after c thoughts over all items (Coconut, arXiv 2412.06769, section 4.3): how much of
 * them there is, how evenly it spreads, and whether the highest leads to the target.
 */
export function treeFigure(
  readout: Pick<TreeReadout, 'scorer' | 'items' | 'graphs' | 'bootstrap' | 'perThought'>,
  { id = 'tree' }: FigureOptions = {},
): Figure {
  const { perThought, scorer } = readout;
  const x = countAxis(
    'thoughts c',
    perThought.map(({ thought }) => thought),
  );
  const line = (
    name: string,
    style: number,
    of: (after: TreeSummary) => Estimate,
    drawn: ChartSeries['drawn'] = 'both',
    shift = 0,
  ): ChartSeries => ({
    name,
    style,
    drawn,
    shift,
    points: perThought.map((after) => ({ x: after.thought, ...of(after) })),
  });
  const sums = perThought.flatMap(({ graphMass, candidateMass, highest }) =>
    [graphMass, candidateMass, highest].flatMap(({ value, high }) => [value, high]),
  );
  return chartFigure({
    id,
    title: 'Concept values along the graph',
    notes: [
      `${sampleWords(readout)}${valueWords(scorer)}. Candidates after c thoughts: nodes at depth c.`,
      'Evenness: entropy over the candidates / log2 of their number. Leads to the target: items whose target lies at depth c or deeper; chance: a candidate drawn blindly.',
      `${markWords(readout)}.`,
    ],
    description: `Raw values of all nodes, of all candidates and of the highest candidate, evenness of the candidates, and how often the highest leads to the target, after 1 to ${perThought.length} thoughts.`,
    columns: 3,
    columnNames: { panel: 'quantity', x: 'thoughts', y: 'value' },
    panels: [
      {
        heading: 'raw values',
        x,
        y: niceAxis('value', [1, ...sums]),
        series: [
          line('all nodes', 3, ({ graphMass }) => graphMass, 'both', -4),
          line('all candidates', 0, ({ candidateMass }) => candidateMass),
          line('highest candidate', 1, ({ highest }) => highest, 'both', 4),
        ],
      },
      {
        heading: 'evenness of the candidates',
        x,
        y: shareAxis('evenness'),
        series: [line('evenness', 2, ({ evenness }) => evenness)],
      },
      {
        heading: 'highest leads to the target',
        x,
        y: shareAxis('share of items'),
        series: [
          line('highest candidate', 1, ({ topCorrect }) => topCorrect.rate),
          line('chance', CHANCE_STYLE, ({ topCorrect }) => topCorrect.chance, 'joined'),
        ],
      },
    ],
  });
}
