import { z } from 'zod';
import { LensError } from '../errors.js';
import { parseJson } from './json.js';
import { describeIssues, quote, showShape } from './messages.js';

/** Element types this project reads, with the bytes one element takes. */
export const DTYPE_BYTES = { F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, U8: 1, BOOL: 1 } as const;

/**
 * The element types of a safetensors file.
 *
 * @useDeclaredType
 */
export type SafetensorsDType = keyof typeof DTYPE_BYTES;

/** Where one tensor lies. */
export interface TensorEntry {
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  /** Offsets of its first byte and of the byte after its last, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

/** What the head of a safetensors file says. */
export interface SafetensorsHeader {
  /** In the order of their data, which leaves no byte between them. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The one key of a header that names no tensor. */
export const METADATA_KEY = '__metadata__';
const DAMAGED = 'the file is damaged or was not written as safetensors: fetch or save it again';
const TRUNCATED = 'the file was cut short: fetch or save it again';

/** Not -0, which JSON can express and which would survive into shapes. */
const size = z
  .int()
  .nonnegative()
  .refine((n) => !Object.is(n, -0), 'negative zero');
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});

/**
 * Parses and fully checks a safetensors header (format specification of huggingface/safetensors): every tensor inside
 * the data, its size equal to shape x element size, no two tensors overlapping, no byte of the data unclaimed.
 *
 * @param subject the file, for messages
 * @param bytes the header without its length field
 * @param dataLength bytes of the file after the header
 * @throws LensError on the first violation
 */
export function parseSafetensorsHeader(subject: string, bytes: Uint8Array, dataLength: number): SafetensorsHeader {
  const value = parseJson(subject, 'safetensors header', bytes, DAMAGED);
  if (bytes[0] !== '{'.charCodeAt(0) || typeof value !== 'object' || value === null) {
    throw new LensError(subject, 'the safetensors header does not begin with a JSON object', DAMAGED);
  }
  const { [METADATA_KEY]: metadata = {}, ...described } = value as Record<string, unknown>;
  const entries = Object.entries(described).map(
    ([name, entry]) => [name, parseEntry(subject, name, entry, dataLength)] as const,
  );
  entries.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  checkCoverage(subject, entries, dataLength);
  return { tensors: new Map(entries), metadata: parseMetadata(subject, metadata) };
}

/** Not by zod, whose records pass over a key named `__proto__`. */
function parseMetadata(subject: string, value: unknown): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LensError(subject, `${METADATA_KEY} is not a JSON object`, DAMAGED);
  }
  const metadata = new Map<string, string>();
  for (const [key, text] of Object.entries(value as Record<string, unknown>)) {
    if (typeof text !== 'string') {
      throw new LensError(subject, `${METADATA_KEY} holds something other than a string (at ${quote(key)})`, DAMAGED);
    }
    metadata.set(key, text);
  }
  return metadata;
}

function parseEntry(subject: string, name: string, value: unknown, dataLength: number): TensorEntry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    throw new LensError(subject, `tensor ${quote(name)} is ill described (${describeIssues(parsed.error)})`, DAMAGED);
  }
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  const [begin, end] = offsets;
  if (!isReadable(dtype)) {
    throw new LensError(
      subject,
      `tensor ${quote(name)} has a dtype this project does not read (${quote(dtype)})`,
      `save it as one of ${Object.keys(DTYPE_BYTES).join(', ')}`,
    );
  }
  if (begin > end) {
    throw new LensError(subject, `tensor ${quote(name)} ends before it begins (${begin} > ${end})`, DAMAGED);
  }
  if (end > dataLength) {
    throw new LensError(
      subject,
      `tensor ${quote(name)} ends outside the data (at byte ${end} of ${dataLength})`,
      TRUNCATED,
    );
  }
  const bytes = countElements(shape) * DTYPE_BYTES[dtype];
  if (bytes !== end - begin) {
    throw new LensError(
      subject,
      `tensor ${quote(name)} of ${dtype} ${showShape(shape)} needs ${bytes} bytes but its offsets span ${end - begin}`,
      DAMAGED,
    );
  }
  return { dtype, shape, begin, end };
}

function isReadable(dtype: string): dtype is SafetensorsDType {
  return Object.hasOwn(DTYPE_BYTES, dtype);
}

/** Elements of a tensor of this shape; 1 for a scalar. Zero wins over overflow, so the result is never NaN. */
export function countElements(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, n) => product * n, 1);
}

/** The data must be entirely indexed: each tensor begins where the one before it ends. */
function checkCoverage(
  subject: string,
  entries: readonly (readonly [string, TensorEntry])[],
  dataLength: number,
): void {
  let covered = 0;
  let previous = '';
  for (const [name, { begin, end }] of entries) {
    if (begin < covered) {
      throw new LensError(
        subject,
        `tensors ${quote(previous)} and ${quote(name)} overlap (byte ${begin} belongs to both)`,
        DAMAGED,
      );
    }
    if (begin > covered) {
      throw new LensError(
        subject,
        `bytes ${covered} to ${begin} of the data, before tensor ${quote(name)}, belong to no tensor`,
        DAMAGED,
      );
    }
    covered = end;
    previous = name;
  }
  if (covered < dataLength) {
    throw new LensError(
      subject,
      `bytes ${covered} to ${dataLength} of the data, after the last tensor, belong to no tensor`,
      DAMAGED,
    );
  }
}
