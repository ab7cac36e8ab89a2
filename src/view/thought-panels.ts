import type { Item } from '../dataset/index.js';
import { dagLegend, dagSvg, niceCeiling } from '../drawing/index.js';
import type { ThoughtRecord } from '../recording/index.js';
import { largestProbability, shownThoughts, type ShownThoughts } from './shown-item.js';

/** One drawing per thought, all on one scale. */
export interface ThoughtPanels {
  readonly legend: string;
  /** Element i shows thought i + 1. */
  readonly panels: readonly string[];
  /** The probability of a full glyph in every panel. */
  readonly maximum: number;
}

/** How thoughts are drawn. */
export interface PanelOptions {
  /** Prefix of the ids inside; unique in the page. */
  readonly id: string;
  /** Whether each drawing carries its own style and heading (files, notebook cells); default false. */
  readonly standalone?: boolean;
}

/** Small multiples: the item's graph once per thought, with what that thought says of every node. */
export function thoughtPanels(record: ThoughtRecord, { id, standalone = false }: PanelOptions): ThoughtPanels {
  const thoughts = shownThoughts(record);
  const maximum = niceCeiling(largestProbability({ item: record.item, recordings: [thoughts] }));
  const panels = drawPanels(record.item, thoughts, maximum, { id, standalone });
  return { legend: dagLegend(`${id}-key`, maximum, standalone), panels, maximum };
}

/**
 * The panels alone, on a scale given.
 *
 * @param maximum the probability of a full glyph
 */
export function drawPanels(
  item: Item,
  { nodes }: ShownThoughts,
  maximum: number,
  { id, standalone = false }: PanelOptions,
): string[] {
  return nodes.map((probabilities, i) =>
    dagSvg({
      item,
      id: `${id}-t${i + 1}`,
      values: { thought: i + 1, probabilities, maximum },
      standalone,
      ...(standalone ? { heading: `Thought ${i + 1}` } : {}),
    }),
  );
}
