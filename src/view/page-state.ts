import type { PageData } from './page-data.js';

/** What a reader has chosen; the page's address carries it, so that a link shows the same picture. */
export interface PageState {
  /** Index in the page's items. */
  readonly item: number;
  /** 1..k */
  readonly thought: number;
  readonly shape: 'graph' | 'tree';
  /** Whether glyphs and lines fill up to the item's largest probability and not up to 1. */
  readonly magnified: boolean;
  /** One of {@link THRESHOLDS}. */
  readonly threshold: number;
  /** Nodes of the item, in the order in which they were pinned. */
  readonly pins: readonly number[];
}

/** Probabilities below which nodes can be faded; 0 fades none. */
export const THRESHOLDS = [0, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5] as const;

/** The state as the part of an address after `#`; what has its usual value is left out. */
export function formatState(
  { item, thought, shape, magnified, threshold, pins }: PageState,
  { items }: PageData,
): string {
  const entries = new URLSearchParams({ item: items[item].id, thought: String(thought) });
  if (shape !== 'graph') entries.set('view', shape);
  if (magnified) entries.set('scale', 'magnified');
  if (threshold > 0) entries.set('threshold', String(threshold));
  if (pins.length > 0) entries.set('pins', pins.join(' '));
  return entries.toString();
}

function wholeBetween(text: string | null, low: number, high: number): number | undefined {
  if (text === null || !/^\d{1,9}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= low && value <= high ? value : undefined;
}

/**
 * Reads a state from the part of an address after `#`. An address is written by anyone: whatever in it does not fit
 * the page is taken as its usual value.
 *
 * @param thoughts k of an item
 * @param usual the state where nothing is said
 */
export function parseState(
  hash: string,
  { items }: PageData,
  thoughts: (item: number) => number,
  usual: PageState,
): PageState {
  const entries = new URLSearchParams(hash.replace(/^#/, ''));
  const id = entries.get('item');
  const named = id === null ? -1 : items.findIndex((item) => item.id === id);
  const item = named === -1 ? usual.item : named;
  const nodes = items[item].names.length;
  const pins = (entries.get('pins') ?? '')
    .split(' ')
    .map((text) => wholeBetween(text, 0, nodes - 1))
    .filter((node) => node !== undefined);
  return {
    item,
    thought: wholeBetween(entries.get('thought'), 1, thoughts(item)) ?? Math.min(usual.thought, thoughts(item)),
    shape: entries.get('view') === 'tree' ? 'tree' : 'graph',
    magnified: entries.get('scale') === 'magnified',
    threshold: THRESHOLDS.find((threshold) => String(threshold) === entries.get('threshold')) ?? 0,
    pins: id !== null && named === -1 ? [] : [...new Set(pins)],
  };
}
