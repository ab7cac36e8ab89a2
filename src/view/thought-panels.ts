import { nodeShares } from '../readout/index.js';
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

/**
 * What every thought gives to the nodes: element c - 1, of shape [n], holds the probabilities after thought c. Nodes
 * that share a token have equal parts of its probability, so that nodes and off-graph mass add up to 1.
 *
 * @throws LensError if the record's numbers are not finite or do not add up to 1
 */
export function creditedProbabilities(record: ThoughtRecord): Float32Array[] {
  const shares = nodeShares(record);
  const nodes = shares.length;
  return Array.from({ length: record.count }, (_, i) =>
    record.nodeProbabilities.subarray(i * nodes, (i + 1) * nodes).map((p, node) => p * shares[node]),
  );
}

/** Small multiples: the item's graph once per thought, with what that thought says of every node. */
export function thoughtPanels(record: ThoughtRecord, { id, standalone = false }: PanelOptions): ThoughtPanels {
  const thoughts = creditedProbabilities(record);
  const maximum = niceCeiling(Math.max(0, ...thoughts.flatMap((probabilities) => [...probabilities])));
  const panels = thoughts.map((probabilities, i) =>
    dagSvg({
      item: record.item,
      id: `${id}-t${i + 1}`,
      values: { thought: i + 1, probabilities, maximum },
      standalone,
      ...(standalone ? { heading: `Thought ${i + 1}` } : {}),
    }),
  );
  return { legend: dagLegend(`${id}-key`, maximum, standalone), panels, maximum };
}
