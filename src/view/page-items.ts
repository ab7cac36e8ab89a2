import type { Item } from '../dataset/index.js';
import type { ThoughtRecord } from '../recording/index.js';
import { LensError } from '../errors.js';
import { shownThoughts, type ShownItem, type ShownThoughts } from './shown-item.js';

/** The items of a page: what is drawn at first, and what a reader can choose. */
export interface PageItems {
  /** What the recordings are called: the report's own, and the one beside it if there is one. */
  readonly labels: readonly string[];
  readonly shown: readonly ShownItem[];
  /** Index in `shown` of the item that is drawn at first. */
  readonly drawn: number;
  /** Items in the recording, of which `shown` may be the first. */
  readonly total: number;
}

/** A page holds at most this many items, so that it opens at once. */
export const MOST_ITEMS = 500;

/** What a page shows: the records of one recording, and of a second one. */
export interface PageItemsPlan {
  /** The report's own recording, in its order. */
  readonly records: AsyncIterable<ThoughtRecord> | Iterable<ThoughtRecord>;
  readonly label: string;
  /** Id of the item that is drawn at first; default: the first. */
  readonly drawn?: string | undefined;
  /** A second recording of the same items. */
  readonly baseline?:
    { readonly records: AsyncIterable<ThoughtRecord> | Iterable<ThoughtRecord>; readonly label: string } | undefined;
}

/** Whether two items are one question on one graph; the order of the sentences and the path are not compared. */
function isSameItem(a: Item, b: Item): boolean {
  const edges = ({ edges: list }: Item): string =>
    list
      .map((edge) => edge.join('-'))
      .sort()
      .join();
  return (
    a.root === b.root &&
    a.target === b.target &&
    a.decoy === b.decoy &&
    a.names.length === b.names.length &&
    a.names.every((name, node) => name === b.names[node]) &&
    edges(a) === edges(b)
  );
}

/**
 * Collects what a page shows of a recording: its first 500 items and the one that is drawn, each with the same item of
 * the recording beside it.
 *
 * @throws LensError if the item to draw is not there, a record's numbers are damaged, or the second recording has other
 * items
 */
export async function pageItems({ records, label, drawn, baseline }: PageItemsPlan): Promise<PageItems> {
  const found: { readonly item: Item; readonly thoughts: ShownThoughts }[] = [];
  let total = 0;
  for await (const record of records) {
    if (total++ < MOST_ITEMS || record.item.id === drawn) {
      found.push({ item: record.item, thoughts: shownThoughts(record) });
    }
  }
  if (found.length === 0) throw new LensError(label, 'holds no items', 'record some', 'failure');
  const index = drawn === undefined ? 0 : found.findIndex(({ item }) => item.id === drawn);
  if (index === -1) {
    throw new LensError('--item', `${label} has no such item (${drawn})`, 'give the id of a recorded item', 'usage');
  }
  if (baseline === undefined) {
    const shown = found.map(({ item, thoughts }) => ({ item, recordings: [thoughts] }));
    return { labels: [label], shown, drawn: index, total };
  }
  const items = new Map(found.map(({ item }) => [item.id, item]));
  const others = await sameItems(items, baseline.records, baseline.label);
  const shown = found.map(({ item, thoughts }) => ({ item, recordings: [thoughts, others.get(item.id)] }));
  return { labels: [label, baseline.label], shown, drawn: index, total };
}

async function sameItems(
  items: ReadonlyMap<string, Item>,
  records: AsyncIterable<ThoughtRecord> | Iterable<ThoughtRecord>,
  label: string,
): Promise<Map<string, ShownThoughts>> {
  const remedy = 'give a recording of the same items';
  const others = new Map<string, ShownThoughts>();
  for await (const record of records) {
    const { id } = record.item;
    const own = items.get(id);
    if (own === undefined) continue;
    if (!isSameItem(own, record.item)) {
      throw new LensError('--baseline', `item ${id} of ${label} is another question`, remedy, 'usage');
    }
    others.set(id, shownThoughts(record));
  }
  if (others.size === 0) throw new LensError('--baseline', `${label} has none of the items`, remedy, 'usage');
  return others;
}
