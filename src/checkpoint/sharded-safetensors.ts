import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LensError } from '../errors.js';
import { readInput } from '../read-input.js';
import { reportingFileErrors } from './files.js';
import type { TensorKind } from './gpt2-check.js';
import { parseJsonFile } from './json.js';
import { describeIssues, quote } from './messages.js';
import { SafetensorsFile } from './safetensors-reader.js';
import type { StoredTensor } from './safetensors-reader.js';
import type { WeightsContent, WeightsSource } from './weights-source.js';

const MAX_SHARDS = 256;
const DISAGREEMENTS_SHOWN = 10;
const SAVE_AGAIN = 'fetch or save the whole model again';

const indexSchema = z.object({ weight_map: z.custom<Record<string, unknown>>(isRecord, 'expected an object') });

/**
 * Weights in several safetensors files and the index that says which tensor is in which (`*.safetensors.index.json` of
 * Hugging Face transformers). Every shard's header is read and held against the index when it is opened. Close it.
 */
export class ShardedSafetensors implements WeightsSource {
  readonly format = 'sharded safetensors';
  readonly tensors: ReadonlyMap<string, TensorKind>;

  private constructor(
    readonly path: string,
    /** By file name, in the order of names. */
    private readonly shards: ReadonlyMap<string, SafetensorsFile>,
  ) {
    this.tensors = new Map([...shards.values()].flatMap((shard): [string, TensorKind][] => [...shard.tensors]));
  }

  /**
   * @param path of the index; the shards lie beside it
   * @throws LensError if the index is malformed, names a file outside its folder, or does not say what the shards hold
   */
  static async open(path: string): Promise<ShardedSafetensors> {
    const fileOf = await readIndex(path);
    const names = [...new Set(fileOf.values())].sort();
    if (names.length > MAX_SHARDS) {
      throw new LensError(path, `names more than ${MAX_SHARDS} files (${names.length})`, SAVE_AGAIN);
    }
    const shards = new Map<string, SafetensorsFile>();
    try {
      for (const name of names) shards.set(name, await SafetensorsFile.open(join(dirname(path), name)));
      checkIndex(path, fileOf, shards);
      return new ShardedSafetensors(path, shards);
    } catch (error) {
      await closeAll(shards);
      throw error;
    }
  }

  /**
   * Reads the wanted tensors, one shard after the other. The hash is that of the text that `sha256sum` prints for the
   * shards in the order of their names.
   */
  async readAll(wanted: (name: string) => boolean): Promise<WeightsContent> {
    const tensors = new Map<string, StoredTensor>();
    const list = createHash('sha256');
    for (const [name, shard] of this.shards) {
      const content = await shard.readAll(wanted);
      for (const [key, tensor] of content.tensors) tensors.set(key, tensor);
      list.update(`${content.sha256}  ${name}\n`);
    }
    return { tensors, sha256: list.digest('hex') };
  }

  close(): Promise<void> {
    return closeAll(this.shards);
  }
}

async function closeAll(shards: ReadonlyMap<string, SafetensorsFile>): Promise<void> {
  for (const shard of shards.values()) await shard.close();
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Which file each tensor is in, by the index. */
async function readIndex(path: string): Promise<ReadonlyMap<string, string>> {
  const bytes = await reportingFileErrors(path, 'read', () => readInput(path));
  const parsed = indexSchema.safeParse(parseJsonFile(path, 'index', bytes, SAVE_AGAIN));
  if (!parsed.success) {
    throw new LensError(path, `not an index of safetensors files (${describeIssues(parsed.error)})`, SAVE_AGAIN);
  }
  const fileOf = new Map<string, string>();
  for (const [tensor, file] of Object.entries(parsed.data.weight_map)) {
    if (typeof file !== 'string' || !/^[^/\\\0]+\.safetensors$/.test(file)) {
      throw new LensError(
        path,
        `weight_map puts tensor ${quote(tensor)} in what is no safetensors file of this folder (${quote(String(file))})`,
        'name files in the folder of the index, without a path',
      );
    }
    fileOf.set(tensor, file);
  }
  if (fileOf.size === 0) throw new LensError(path, 'weight_map names no tensor', SAVE_AGAIN);
  return fileOf;
}

/** @throws LensError listing every tensor that is not where the index has it, or that the index has not */
function checkIndex(
  path: string,
  fileOf: ReadonlyMap<string, string>,
  shards: ReadonlyMap<string, SafetensorsFile>,
): void {
  const absent = [...fileOf]
    .filter(([tensor, file]) => shards.get(file)?.tensors.has(tensor) !== true)
    .map(([tensor, file]) => `${file} lacks ${quote(tensor)}`);
  const unlisted = [...shards].flatMap(([file, { tensors }]) =>
    [...tensors.keys()]
      .filter((tensor) => fileOf.get(tensor) !== file)
      .map((tensor) => `${file} has ${quote(tensor)}, which the index does not put there`),
  );
  const problems = [...absent, ...unlisted];
  if (problems.length === 0) return;
  const shown = problems.slice(0, DISAGREEMENTS_SHOWN);
  if (problems.length > shown.length) shown.push(`${problems.length - shown.length} more`);
  throw new LensError(path, `the index and its files do not belong together (${shown.join('; ')})`, SAVE_AGAIN);
}
