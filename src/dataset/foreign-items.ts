import { parseJsonDocument } from '../json-text.js';

/** What a file is that holds no list of items, and what to do with it. */
export interface Recognised {
  readonly problem: string;
  readonly remedy: string;
}

const FORM = 'items of ProsQA with their graphs are read (idx_to_symbol, edges, root, target, neg_target)';

/** Beginnings of files that hold no text. */
const PACKED: readonly (readonly [name: string, bytes: readonly number[], remedy: string])[] = [
  ['gzip', [0x1f, 0x8b], 'unpack it with gunzip'],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04], 'unpack it'],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd], 'unpack it with unzstd'],
  ['Parquet', [0x50, 0x41, 0x52, 0x31], 'write its rows as a JSON list'],
];

/** What bytes are that are no text. */
export function recogniseBytes(bytes: Uint8Array): Recognised | undefined {
  const found = PACKED.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
  return (
    found && { problem: `is compressed or binary (${found[0]})`, remedy: `${found[2]}: a JSON list of items is read` }
  );
}

/** What a text is that is no JSON. */
export function recogniseText(text: string): Recognised | undefined {
  const [first] = text.trimStart().split('\n', 1);
  try {
    const value = parseJsonDocument(first);
    if (!isObject(value)) return undefined;
    const own = recogniseItem(value);
    if (own !== undefined) return own;
  } catch {
    return undefined;
  }
  return {
    problem: 'is JSON Lines, an object a line',
    remedy: 'make one list of its lines: jq -s . FILE > items.json',
  };
}

/** What a JSON document is that is no list. */
export function recogniseDocument(value: unknown): Recognised | undefined {
  if (!isObject(value) || 'edges' in value) return undefined;
  const first = Object.values(value).find(isObject);
  const own = recogniseItem(value) ?? (first && (recogniseItem(first) ?? recogniseItem(first['test_example'])));
  if (own !== undefined) return own;
  const lists = Object.keys(value).filter((key) => /^\w+$/.test(key) && Array.isArray(value[key]));
  if (lists.length === 0) return undefined;
  const names = lists.slice(0, 5).join(', ');
  return {
    problem: `is an object and not a list; it holds ${lists.length === 1 ? 'one' : 'some'} (${names})`,
    remedy: `give the list alone: jq '.["${lists[0]}"]' FILE > items.json`,
  };
}

/** What an item of another data set is. */
export function recogniseItem(value: unknown): Recognised | undefined {
  if (!isObject(value) || 'edges' in value || 'idx_to_symbol' in value) return undefined;
  const { question, answer, steps } = value;
  const remedy = FORM;
  if ('query' in value || 'chain_of_thought' in value || /^(true|false)$/i.test(String(answer)))
    return { problem: 'is of ProntoQA: true or false, no two candidates in a graph', remedy };
  const worked = [answer, ...(Array.isArray(steps) ? (steps as unknown[]) : [])].map(String).join(' ');
  if (/####|<<[^<>]*>>/.test(worked)) return { problem: 'is of GSM8k: arithmetic, no graph', remedy };
  return typeof question === 'string' ? { problem: 'is a question without a graph', remedy } : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
