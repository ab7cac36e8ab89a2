import { chartFigure, type ChartSeries, type Figure, type FigureOptions } from '../../drawing/index.js';
import { intervalWords, niceAxis, sampleWords, valueWords } from '../kit/sample.js';
import type { ParallelismReadout } from './schema.js';

/** How the figure of parallelism is drawn. */
export interface ParallelismOptions extends FigureOptions {
  /** Which values are drawn: as published, or over the sum of the candidates'. Default `raw`. */
  readonly scale?: 'raw' | 'normalised';
}

const TOPS = ['top1', 'top2', 'top3'] as const;
const TOP_NAMES = { top1: 'highest', top2: 'two highest', top3: 'three highest' } as const;

/** Where the means stand, right of the curves. */
const MEAN_AT = { top1: 106, top2: 110, top3: 114 } as const;

/**
 * How much of a thought lies on one, two and three candidates (Coconut, arXiv 2412.06769, figure 6): cumulative values of
 * the highest candidates against the percentile of the items, one panel for each thought, with the means at its right.
 */
export function parallelismFigure(
  readout: Pick<ParallelismReadout, 'scorer' | 'items' | 'graphs' | 'bootstrap' | 'percentiles' | 'perThought'>,
  { id = 'parallelism', scale = 'raw' }: ParallelismOptions = {},
): Figure {
  const { percentiles, perThought, scorer } = readout;
  const values = perThought.flatMap((after) => {
    const { curves, top3 } = after[scale];
    return [...curves.top3, top3.high];
  });
  return chartFigure({
    id,
    title: `Parallelism: the highest candidates of each thought, ${scale} values`,
    notes: [
      `${sampleWords(readout)}${valueWords(scorer)}. Candidates after c thoughts: nodes at depth c.`,
      `Curves: cumulative value at each percentile of the items, each in its own order. Right of 100: means; ${intervalWords(readout)}.`,
      ...(scale === 'normalised'
        ? ['Dashed: the highest candidate’s share if a thought held all candidates evenly.']
        : []),
    ],
    description: `Cumulative ${scale} value of the one, two and three highest candidates against the percentile of the items, after 1 to ${perThought.length} thoughts. Curves that lie apart say that several candidates are held at a time.`,
    columns: 3,
    columnNames: { panel: 'thought', x: 'percentile', y: 'value' },
    panels: perThought.map((after) => {
      const own = after[scale];
      const even = after.uniform.top1.value;
      const curves = TOPS.map((top, style): ChartSeries => ({
        name: TOP_NAMES[top],
        drawn: 'joined',
        style,
        points: percentiles.map((x, i) => ({ x, value: own.curves[top][i] ?? null })),
      }));
      const means = TOPS.map((top, style): ChartSeries => ({
        name: `mean, ${TOP_NAMES[top]}`,
        drawn: 'marks',
        style,
        points: [{ x: MEAN_AT[top], ...own[top] }],
      }));
      return {
        heading: `after ${after.thought} ${after.thought === 1 ? 'thought' : 'thoughts'} (n = ${own.top1.n})`,
        x: { label: 'percentile of the items', domain: [0, 116], ticks: [0, 25, 50, 75, 100] },
        y: niceAxis('cumulative value', [1, ...values]),
        series: [...curves, ...means],
        ...(scale === 'normalised' && even !== null && { levels: [{ value: even, words: 'even' }] }),
      };
    }),
  });
}
