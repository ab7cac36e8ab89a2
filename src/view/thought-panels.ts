import type { Item } from '../dataset/index.js';
import { dagLegend, dagSvg } from '../drawing/index.js';
import type { ThoughtRecord } from '../recording/index.js';
import { shownThoughts, type ShownThoughts } from './shown-item.js';

/** One drawing per thought. */
export interface ThoughtPanels {
  readonly legend: string;
  /** Element i shows thought i + 1. */
  readonly panels: readonly string[];
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
  const panels = drawPanels(record.item, thoughts, { id, standalone });
  return { legend: dagLegend(`${id}-key`, standalone), panels };
}

/** The panels alone. */
export function drawPanels(item: Item, { nodes }: ShownThoughts, { id, standalone = false }: PanelOptions): string[] {
  return nodes.map((probabilities, i) =>
    dagSvg({
      item,
      id: `${id}-t${i + 1}`,
      values: { thought: i + 1, probabilities },
      standalone,
      ...(standalone ? { heading: `Thought ${i + 1}` } : {}),
    }),
  );
}
