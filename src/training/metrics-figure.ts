import { scaleLinear } from 'd3';
import { z } from 'zod';
import {
  chartFigure,
  type ChartPanel,
  type ChartSeries,
  type ChartSpan,
  type Figure,
  type FigureOptions,
} from '../drawing/index.js';

/** One line of a training's metrics.jsonl, as far as its curves need it. */
export const metricsSchema = z.object({
  phase: z.string(),
  /** Steps of all phases so far. */
  total: z.int().nonnegative(),
  /** Mean over the steps since the line before, in nats. */
  loss: z.number(),
  /** On the phase's validation questions, where it has any. */
  accuracy: z.number().optional(),
  /** Of these, by the depth of the target: how many were answered right, of how many. */
  byDepth: z
    .record(z.string(), z.tuple([z.int().nonnegative(), z.int().positive()]).readonly())
    .readonly()
    .optional(),
});

/**
 * One step of a training: a line of metrics.jsonl.
 *
 * @interface
 */
export type TrainingPoint = Readonly<z.infer<typeof metricsSchema>>;

/** Loss and accuracy of a training over its steps, with its phases. */
export function trainingFigure(points: readonly TrainingPoint[], { id = 'training' }: FigureOptions = {}): Figure {
  const last = points.at(-1)?.total ?? 1;
  const spans = phasesOf(points);
  const x = { label: 'step', domain: [0, last] as const };
  const highest = Math.max(0, ...points.map(({ loss }) => loss));
  const top = scaleLinear([0, highest === 0 ? 1 : highest], [0, 1])
    .nice(4)
    .domain()[1];
  // A series for each phase: a line from one task to the next would join what cannot be compared.
  const ofPhases = spans.map(({ from, to }) => points.filter(({ total }) => total > from && total <= to));
  const losses = ofPhases.map((own): ChartSeries => ({
    name: 'loss',
    // A line of one point would not be seen.
    drawn: own.length === 1 ? 'both' : 'joined',
    style: 0,
    points: own.map((point) => ({ x: point.total, value: point.loss })),
  }));
  const accuracies = ofPhases.map((own): ChartSeries => ({
    name: 'accuracy',
    drawn: 'both',
    style: 1,
    points: own.flatMap(({ total, accuracy }) => (accuracy === undefined ? [] : [{ x: total, value: accuracy }])),
  }));
  const depths = [...new Set(points.flatMap(({ byDepth = {} }) => Object.keys(byDepth)))].sort(
    (a, b) => Number(a) - Number(b),
  );
  const depthSeries = depths.flatMap((depth, i) =>
    ofPhases.map((own): ChartSeries => ({
      name: `depth ${depth}`,
      drawn: 'both',
      style: i + 2,
      points: own.flatMap(({ total, byDepth }) => {
        const [right, asked] = byDepth?.[depth] ?? [0, 0];
        return asked === 0 ? [] : [{ x: total, value: right / asked }];
      }),
    })),
  );
  const guess = { value: 0.5, words: 'a guess between the candidates' };
  const share = { label: 'share right', domain: [0, 1] } as const;
  const panels: ChartPanel[] = [
    { heading: 'loss', x, y: { label: 'nats', domain: [0, top] }, series: losses, spans },
    {
      heading: 'accuracy on validation questions',
      x,
      y: share,
      series: accuracies,
      spans,
      levels: [guess],
    },
  ];
  if (depths.length > 1)
    panels.push({
      heading: 'accuracy by depth of the target',
      x,
      y: share,
      series: depthSeries,
      spans,
      levels: [guess],
    });
  return chartFigure({
    id,
    title: 'Training',
    notes: [
      `${last} steps in ${spans.length} ${spans.length === 1 ? 'phase' : 'phases'}: ${spans.map(({ name }) => name).join(', ')}.`,
      'Losses of different phases are of different tasks; accuracies come without intervals (their n is in training.json).',
    ],
    description: `Training loss and validation accuracy over ${last} steps, phases: ${spans.map(({ name }) => name).join(', ')}.`,
    columns: 1,
    size: [620, 170],
    columnNames: { panel: 'quantity', x: 'step', y: 'value' },
    panels,
  });
}

function phasesOf(points: readonly TrainingPoint[]): ChartSpan[] {
  const spans: { from: number; to: number; name: string }[] = [];
  for (const { phase, total } of points) {
    const before = spans.at(-1);
    if (before?.name === phase) before.to = total;
    else spans.push({ from: before?.to ?? 0, to: total, name: phase });
  }
  return spans;
}
