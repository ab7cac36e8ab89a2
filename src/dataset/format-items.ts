import { englishAnswer, englishQuestion, englishSteps } from './english.js';
import type { Item } from './item.js';
import type { OfficialItem } from './official-schema.js';

/** The item as an object of the official files, its fields in their order. `id` is there only if one is given. */
function officialForm(item: Item, id?: string): OfficialItem {
  return {
    question: englishQuestion(item, item.names),
    answer: englishAnswer(item),
    steps: englishSteps(item),
    idx_to_symbol: [...item.names],
    edges: fileEdges(item),
    root: item.root,
    target: item.target,
    neg_target: item.decoy,
    ...(id === undefined ? {} : { id }),
  };
}

/**
 * Items as the text of an official JSON file, the inverse of `parseItems`: the official validation file comes back byte
 * for byte. An item's id is written only where it is not the item's index.
 */
export function formatItems(items: readonly Item[]): string {
  return [...formatPieces(items)].join('');
}

/** {@link formatItems} piece by piece, so that a file may be larger than the memory. */
export function* formatPieces(items: Iterable<Item>): Generator<string, void, undefined> {
  let index = 0;
  for (const item of items) {
    const form = officialForm(item, item.id === String(index) ? undefined : item.id);
    yield `${index === 0 ? '[' : ', '}${stringify(form)}`;
    index++;
  }
  yield index === 0 ? '[]' : ']';
}

function fileEdges(item: Item): [number, number][] {
  const order =
    item.fileEdgeOrder ?? [...item.edges.keys()].sort((i, j) => item.edges[i][1] - item.edges[j][1] || i - j);
  return order.map((position) => [...item.edges[position]]);
}

/** JSON on one line with a space after each comma and colon, which is how Python's json module writes. */
function stringify(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stringify).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, part]) => `${JSON.stringify(key)}: ${stringify(part)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}
