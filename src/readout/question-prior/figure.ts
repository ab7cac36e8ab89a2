import {
  chartFigure,
  type ChartAxis,
  type ChartPanel,
  type ChartSeries,
  type Figure,
  type FigureOptions,
} from '../../drawing/index.js';
import type { Estimate } from '../../statistics/index.js';
import { markWords, niceAxis, sampleWords, shareAxis } from '../kit/sample.js';
import type { PriorReading, QuestionPriorReadout } from './schema.js';

/** Where the prior is read. */
const PLACES = ['before', 'answer'] as const;
const PLACE_WORDS = { before: 'before thoughts', answer: 'answer at once' } as const;

/** A line of marks of a panel: its name, its style, and what it shows of a reading. */
type Marks = readonly [name: string, style: number, of: (reading: PriorReading) => Estimate];

const EQUAL_STYLE = 7;

/** What the question alone says (arXiv 2604.06374), before any thought and where the model has to answer at once. */
export function questionPriorFigure(
  readout: Pick<QuestionPriorReadout, 'items' | 'graphs' | 'bootstrap' | 'before' | 'answer'>,
  { id = 'question-prior' }: FigureOptions = {},
): Figure {
  const panel = (heading: string, y: ChartAxis, marks: readonly Marks[], chance?: number): ChartPanel => ({
    heading,
    x: {
      label: 'read',
      domain: [-0.5, PLACES.length - 0.5],
      ticks: [...PLACES.keys()],
      texts: PLACES.map((place) => PLACE_WORDS[place]),
    },
    y,
    series: marks.map(([name, style, of], i): ChartSeries => ({
      name,
      style,
      drawn: 'marks',
      shift: marks.length === 1 ? 0 : -8 + 16 * i,
      points: PLACES.map((place, x) => ({ x, ...of(readout[place]) })),
    })),
    ...(chance !== undefined && { levels: [{ value: chance, words: 'chance' }] }),
  });
  const bits = PLACES.map((place) => readout[place].entropyBits.high ?? readout[place].entropyBits.value);
  const share = shareAxis('probability');
  const ofItems = shareAxis('share of items');
  return chartFigure({
    id,
    title: 'What the question alone says',
    notes: [
      `${sampleWords(readout)}. Before thoughts: names at the prompt’s last position. Answer at once: where the answer’s name stands.`,
      'Probabilities are over the sum of all nodes of the graph, but for the last panel: their raw sum. Of the two: P(target) / (P(target) + P(decoy)).',
      `${markWords(readout)}; shares of items: 95 % Wilson intervals over graphs.`,
    ],
    description:
      'Probability of target and decoy, the target’s share of the two, how often it is above the decoy and above one half, probability of the root’s children beside equal probabilities, entropy, and raw sum of all nodes, before any thought and where the answer stands.',
    columns: 4,
    size: [170, 140],
    columnNames: { panel: 'quantity', x: 'read', y: 'value' },
    panels: [
      panel('target and decoy', share, [
        ['target', 0, ({ target }) => target],
        ['decoy', 1, ({ decoy }) => decoy],
      ]),
      panel('of the two', share, [['target', 0, ({ targetShare }) => targetShare]], 0.5),
      panel('target above decoy', ofItems, [['target', 0, ({ targetAbove }) => targetAbove]], 0.5),
      panel('target > 1/2', ofItems, [['target', 0, ({ targetMajority }) => targetMajority]]),
      panel('root’s children', share, [
        ['root’s children', 2, ({ frontier }) => frontier],
        ['equal probabilities', EQUAL_STYLE, ({ frontierUniform }) => frontierUniform],
      ]),
      panel('entropy over the nodes', niceAxis('bits', [1, ...bits]), [
        ['all nodes', 3, ({ entropyBits }) => entropyBits],
      ]),
      panel('all nodes, raw', share, [['all nodes', 3, ({ nodeMass }) => nodeMass]]),
    ],
  });
}
