import type { z } from 'zod';
import { LensError } from '../errors.js';
import { jsonProblem, parseJsonDocument } from '../json-text.js';
import { recogniseDocument, recogniseItem, recogniseText } from './foreign-items.js';
import { validateItem } from './validate-item.js';
import { officialItem } from './official-schema.js';
import type { Item } from './item.js';

const REGENERATE = 'correct the item or write the file anew';

/**
 * Reads items from the text of an official ProsQA JSON file, strictly: everything an `Item` promises is checked once
 * here and trusted from then on.
 *
 * @param source what messages call the text, usually the file's path
 * @throws LensError naming the item's index, the field and what was expected, if the text is not JSON, not a list, an
 * empty list, or holds a malformed item; the first problem found is the one reported
 */
export function parseItems(text: string, source: string): Item[] {
  let data: unknown;
  try {
    data = parseJsonDocument(text);
  } catch (cause) {
    const { problem, remedy } = recogniseText(text) ?? {
      problem: `not JSON (${jsonProblem(cause)})`,
      remedy: 'give a file in the official ProsQA form, a JSON list of items',
    };
    throw new LensError(source, problem, remedy, 'failure', cause);
  }
  if (!Array.isArray(data)) {
    const { problem, remedy } = recogniseDocument(data) ?? {
      problem: `expected a JSON list of items (found ${describe(data)})`,
      remedy: 'wrap the items in [ ]',
    };
    throw new LensError(source, problem, remedy);
  }
  if (data.length === 0)
    throw new LensError(source, 'the list of items is empty', 'give a file with at least one item');

  const positions = new Map<string, number>();
  return data.map((value: unknown, index) => {
    const subject = `${source} item ${index}`;
    const parsed = officialItem.safeParse(value);
    if (!parsed.success) {
      const { problem, remedy } = recogniseItem(value) ?? {
        problem: describeIssue(parsed.error, value),
        remedy: REGENERATE,
      };
      throw new LensError(subject, problem, remedy);
    }
    const item = validateItem(parsed.data, String(index), (problem, expected) => {
      throw new LensError(subject, problem, expected);
    });
    const earlier = positions.get(item.id);
    if (earlier !== undefined) {
      throw new LensError(subject, `id "${item.id}" is also item ${earlier}'s`, 'ids must be unique inside a file');
    }
    positions.set(item.id, index);
    return item;
  });
}

/** "edges[3][1]: expected a node index (found "x")" for the first issue zod reports. */
function describeIssue(error: z.ZodError, value: unknown): string {
  const [issue] = error.issues;
  const field = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  let found: unknown = value;
  for (const key of issue.path) {
    found = typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[key] : undefined;
  }
  if (issue.path.length === 0) return `expected an object with question, edges, ... (found ${describe(value)})`;
  return `${field.replace(/^\./, '')}: ${issue.message} (found ${describe(found)})`;
}

/** The value as a message shows it: in full if short, else its kind. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  if (text.length <= 40) return text;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'string' ? `${text.slice(0, 37)}..."` : 'an object';
}
