import { LensError } from '../errors.js';
import { jsonProblem, parseJsonDocument } from '../json-text.js';
import { fromPythonJson } from '../python-json.js';
import { quote } from './messages.js';

/**
 * Parses UTF-8 JSON, strictly: invalid UTF-8, a byte-order mark and keys that occur twice in one object are refused
 * (JSON.parse alone would keep the last of two equal keys and so hide a contradiction).
 *
 * @param what names the bytes in the message: `header`, `file`
 * @throws LensError about `subject`
 */
export function parseJson(subject: string, what: string, bytes: Uint8Array, remedy: string): unknown {
  return parse(subject, what, remedy, () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
}

/**
 * The same for a file that other programs write: with a byte-order mark or without, and with the numbers that Python adds
 * to JSON (`fromPythonJson`).
 *
 * @throws LensError about `subject`
 */
export function parseJsonFile(subject: string, what: string, bytes: Uint8Array, remedy: string): unknown {
  return parse(subject, what, remedy, () => fromPythonJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
}

function parse(subject: string, what: string, remedy: string, decode: () => string): unknown {
  let text: string;
  let value: unknown;
  try {
    text = decode();
    value = parseJsonDocument(text);
  } catch (error) {
    throw new LensError(
      subject,
      `the ${what} is not valid JSON in UTF-8 (${jsonProblem(error)})`,
      remedy,
      'failure',
      error,
    );
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) {
    throw new LensError(subject, `a key occurs twice in one object of the ${what} (${quote(duplicate)})`, remedy);
  }
  return value;
}

/**
 * The first key that one object of `text` holds twice. `text` must be valid JSON, so a string is a key exactly when a
 * colon follows it. Neither nesting nor long strings cost stack, as a recursive parser or a regular expression would.
 */
function findDuplicateKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') open.push(new Set());
    else if (text[i] === '}') open.pop();
    else if (text[i] === '"') {
      const start = i;
      for (i++; text[i] !== '"'; i++) if (text[i] === '\\') i++;
      if (!isColonNext(text, i + 1)) continue;
      const key = JSON.parse(text.slice(start, i + 1)) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}

function isColonNext(text: string, from: number): boolean {
  let i = from;
  while (/\s/.test(text.charAt(i))) i++;
  return text[i] === ':';
}
