import {
  chartFigure,
  type ChartAxis,
  type ChartPanel,
  type ChartSeries,
  type Figure,
  type FigureOptions,
} from '../../drawing/index.js';
import type { Estimate } from '../../statistics/index.js';
import { countAxis, markWords, niceAxis, sampleWords, shareAxis } from '../kit/sample.js';
import { BELIEF_CATEGORIES, BELIEF_WORDS } from './belief-categories.js';
import type { BeliefAfter, EntityBeliefReadout } from './schema.js';

/** Number of the style of what equal probabilities give. */
const EQUAL_STYLE = 7;

/**
 * Belief in the nodes right after c thoughts (arXiv 2604.06374): total probability of each category, and over all nodes
 * their entropy, how often the target has most of it, and how much of the model's prediction is a node at all.
 */
export function entityBeliefFigure(
  readout: Pick<EntityBeliefReadout, 'items' | 'graphs' | 'bootstrap' | 'perThought'>,
  { id = 'entity-belief' }: FigureOptions = {},
): Figure {
  const { perThought } = readout;
  const x = countAxis(
    'thoughts c',
    perThought.map(({ thought }) => thought),
  );
  const line = (
    name: string,
    style: number,
    drawn: ChartSeries['drawn'],
    of: (after: BeliefAfter) => Estimate | undefined,
  ): ChartSeries => ({
    name,
    style,
    drawn,
    points: perThought.flatMap((after) => {
      const estimate = of(after);
      return estimate === undefined ? [] : [{ x: after.thought, ...estimate }];
    }),
  });
  const panel = (
    heading: string,
    y: ChartAxis,
    of: (after: BeliefAfter) => Estimate | undefined,
    equal?: (after: BeliefAfter) => Estimate | undefined,
  ): ChartPanel => ({
    heading,
    x,
    y,
    series: [
      line('model', 0, 'both', of),
      ...(equal === undefined ? [] : [line('equal probabilities', EQUAL_STYLE, 'joined', equal)]),
    ],
  });
  const bits = perThought.flatMap(({ entropyBits, uniformBits }) => [entropyBits.high, uniformBits.value]);
  return chartFigure({
    id,
    title: 'Belief in entities after each thought',
    notes: [
      `${sampleWords(readout)}. Names right after c thoughts, over the sum of all nodes of the graph, but for the last panel: their raw sum.`,
      'Correct next, wrong neighbour: of the nodes at depth c on a shortest path. Means are over the items that have such a node.',
      `${markWords(readout)}; of target > 1/2: 95 % Wilson intervals over graphs.`,
    ],
    description: `Total probability of the target, of correct next nodes, of wrong neighbours and of all others after 0 to ${Math.max(0, perThought.length - 1)} thoughts, beside what equal probabilities would give; entropy; share of items whose target has more than half; raw sum of all nodes.`,
    columns: 4,
    size: [150, 130],
    columnNames: { panel: 'quantity', x: 'thoughts', y: 'value' },
    panels: [
      ...BELIEF_CATEGORIES.map((name) => {
        const of = ({ categories }: BeliefAfter): BeliefAfter['categories'][number] | undefined =>
          categories.find((one) => one.name === name);
        return panel(
          BELIEF_WORDS[name],
          shareAxis('probability'),
          (after) => of(after)?.probability,
          (after) => of(after)?.uniform,
        );
      }),
      panel(
        'entropy over the nodes',
        niceAxis('bits', bits),
        (after) => after.entropyBits,
        (after) => after.uniformBits,
      ),
      panel('target > 1/2', shareAxis('share of items'), (after) => after.targetMajority),
      panel('all nodes, raw', shareAxis('probability'), (after) => after.nodeMass),
    ],
  });
}
