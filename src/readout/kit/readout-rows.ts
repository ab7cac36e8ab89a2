import type { Estimate } from '../../statistics/index.js';

/** One number of a readout as a flat row, for CSV and data frames. */
export interface ReadoutRow {
  /** The number of thoughts that the number belongs to; null where it belongs to none. */
  readonly thought: number | null;
  /** The headings above the number, with points between. */
  readonly group: string;
  readonly quantity: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly clusters: number;
}

/**
 * Every estimate of a result as a row, in the result's order. What is not an estimate (counts, curves, drawings) is left
 * out. An object's `thought` holds for everything in it, and an element of a list is named by its `name`, `height` or
 * `layer`.
 */
export function readoutRows(result: object): ReadoutRow[] {
  return rowsIn(result, [], null);
}

function rowsIn(tree: object, path: readonly string[], thought: number | null): ReadoutRow[] {
  if (isEstimate(tree)) {
    const { value, low, high, n, clusters } = tree;
    const [group, quantity] = [path.slice(0, -1).join('.'), path[path.length - 1]];
    return [{ thought, group, quantity, value, low, high, n, clusters }];
  }
  const own = 'thought' in tree && typeof tree.thought === 'number' ? tree.thought : thought;
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return [];
    if (!Array.isArray(value)) return rowsIn(value, [...path, key], own);
    const heading = key === 'perThought' ? [] : [key];
    return value.flatMap((element: unknown, i) => {
      if (typeof element !== 'object' || element === null) return [];
      const name = nameOf(element) ?? (heading.length === 0 ? undefined : String(i));
      return rowsIn(element, [...path, ...heading, ...(name === undefined ? [] : [name])], own);
    });
  });
}

function nameOf(element: object): string | undefined {
  if ('name' in element) return String(element.name);
  if ('height' in element) return `height ${String(element.height)}`;
  return 'layer' in element ? `layer ${String(element.layer)}` : undefined;
}

function isEstimate(tree: object): tree is Estimate {
  return 'value' in tree && 'low' in tree && 'clusters' in tree;
}
