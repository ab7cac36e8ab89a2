import { chartFigure, type ChartAxis, type ChartSeries, type Figure, type FigureOptions } from '../../drawing/index.js';
import { MINIMUM_CLUSTERS, type Estimate } from '../../statistics/index.js';
import { countAxis, sampleWords } from '../kit/sample.js';
import { MEDIATION_WORDS } from './basis-names.js';
import type { MediationReadout } from './schema.js';

const [INSIDE_STYLE, REST_STYLE, FULL_STYLE] = [0, 1, 7];

/** How much of the fall of T each subspace of a thought carries, over all thoughts; and what is displayed, by thought. */
export function mediationFigure(
  readout: Pick<MediationReadout, 'items' | 'graphs' | 'bootstrap' | 'pooled' | 'perThought'>,
  { id = 'mediation' }: FigureOptions = {},
): Figure {
  const { pooled, perThought } = readout;
  const y: ChartAxis = { label: 'fall of T / 100', domain: [-0.2, 1] };
  const series = (name: string, style: number, shift: number, values: readonly (readonly [number, Estimate])[]) =>
    ({
      name,
      drawn: 'marks',
      style,
      shift,
      points: values.map(([x, estimate]) => ({ x, ...estimate })),
    }) satisfies ChartSeries;
  const head = perThought.flatMap(({ thought, bases }) =>
    bases.flatMap(({ name, inside, rest }) => (name === 'head' ? [{ thought, inside, rest }] : [])),
  );
  return chartFigure({
    id,
    title: 'Where in the thoughts the search is held',
    notes: [
      `${sampleWords(readout)}. Thought t of a question with two edges swapped is patched in, of which the answer is the other candidate: the part of the difference inside a subspace, or the rest of it. Dashed: all of it.`,
      `Marks: mean over items; whiskers: 95 % intervals over graphs, none where fewer than ${MINIMUM_CLUSTERS} contribute.`,
    ],
    description:
      'Fall of T / 100 for each subspace when the part of the difference of thoughts inside it is patched in, and when the rest is; and the same for the LM head’s rows by thought, beside the whole difference.',
    columns: 1,
    size: [Math.max(240, 92 * pooled.bases.length), 200],
    columnNames: { panel: 'panel', x: 'place', y: 'fall' },
    panels: [
      {
        heading: 'all thoughts',
        x: {
          label: 'subspace',
          domain: [-0.5, Math.max(1, pooled.bases.length) - 0.5],
          ticks: pooled.bases.map((_, i) => i),
          texts: pooled.bases.map(({ name }) => MEDIATION_WORDS[name]),
        },
        y,
        series: [
          series(
            'inside',
            INSIDE_STYLE,
            -7,
            pooled.bases.map(({ inside }, i) => [i, inside.fall]),
          ),
          series(
            'rest',
            REST_STYLE,
            7,
            pooled.bases.map(({ rest }, i) => [i, rest.fall]),
          ),
        ],
        levels: pooled.full.value === null ? [] : [{ value: pooled.full.value, words: 'all of it' }],
      },
      {
        heading: 'LM head’s rows, by thought',
        x: countAxis(
          'thought t',
          perThought.map(({ thought }) => thought),
        ),
        y,
        series: [
          series(
            'all of it',
            FULL_STYLE,
            -10,
            perThought.map(({ thought, full }) => [thought, full]),
          ),
          series(
            'inside',
            INSIDE_STYLE,
            0,
            head.map(({ thought, inside }) => [thought, inside.fall]),
          ),
          series(
            'rest',
            REST_STYLE,
            10,
            head.map(({ thought, rest }) => [thought, rest.fall]),
          ),
        ],
      },
    ],
  });
}
