import { chartFigure, type ChartAxis, type ChartSeries, type Figure, type FigureOptions } from '../../drawing/index.js';
import type { Estimate } from '../../statistics/index.js';
import { sampleWords } from '../kit/sample.js';
import { PROCESS_CLASSES, PROCESS_WORDS } from './process-class.js';
import type { InterpolationReadout } from './schema.js';

/** Number of the style of the answers: none of the classes'. */
const ANSWER_STYLE = 7;

/**
 * What a model says when it has to stop thinking after k thoughts (Coconut, arXiv 2412.06769, figure 3): shares of the
 * process classes as stacked bars, and how often the answer is right.
 */
export function interpolationFigure(
  readout: Pick<InterpolationReadout, 'items' | 'graphs' | 'bootstrap' | 'blindWalk' | 'guessedEnding' | 'perThought'>,
  { id = 'interpolation' }: FigureOptions = {},
): Figure {
  const { perThought, blindWalk, guessedEnding } = readout;
  const strategies: readonly [Estimate, string][] = [
    [blindWalk, 'by a random walk from the root'],
    [guessedEnding, 'from k = 1 on by the last step to a guessed candidate'],
  ];
  const levels = strategies.flatMap(([{ value }, words]) => (value === null ? [] : [{ value, words }]));
  // Bars may hide a line's words, and the lines are alike: their heights are said.
  const heights = levels.map(({ value, words }) => `${value.toFixed(2)} ${words}`).join(', ');
  const dashed = heights === '' ? '' : ` Dashed: shares of correct paths without search, ${heights}.`;
  const bars = PROCESS_CLASSES.map((name, style): ChartSeries => ({
    name: PROCESS_WORDS[name],
    drawn: 'stack',
    style,
    points: perThought.map(({ thought, classes }) => ({ x: thought, ...classes[name] })),
  }));
  const answers: ChartSeries = {
    name: 'answer right',
    drawn: 'both',
    style: ANSWER_STYLE,
    points: perThought.map(({ thought, answer }) => ({ x: thought, ...answer.right })),
  };
  const last = Math.max(0, ...perThought.map(({ thought }) => thought));
  const x: ChartAxis = {
    label: 'thoughts k',
    domain: [-0.6, last + 0.6],
    ticks: perThought.map(({ thought }) => thought),
  };
  return chartFigure({
    id,
    title: 'What is said after k thoughts',
    notes: [
      `${sampleWords(readout)}. Bars: share of each process class, adding up to 1.${dashed}`,
      'Answers: share that is right, with 95 % Wilson intervals over graphs.',
    ],
    description: `Shares of six process classes after 0 to ${last} thoughts as stacked bars, and beside them the share of right answers.`,
    columns: 2,
    size: [Math.max(240, 50 * perThought.length), 230],
    columnNames: { panel: 'panel', x: 'thoughts', y: 'share' },
    panels: [
      {
        heading: 'what is said',
        x,
        y: { label: 'share of items', domain: [0, 1] },
        series: bars,
        levels,
      },
      {
        heading: 'answers',
        x,
        y: { label: 'share right', domain: [0, 1] },
        series: [answers],
        levels: [{ value: 0.5, words: 'a guess between the candidates' }],
      },
    ],
  });
}
