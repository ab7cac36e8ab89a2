import type { Item } from '../dataset/index.js';
import type { ShownItem, ShownThoughts } from './shown-item.js';

/** An item in the page, without its drawings. Edges are a flat list: source, target, source, target, ... */
interface PageItem extends Pick<Item, 'id' | 'names' | 'root' | 'target' | 'decoy' | 'candidates' | 'path'> {
  readonly edges: readonly number[];
  /**
   * Per recording, null where it does not have the item: base64 of little-endian float32 of shape [k, n + 1]; a row
   * has the n nodes and then the probability off the graph. Exact, and half as long as decimals.
   */
  readonly thoughts: readonly (string | null)[];
}

/** The data that a report's script draws from: JSON in the page. */
export interface PageData {
  /** Of this form. */
  readonly version: 1;
  /** What the recordings are called; the first is the report's own. */
  readonly recordings: readonly string[];
  readonly items: readonly PageItem[];
}

function encodeFloats({ nodes, offGraph }: ShownThoughts): string {
  const values = nodes.flatMap((row, i) => [...row, offGraph[i]]);
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => bytes.setFloat32(4 * i, value, true));
  return Buffer.from(bytes.buffer).toString('base64');
}

/** Every item with its numbers to the last bit; {@link decodeItem} is the inverse. */
export function encodePage(recordings: readonly string[], items: readonly ShownItem[]): PageData {
  return {
    version: 1,
    recordings,
    items: items.map(({ item, recordings: shown }) => ({
      id: item.id,
      names: item.names,
      root: item.root,
      target: item.target,
      decoy: item.decoy,
      candidates: item.candidates,
      path: item.path,
      edges: item.edges.flat(),
      thoughts: shown.map((thoughts) => (thoughts === undefined ? null : encodeFloats(thoughts))),
    })),
  };
}

function decodeFloats(text: string, nodeCount: number): ShownThoughts {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const width = nodeCount + 1;
  const rows = bytes.length / (4 * width);
  const at = (row: number, column: number): number => view.getFloat32(4 * (row * width + column), true);
  return {
    nodes: Array.from({ length: rows }, (_, row) =>
      Float32Array.from({ length: nodeCount }, (_, node) => at(row, node)),
    ),
    offGraph: Float32Array.from({ length: rows }, (_, row) => at(row, nodeCount)),
  };
}

/** One item of the page with its numbers. */
export function decodeItem({ items }: PageData, index: number): ShownItem {
  const { thoughts, edges, ...item } = items[index];
  return {
    item: {
      ...item,
      edges: Array.from({ length: edges.length / 2 }, (_, i) => [edges[2 * i], edges[2 * i + 1]] as const),
    },
    recordings: thoughts.map((text) => (text === null ? undefined : decodeFloats(text, item.names.length))),
  };
}

/** JSON that can stand in a script element: nothing in it ends the element or begins a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
