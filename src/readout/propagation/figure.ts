import {
  chartFigure,
  type ChartPanel,
  type ChartSeries,
  type Figure,
  type FigureOptions,
} from '../../drawing/index.js';
import { MINIMUM_CLUSTERS, type Estimate } from '../../statistics/index.js';
import { sampleWords } from '../kit/sample.js';
import {
  PROPAGATION_EDITS,
  PROPAGATION_READING_WORDS,
  PROPAGATION_READINGS,
  PROPAGATION_WORDS,
  type PropagationEdit,
  type PropagationReadingName,
} from './edit-names.js';
import type { PropagationDisplay, PropagationReadout } from './schema.js';

/** What edits of thought t do to the display of the edited nodes, of their children and of their grandchildren. */
export function propagationFigure(
  readout: Pick<PropagationReadout, 'items' | 'graphs' | 'bootstrap' | 'pooled'>,
  { id = 'propagation' }: FigureOptions = {},
): Figure {
  return chartFigure({
    id,
    title: 'Whether a thought is computed from what the one before displays',
    notes: [
      `${sampleWords(readout)}. In thought t nodes are displayed as never-reached nodes are (removed), or as the frontier is (added).`,
      `Marks: mean over items; whiskers: 95 % intervals over graphs, none where fewer than ${MINIMUM_CLUSTERS} contribute.`,
    ],
    description:
      'AUC of the edited nodes at thought t, of their exclusive children at t + 1 and of their exclusive grandchildren at t + 2 against never-reached nodes: before the edit, after it, after the same edit of another node, and after a random step of the same size.',
    columns: 1,
    size: [520, 160],
    columnNames: { panel: 'read', x: 'edit', y: 'auc' },
    panels: PROPAGATION_READINGS.map((name) => panelOf(name, readout.pooled.edits)),
  });
}

const SERIES: readonly {
  readonly name: string;
  readonly style: number;
  readonly of: (display: PropagationDisplay) => Estimate;
}[] = [
  { name: 'before', style: 7, of: ({ before }) => before },
  { name: 'after', style: 0, of: ({ edited }) => edited.after },
  { name: 'wrong node', style: 1, of: ({ wrongNode }) => wrongNode.after },
  { name: 'same size', style: 2, of: ({ sameSize }) => sameSize.after },
];

function panelOf(name: PropagationReadingName, edits: PropagationReadout['pooled']['edits']): ChartPanel {
  const shown = edits.flatMap(({ name: edit, readings }) =>
    readings.flatMap((display) => (display.name === name ? [{ x: placeOf(edit), display }] : [])),
  );
  return {
    heading: PROPAGATION_READING_WORDS[name],
    x: {
      label: 'thought t',
      domain: [-0.5, PROPAGATION_EDITS.length - 0.5],
      ticks: PROPAGATION_EDITS.map(placeOf),
      texts: PROPAGATION_EDITS.map((edit) => PROPAGATION_WORDS[edit]),
    },
    y: { label: 'AUC', domain: [0, 1] },
    series: SERIES.map(({ name: words, style, of }, i): ChartSeries => ({
      name: words,
      drawn: 'marks',
      style,
      shift: 12 * i - 18,
      points: shown.map(({ x, display }) => ({ x, ...of(display) })),
    })),
    levels: [{ value: 0.5, words: 'not told from never reached' }],
  };
}

function placeOf(edit: PropagationEdit): number {
  return PROPAGATION_EDITS.indexOf(edit);
}
