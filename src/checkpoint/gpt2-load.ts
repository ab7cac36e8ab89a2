import { LensError } from '../errors.js';
import type { FloatTensor } from './float-tensor.js';
import { refuseForeignLayout } from './foreign-layouts.js';
import { checkFinite, checkGpt2Tensors } from './gpt2-check.js';
import type { TensorKind } from './gpt2-check.js';
import type { Gpt2Config } from './gpt2-config.js';
import type { Gpt2Weights } from './gpt2-weights.js';
import { quote, showShape } from './messages.js';
import { HEAD, TOKEN_EMBEDDING } from './parameter-names.js';
import type { ParameterNames } from './parameter-names.js';
import type { WeightsSource } from './weights-source.js';

/**
 * Reads the GPT-2 that `config` describes out of a source of tensors. Nothing of the data is read before names and
 * shapes are known to match. A stored head that equals the token embedding is tied to it; one that differs is the model's
 * head, whatever `config` says: torch saves what the model had, and a tied head would have been saved equal (transformers
 * 5 reads such a file so too).
 *
 * @param names the source's, recognised
 * @param isInferred whether `config` was read off these very tensors, so that no config.json is to blame
 * @throws LensError if a tensor is missing, unexpected, misshapen or not finite; all of them are listed
 */
export async function loadGpt2(
  source: WeightsSource,
  { parameters, coconutEmbedding, dropped }: ParameterNames,
  config: Gpt2Config,
  isInferred = false,
): Promise<Gpt2Weights> {
  const { path } = source;
  const found = kindsOf(source, parameters);
  refuseForeignLayout(path, found);
  // A head that a tied model stores is held to the shape of a head all the same.
  const hasHead = found.has(HEAD);
  checkGpt2Tensors(path, hasHead ? { ...config, tieWordEmbeddings: false } : config, found, isInferred);
  checkCoconutEmbedding(source, coconutEmbedding, found);

  const wanted = new Set(parameters.values());
  if (coconutEmbedding !== undefined) wanted.add(coconutEmbedding);
  const { tensors: stored, sha256 } = await source.readAll((name) => wanted.has(name));
  const floats = new Map<string, FloatTensor>();
  for (const [name, { shape, data }] of stored) {
    if (!(data instanceof Float32Array)) continue;
    checkFinite(path, name, { shape, data });
    floats.set(name, { shape, data });
  }
  const loaded: Record<string, FloatTensor> = {};
  for (const [own, name] of parameters) loaded[own] = get(floats, name);
  const embedding = loaded[TOKEN_EMBEDDING];
  if (coconutEmbedding !== undefined && !haveSameValues(get(floats, coconutEmbedding), embedding)) {
    throw new LensError(
      path,
      `${quote(coconutEmbedding)} differs from ${TOKEN_EMBEDDING}, which in Coconut are one tensor`,
      `save the state dict of the model as it was trained, or leave it out: import --drop ${coconutEmbedding}`,
    );
  }
  const copy = { prefix: coconutEmbedding ?? '', tensors: 1, reason: `a copy of ${TOKEN_EMBEDDING}` };
  const rest = { sha256, dropped: coconutEmbedding === undefined ? dropped : [...dropped, copy] };

  if (!hasHead) return { config, tensors: loaded, warnings: [], ...rest };
  const { [HEAD]: head, ...tensors } = loaded;
  const isSame = haveSameValues(head, embedding);
  // An untied configuration keeps its head even where training has not moved it yet.
  if (isSame && (isInferred || config.tieWordEmbeddings)) {
    return { config: { ...config, tieWordEmbeddings: true }, tensors, warnings: [], ...rest };
  }
  const isContradiction = !isInferred && config.tieWordEmbeddings;
  const warning =
    `${path}: ${HEAD} differs from ${TOKEN_EMBEDDING}, but tie_word_embeddings is true: the file's ${HEAD} is used; ` +
    'check that it was trained with these weights';
  return {
    config: { ...config, tieWordEmbeddings: false },
    tensors: loaded,
    warnings: isContradiction ? [warning] : [],
    ...rest,
  };
}

/** Dtype and shape of each parameter, by its own name. */
export function kindsOf(
  source: WeightsSource,
  parameters: ReadonlyMap<string, string>,
): ReadonlyMap<string, TensorKind> {
  return new Map([...parameters].map(([own, name]) => [own, get(source.tensors, name)]));
}

function checkCoconutEmbedding(
  source: WeightsSource,
  name: string | undefined,
  found: ReadonlyMap<string, TensorKind>,
): void {
  if (name === undefined) return;
  const [copy, embedding] = [get(source.tensors, name), get(found, TOKEN_EMBEDDING)];
  if (copy.dtype === embedding.dtype && showShape(copy.shape) === showShape(embedding.shape)) return;
  throw new LensError(
    source.path,
    `${quote(name)} is ${copy.dtype} ${showShape(copy.shape)} but ${TOKEN_EMBEDDING}, which in Coconut is the same ` +
      `tensor, is ${embedding.dtype} ${showShape(embedding.shape)}`,
    'save the state dict of the model as it was trained',
  );
}

/** A name that is known to be there. */
function get<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`${name} was not read`);
  return value;
}

function haveSameValues(a: FloatTensor, b: FloatTensor): boolean {
  return a.data === b.data || a.data.every((x, i) => x === b.data[i]);
}
