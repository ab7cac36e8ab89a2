import { scaleLinear } from 'd3';
import { chartFigure, type Chart, type ChartPanel, type ChartSeries, type Figure } from '../../drawing/index.js';
import type { GroupMean, GroupMeans } from './node-groups.js';
import { domainOf, intervalWords, sampleWords, type Sampled } from './sample.js';
import { CLASS_WORDS, PUBLISHED_WORDS } from './words.js';

type AfterThought = GroupMeans & { readonly thought: number };

const GROUPINGS = {
  classes: { heading: 'disjoint classes', words: CLASS_WORDS },
  published: { heading: 'as published (nested)', words: PUBLISHED_WORDS },
} as const;

const NESTED = 'The published groups contain one another: the optimal ones lift the means of the others.';

/** A readout of groups in words. */
interface Subject extends Pick<Chart, 'id' | 'title' | 'description'> {
  /** What a group consists of: `nodes`. */
  readonly members: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** A level that moves with the thoughts, in each panel. */
  readonly reference?: Pick<ChartSeries, 'name' | 'points'>;
}

/** The mean of every group by the number of thoughts: a panel for the disjoint classes and one for the published groups. */
export function groupMeansFigure(
  readout: Sampled & { readonly perThought: readonly AfterThought[] },
  { id, title, description, members, xLabel, yLabel, reference }: Subject,
): Figure {
  const { perThought } = readout;
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
    id,
    title,
    description,
    notes: [`${sampleWords(readout)}. Marks: mean over the ${members} of a group; ${intervalWords(readout)}.`, NESTED],
    legendByPanel: true,
    columns: 2,
    size: [290, 220],
    columnNames: { panel: 'grouping', x: 'thoughts', y: 'mean' },
    panels: [panel('classes'), panel('published')],
  });
}
