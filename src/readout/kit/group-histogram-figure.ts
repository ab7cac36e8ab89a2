import { chartFigure, type ChartPanel, type ChartPoint, type Figure, type FigureOptions } from '../../drawing/index.js';
import { LensError } from '../../errors.js';
import type { Binned, GroupMean, GroupMeans } from './node-groups.js';
import { sampleWords, type Sampled } from './sample.js';
import { CLASS_WORDS, PUBLISHED_WORDS, type NodeWords } from './words.js';

/** How a histogram of groups is drawn. */
export interface HistogramOptions extends FigureOptions {
  /** Which groups: `classes`, which are disjoint (default), or those of the papers, which contain one another. */
  readonly grouping?: 'classes' | 'published';
}

const GROUPINGS = {
  classes: {
    words: CLASS_WORDS as Readonly<Record<string, NodeWords>>,
    note: 'The classes are disjoint.',
  },
  published: {
    words: PUBLISHED_WORDS as Readonly<Record<string, NodeWords>>,
    note: 'As published: the groups contain one another.',
  },
} as const;

/** What readouts of groups have in common. */
type GroupReadout = Sampled & Binned & { readonly perThought: readonly (GroupMeans & { readonly thought: number })[] };

/** What a readout counts, in words. */
interface Subject {
  readonly name: string;
  readonly title: string;
  /** What is counted: `nodes`. */
  readonly members: string;
  readonly xLabel: string;
}

/**
 * A row of panels for each group and a column for each thought.
 *
 * @throws LensError if the readout was written before it counted values
 */
export function groupHistogram(
  readout: GroupReadout,
  { id, grouping = 'classes' }: HistogramOptions,
  { name, title, members, xLabel }: Subject,
): Figure {
  const { binEdges: edges, perThought } = readout;
  if (edges === undefined)
    throw new LensError(`readout ${name}`, 'counts no values (an older version wrote it)', 'run the readout again');
  const { words, note } = GROUPINGS[grouping];
  const groupOf = (after: GroupMeans, wanted: string): GroupMean | undefined =>
    after[grouping].find((group) => group.name === wanted);
  const points = (group: GroupMean | undefined): ChartPoint[] =>
    group?.counts === undefined || group.members === 0
      ? []
      : group.counts.map((count, i) => ({
          x: (edges[i] + edges[i + 1]) / 2,
          value: count / group.members,
          n: group.members,
        }));
  const rows = Object.keys(words).map((group) => perThought.map((after) => ({ after, group: groupOf(after, group) })));
  const most = Math.max(0, ...rows.flat().flatMap(({ group }) => points(group).map(({ value }) => value ?? 0)));
  const half = edges.length < 2 ? 0.5 : (edges[1] - edges[0]) / 2;
  const domain = [(edges.at(0) ?? 0) - half, (edges.at(-1) ?? 1) + half] as const;
  const places = Object.values(words);
  return chartFigure({
    id: id ?? `${name}-histogram`,
    title,
    notes: [
      `${sampleWords(readout)}; n: ${members} of all items together. Share of a group’s ${members} in each bin; counts, without intervals.`,
      note,
    ],
    description: `For each of ${places.length} groups and ${perThought.length} numbers of thoughts, the share of the group’s ${members} in each of ${Math.max(0, edges.length - 1)} bins of equal width.`,
    columns: Math.max(1, perThought.length),
    size: [150, 70],
    columnNames: { panel: 'panel', x: 'binCentre', y: 'share' },
    panels: rows.flatMap((row, style) =>
      row.map(({ after, group }): ChartPanel => ({
        heading: `${places[style].short}, c = ${after.thought}: n = ${group?.members ?? 0}`,
        x: { label: xLabel, domain },
        y: { label: 'share', domain: [0, most === 0 ? 1 : most] },
        series: [{ name: places[style].name, style, drawn: 'steps', points: points(group) }],
      })),
    ),
  });
}

/** The histograms of a readout by the disjoint classes, and by the groups of the papers; none where it counts no values. */
export function bothHistograms<Result extends Binned>(
  name: string,
  result: Result,
  figure: (result: Result, options: HistogramOptions) => Figure,
): Readonly<Record<string, Figure>> {
  if (result.binEdges === undefined) return {};
  const [own, published] = [`${name}-histogram`, `${name}-histogram-published`];
  return { [own]: figure(result, { id: own }), [published]: figure(result, { id: published, grouping: 'published' }) };
}
