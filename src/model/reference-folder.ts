import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SafetensorsFile } from '../checkpoint/index.js';
import type { HostTensor } from '../tensor/index.js';
import { LensError } from '../errors.js';
import { jsonProblem, parseJsonDocument } from '../json-text.js';
import { readInput } from '../read-input.js';

const META = 'meta.json';
const ACTIVATIONS = 'activations.safetensors';
const MAKE = 'write one with scripts/dump_reference.py (docs/cli.md, verify)';

const ids = z.array(z.int().nonnegative());
const size = z.int().positive();

const metaSchema = z.object({
  format: z.literal('coconut-lens-reference'),
  version: z.literal(1),
  torch: z.string(),
  dtype: z.string(),
  model: z.object({ n_layer: size, n_head: size, n_embd: size, vocab_size: size }),
  /** Logits are stored of these tokens only. */
  logit_ids: ids.min(1).optional(),
  items: z.array(z.object({ prompt: ids.min(1), thoughts: z.int().nonnegative(), suffix: ids, generated: ids })).min(1),
});

/**
 * What meta.json of a reference folder says.
 *
 * @interface
 */
export type ReferenceMeta = z.output<typeof metaSchema>;

/** What another implementation computed with a model: see `openReference`. Close it. */
export class ReferenceFolder {
  /** Per item, the quantities that are stored, by name. */
  readonly names: readonly (readonly string[])[];

  /** @internal */
  constructor(
    readonly path: string,
    readonly meta: ReferenceMeta,
    private readonly file: SafetensorsFile,
  ) {
    const names: string[][] = meta.items.map(() => []);
    for (const name of file.header.tensors.keys()) {
      const match = /^(0|[1-9]\d{0,8})\.(.+)$/.exec(name);
      const ofItem = match === null ? undefined : names.at(Number(match[1]));
      if (match === null || ofItem === undefined) {
        throw new LensError(this.activationsPath, `tensor of no item (${JSON.stringify(name)})`, MAKE);
      }
      ofItem.push(match[2]);
    }
    this.names = names;
  }

  get activationsPath(): string {
    return join(this.path, ACTIVATIONS);
  }

  /** Reads one quantity of one item, float32. @throws LensError if it is not there or not of floats */
  async read(item: number, name: string): Promise<HostTensor> {
    const { dtype, shape, data } = await this.file.read(`${item}.${name}`);
    if (data instanceof Float32Array) return { data, shape, dtype: 'float32' };
    throw new LensError(this.activationsPath, `${item}.${name} holds no floats (${dtype})`, MAKE);
  }

  /** Closes the file of activations; nothing can be read afterwards. */
  close(): Promise<void> {
    return this.file.close();
  }
}

/**
 * Opens a folder that scripts/dump_reference.py wrote: meta.json says which prompts were run and how, and
 * activations.safetensors holds what was computed as `{item}.{name}`, names as in `quantitySites`.
 *
 * @throws LensError if it is no such folder
 */
export async function openReference(folder: string): Promise<ReferenceFolder> {
  const info = await stat(folder).catch(() => undefined);
  if (info === undefined) throw new LensError(folder, 'no such folder', MAKE);
  if (!info.isDirectory()) throw new LensError(folder, 'not a folder', `pass the folder with ${META}`);
  const path = join(folder, META);
  let text: string;
  try {
    text = (await readInput(path)).toString('utf8');
  } catch (error) {
    if (error instanceof LensError) throw error;
    throw new LensError(folder, `not a reference folder (no ${META})`, MAKE, 'failure', error);
  }
  const meta = parseMeta(path, text);
  const file = await SafetensorsFile.open(join(folder, ACTIVATIONS));
  try {
    return new ReferenceFolder(folder, meta, file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function parseMeta(path: string, text: string): ReferenceMeta {
  let value: unknown;
  try {
    value = parseJsonDocument(text);
  } catch (error) {
    throw new LensError(path, `not valid JSON (${jsonProblem(error)})`, MAKE, 'failure', error);
  }
  const parsed = metaSchema.safeParse(value);
  if (!parsed.success) {
    const [{ path: keys, message }] = parsed.error.issues;
    throw new LensError(path, `not a description of a reference (${keys.map(String).join('.')}: ${message})`, MAKE);
  }
  const { model, logit_ids = [], items } = parsed.data;
  const used = [
    ...logit_ids,
    ...items.flatMap(({ prompt, suffix, generated }) => [...prompt, ...suffix, ...generated]),
  ];
  const outside = used.find((id) => id >= model.vocab_size);
  if (outside === undefined) return parsed.data;
  throw new LensError(path, `a token id is outside the vocabulary (${outside} of ${model.vocab_size})`, MAKE);
}
