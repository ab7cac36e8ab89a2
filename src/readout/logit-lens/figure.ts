import {
  chartFigure,
  matrixFigure,
  type ChartPanel,
  type ChartSeries,
  type Figure,
  type FigureOptions,
} from '../../drawing/index.js';
import { countAxis, markWords, sampleWords, shareAxis } from '../kit/sample.js';
import type { LensLayer, LogitLensReadout } from './schema.js';

/** What the figures need of a readout. @inline */
type LensResult = Pick<LogitLensReadout, 'items' | 'graphs' | 'bootstrap' | 'perThought'>;

/** How the logit lens is drawn. */
export interface LogitLensOptions extends FigureOptions {
  /** How frontier and never reachable nodes are told apart: AUC (default), or the mean gap of their logits in nats. */
  readonly quantity?: 'auc' | 'logitGap';
}

const QUANTITIES = {
  auc: { title: 'AUC of the frontier by layer', words: 'AUC', reference: 0.5, extent: 0.5 },
  logitGap: {
    title: 'Logit gap of the frontier by layer',
    words: 'Mean logit gap in nats (full colour from 5 on)',
    reference: 0,
    extent: 5,
  },
} as const;

const SIDES = 'nodes at depth c against nodes that the root never reaches, inside each graph';

/** Layers by thoughts: where in the model the frontier of a thought stands out of what is never reached. */
export function logitLensFigure(
  readout: LensResult,
  { id = 'logit-lens', quantity = 'auc' }: LogitLensOptions = {},
): Figure {
  const { perThought } = readout;
  const layers = layersOf(readout);
  const { title, words, ...scale } = QUANTITIES[quantity];
  return matrixFigure({
    id,
    title,
    notes: [
      `${sampleWords(readout)}. ${words}: ${SIDES}. Residual stream after each layer through the final norm and the LM head; the last layer is the thought itself.`,
      `Cells: mean over items, interval over graphs (${Math.round(readout.bootstrap.level * 100)} %), items.`,
    ],
    description: `${words}, ${SIDES}: ${layers.length} layers (rows) by ${perThought.length} thoughts (columns).`,
    rowName: 'layer',
    columnName: 'thought',
    rows: layers.map(String),
    columns: perThought.map(({ thought }) => String(thought)),
    cell: (row, column) => perThought[column].layers.find(({ layer }) => layer === layers[row])?.[quantity],
    ...scale,
  });
}

const MASSES: readonly (readonly [name: string, of: (layer: LensLayer) => LensLayer['nodeMass']])[] = [
  ['frontier', ({ frontierMass }) => frontierMass],
  ['never reachable', ({ neverMass }) => neverMass],
  ['all nodes', ({ nodeMass }) => nodeMass],
];

/** How much of the whole vocabulary's probability each layer puts on frontier, never reachable and all nodes. */
export function logitLensMassFigure(readout: LensResult, { id = 'logit-lens-mass' }: FigureOptions = {}): Figure {
  const { perThought } = readout;
  const layers = layersOf(readout);
  return chartFigure({
    id,
    title: 'Probability of the nodes by layer',
    notes: [
      `${sampleWords(readout)}. Of the whole vocabulary; frontier: nodes at depth c, over the items that have any. The last layer is the thought itself.`,
      `${markWords(readout)}.`,
    ],
    description: `Probability of frontier, never reachable and all nodes after each of ${layers.length} layers, one panel for each of ${perThought.length} thoughts.`,
    columns: 3,
    columnNames: { panel: 'thought', x: 'layer', y: 'probability' },
    panels: perThought.map(({ thought, layers: own }): ChartPanel => ({
      heading: `thought ${thought}`,
      x: countAxis('layer', layers),
      y: shareAxis('probability'),
      series: MASSES.map(([name, of], style): ChartSeries => ({
        name,
        style,
        drawn: 'both',
        shift: 5 * (style - 1),
        points: own.map((layer) => ({ x: layer.layer, ...of(layer) })),
      })),
    })),
  });
}

function layersOf({ perThought }: LensResult): number[] {
  return [...new Set(perThought.flatMap(({ layers }) => layers.map(({ layer }) => layer)))].sort((a, b) => a - b);
}
