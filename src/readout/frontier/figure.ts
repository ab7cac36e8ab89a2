import { chartFigure, type ChartSeries, type Figure, type FigureOptions } from '../../drawing/index.js';
import { sampleWords } from '../kit/sample.js';
import { SCORER_WORDS } from '../kit/words.js';
import type { FrontierReadout, MassReadout, ThoughtReadout } from './schema.js';

/** From the bottom: what a search should hold first. */
const PARTS: Readonly<Record<keyof MassReadout, string>> = {
  frontier: 'frontier (depth c)',
  expanded: 'expanded (depth < c)',
  later: 'reachable later (depth > c)',
  never: 'never reachable',
  offGraph: 'off the graph',
};

/** What the figure needs of a frontier readout. */
export type FrontierMass = Pick<FrontierReadout, 'scorer' | 'items' | 'graphs' | 'bootstrap'> & {
  readonly perThought: readonly Pick<ThoughtReadout, 'thought' | 'mass'>[];
};

/** Where the probability lies after each thought: shares of the classes, stacked; they add up to 1. */
export function frontierFigure(readout: FrontierMass, { id = 'frontier' }: FigureOptions = {}): Figure {
  const { perThought, scorer } = readout;
  const thoughts = perThought.map(({ thought }) => thought);
  const bars = (Object.keys(PARTS) as (keyof MassReadout)[]).map((part, style): ChartSeries => ({
    name: PARTS[part],
    drawn: 'stack',
    style,
    points: perThought.map(({ thought, mass }) => ({ x: thought, ...mass[part] })),
  }));
  return chartFigure({
    id,
    title: 'Where the probability lies after each thought',
    notes: [
      `${sampleWords(readout)}. ${SCORER_WORDS[scorer].title}; off the graph: ${SCORER_WORDS[scorer].offGraph}.`,
      'Mean over items; intervals are in the table of the numbers.',
    ],
    description: `Mean probability of frontier, expanded, later and never reachable nodes and of everything off the graph, after 1 to ${perThought.length} thoughts, as stacked bars.`,
    columns: 1,
    size: [Math.max(420, 70 * perThought.length), 240],
    columnNames: { panel: 'panel', x: 'thought', y: 'mass' },
    panels: [
      {
        heading: '',
        x: { label: 'thought c', domain: [0.4, Math.max(1, ...thoughts) + 0.6], ticks: thoughts },
        y: { label: 'probability', domain: [0, 1] },
        series: bars,
      },
    ],
  });
}
