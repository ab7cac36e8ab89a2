import { LensError } from '../../errors.js';
import { quote } from '../messages.js';
import { TOKEN_EMBEDDING } from '../parameter-names.js';
import { describeValue } from './pickle-values.js';
import type { PickleDict, PickleValue } from './pickle-values.js';
import { TorchTensor, UnreadTensor } from './tensor.js';

/** Under which keys training scripts put the state dict, the more exact ones first. */
const WRAPPERS = ['model_state_dict', 'state_dict', 'model', 'module'];
const MAX_WRAPPERS = 3;
const KEYS_SHOWN = 10;

/** A state dict within what a file holds. */
export interface StateDict {
  readonly tensors: ReadonlyMap<string, TorchTensor>;
  /** The keys that lead to it; empty where the file holds nothing else. */
  readonly at: readonly string[];
}

/**
 * Finds the state dict, a dict from names to tensors, in what a torch file holds: under one of the keys that training
 * scripts use, at the top, or under the only key that has one; first among those with a token embedding, so that a tensor
 * beside the state dict is not taken for one. Entries of a state dict that are no tensors are passed over.
 *
 * @throws LensError if there is none, more than one and nothing tells which is meant, or one of a type that is not read
 */
export function findStateDict(subject: string, root: PickleValue): StateDict {
  const found = search(root, MAX_WRAPPERS, hasEmbedding) ?? search(root, MAX_WRAPPERS, ({ size }) => size > 0);
  if (found !== undefined) return { at: found.at, tensors: readable(subject, found.dict) };
  const remedy = 'save the state dict alone: torch.save(model.state_dict(), file)';
  if (!(root instanceof Map)) {
    throw new LensError(subject, `holds ${describeValue(root)}, not a state dict`, remedy);
  }
  const keys = [...root.keys()].map((key) => (typeof key === 'string' ? quote(key) : describeValue(key)));
  const shown = [...keys.slice(0, KEYS_SHOWN), ...(keys.length > KEYS_SHOWN ? ['...'] : [])].join(', ');
  throw new LensError(subject, `none of its entries, or more than one, is a state dict (${shown || 'empty'})`, remedy);
}

type AnyTensor = TorchTensor | UnreadTensor;
type Candidate = ReadonlyMap<string, AnyTensor>;

function search(
  value: PickleValue,
  depth: number,
  isWanted: (dict: Candidate) => boolean,
): { readonly dict: Candidate; readonly at: readonly string[] } | undefined {
  if (!(value instanceof Map)) return undefined;
  if (depth > 0) {
    for (const key of WRAPPERS) {
      const within = search(value.get(key) ?? null, depth - 1, isWanted);
      if (within !== undefined) return { ...within, at: [key, ...within.at] };
    }
  }
  const own = tensorsOf(value);
  if (isWanted(own)) return { dict: own, at: [] };
  const others = [...value]
    .filter((entry): entry is [string, PickleDict] => typeof entry[0] === 'string' && entry[1] instanceof Map)
    .map(([key, dict]) => ({ dict: tensorsOf(dict), at: [key] }))
    .filter(({ dict }) => isWanted(dict));
  return others.length === 1 ? others[0] : undefined;
}

function hasEmbedding(dict: Candidate): boolean {
  return [...dict.keys()].some((name) => `.${name}`.endsWith(`.${TOKEN_EMBEDDING}`));
}

function tensorsOf(dict: PickleDict): Map<string, AnyTensor> {
  const tensors = new Map<string, AnyTensor>();
  for (const [name, value] of dict) {
    if (typeof name !== 'string') continue;
    if (value instanceof TorchTensor || value instanceof UnreadTensor) tensors.set(name, value);
  }
  return tensors;
}

function readable(subject: string, dict: Candidate): Map<string, TorchTensor> {
  const tensors = new Map<string, TorchTensor>();
  for (const [name, tensor] of dict) {
    if (tensor instanceof TorchTensor) tensors.set(name, tensor);
    else {
      throw new LensError(
        subject,
        `data.pkl: holds tensors of a type this project does not read (${quote(name)}: ${tensor.type})`,
        'convert them with .float() and save again',
      );
    }
  }
  return tensors;
}
