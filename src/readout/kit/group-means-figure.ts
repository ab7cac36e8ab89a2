import { scaleLinear } from 'd3';
import {
  chartFigure,
  type Chart,
  type ChartPanel,
  type ChartSeries,
  type Figure,
  type FigureOptions,
} from '../../drawing/index.js';
import type { EdgeAttentionReadout } from '../edge-attention/read.js';
import type { InnerProductsAfter } from '../inner-products/read.js';
import type { GroupMean, GroupMeans } from './node-groups.js';
import { domainOf, intervalWords, sampleWords, type Sampled } from './sample.js';
import { CLASS_WORDS, PUBLISHED_WORDS } from './words.js';

type AfterThought = GroupMeans & { readonly thought: number };

const GROUPINGS = {
  classes: { heading: 'disjoint classes', words: CLASS_WORDS },
  published: { heading: 'as published (nested)', words: PUBLISHED_WORDS },
} as const;

interface GroupChart extends Pick<Chart, 'id' | 'title' | 'description' | 'notes'> {
  readonly xLabel: string;
  readonly yLabel: string;
  readonly perThought: readonly AfterThought[];
  /** A level that moves with the thoughts, in each panel. */
  readonly reference?: Pick<ChartSeries, 'name' | 'points'>;
}

function groupFigure(chart: GroupChart): Figure {
  const { perThought, reference, xLabel, yLabel } = chart;
  const found = perThought.flatMap(({ classes, published }) => [...classes, ...published]);
  const numbers = found.flatMap(({ mean }) => [mean.value, mean.low, mean.high]);
  const [low, high] = domainOf([...numbers, ...(reference?.points.map(({ value }) => value) ?? [])]);
  const domain = scaleLinear([low, low === high ? 1 : high], [0, 1])
    .nice(4)
    .domain();
  const thoughts = perThought.map(({ thought }) => thought);
  const panel = (grouping: keyof typeof GROUPINGS): ChartPanel => {
    const { heading, words } = GROUPINGS[grouping];
    const of = (after: AfterThought): readonly GroupMean[] => after[grouping];
    const names = Object.keys(words).filter((name) =>
      perThought.some((after) => of(after).some((g) => g.name === name)),
    );
    const wordOf = (name: string): string => (words as Readonly<Record<string, { readonly name: string }>>)[name].name;
    return {
      heading,
      x: {
        label: xLabel,
        domain: [Math.min(0, ...thoughts.slice(0, 1)) - 0.5, Math.max(1, ...thoughts) + 0.5],
        ticks: thoughts,
      },
      y: { label: yLabel, domain: [domain[0], domain[1]] },
      series: [
        ...names.map((name, style): ChartSeries => ({
          name: wordOf(name),
          drawn: 'both',
          style,
          shift: 0,
          points: perThought.flatMap((after) =>
            of(after)
              .filter((group) => group.name === name)
              .map(({ mean }) => ({ x: after.thought, ...mean })),
          ),
        })),
        ...(reference === undefined ? [] : [{ ...reference, drawn: 'joined' as const, style: 7 }]),
      ],
    };
  };
  return chartFigure({
    ...chart,
    legendByPanel: true,
    columns: 2,
    size: [290, 220],
    columnNames: { panel: 'grouping', x: 'thoughts', y: 'mean' },
    panels: [panel('classes'), panel('published')],
  });
}

const NESTED = 'The published groups contain one another: the optimal ones lift the means of the others.';

/** Mean inner product of thoughts with node embeddings by group (arXiv 2505.12514, table 5 and figure 6). */
export function innerProductsFigure(
  readout: Sampled & { readonly perThought: readonly Omit<InnerProductsAfter, 'auc'>[] },
  { id = 'inner-products' }: FigureOptions = {},
): Figure {
  return groupFigure({
    id,
    title: 'Inner products of thoughts and node embeddings',
    notes: [`${sampleWords(readout)}. Marks: mean over the nodes of a group; ${intervalWords(readout)}.`, NESTED],
    description: `Mean inner product of thought c with the token embeddings of the nodes of each group, c from 1 to ${readout.perThought.length}.`,
    xLabel: 'thought c',
    yLabel: 'mean inner product',
    perThought: readout.perThought,
  });
}

/** Mean attention to the edges of a group (arXiv 2505.12514, table 1), and what even attention would give. */
export function edgeAttentionFigure(
  readout: Sampled & Pick<EdgeAttentionReadout, 'layer' | 'heads' | 'perThought'>,
  { id = 'edge-attention' }: FigureOptions = {},
): Figure {
  const { layer, heads, perThought } = readout;
  const where = layer === null ? '' : ` of layer ${layer}${heads === null ? '' : ` (sum of ${heads} heads)`}`;
  return groupFigure({
    id,
    title: `Attention to the edges${where}`,
    notes: [`${sampleWords(readout)}. Marks: mean over the edges of a group; ${intervalWords(readout)}.`, NESTED],
    description: `Mean attention to an edge of each group where n thoughts have been read, beside what attention spread evenly over all positions would give.`,
    xLabel: 'thoughts read',
    yLabel: 'mean attention to an edge',
    perThought,
    reference: { name: 'even attention', points: perThought.map(({ thought, even }) => ({ x: thought, ...even })) },
  });
}
