import type { ThoughtRecord } from '../recording/index.js';
import { dagLegend } from './dag-legend.js';
import { dagSvg } from './dag-svg.js';
import { niceCeiling } from './numbers.js';

/** One drawing per thought, all on one scale. */
export interface ThoughtPanels {
  readonly legend: string;
  /** Element i shows thought i + 1. */
  readonly panels: readonly string[];
  /** The probability of a full glyph in every panel. */
  readonly maximum: number;
}

export interface PanelOptions {
  /** Prefix of the ids inside; unique in the page. */
  readonly id: string;
  /** Whether each drawing carries its own style and heading (files, notebook cells); default false. */
  readonly standalone?: boolean;
}

/** Probabilities of the nodes after thought c (1-based). Shape [n]. */
export function probabilitiesAfter(record: ThoughtRecord, thought: number): Float32Array {
  const nodes = record.item.names.length;
  return record.nodeProbabilities.subarray((thought - 1) * nodes, thought * nodes);
}

/** Small multiples: the item's graph once per thought, with what that thought says of every node. */
export function thoughtPanels(record: ThoughtRecord, { id, standalone = false }: PanelOptions): ThoughtPanels {
  const maximum = niceCeiling(record.nodeProbabilities.reduce((most, p) => Math.max(most, p), 0));
  const panels = Array.from({ length: record.count }, (_, i) =>
    dagSvg({
      item: record.item,
      id: `${id}-t${i + 1}`,
      values: { thought: i + 1, probabilities: probabilitiesAfter(record, i + 1), maximum },
      standalone,
      ...(standalone ? { heading: `Thought ${i + 1}` } : {}),
    }),
  );
  return { legend: dagLegend(`${id}-key`, maximum, standalone), panels, maximum };
}
