import { LensError } from '../../errors.js';
import { quote } from '../messages.js';
import { describeValue } from './pickle-values.js';
import type { PickleDict, PickleValue } from './pickle-values.js';
import { TorchTensor } from './tensor.js';

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
 * scripts use, at the top, or under the only key that has one. Entries of a state dict that are no tensors are passed
 * over.
 *
 * @throws LensError if there is none, or more than one and nothing tells which is meant
 */
export function findStateDict(subject: string, root: PickleValue): StateDict {
  const found = search(root, MAX_WRAPPERS);
  if (found !== undefined) return found;
  const remedy = 'save the state dict alone: torch.save(model.state_dict(), file)';
  if (!(root instanceof Map)) {
    throw new LensError(subject, `holds ${describeValue(root)}, not a state dict`, remedy);
  }
  const keys = [...root.keys()].map((key) => (typeof key === 'string' ? quote(key) : describeValue(key)));
  const shown = [...keys.slice(0, KEYS_SHOWN), ...(keys.length > KEYS_SHOWN ? ['...'] : [])].join(', ');
  throw new LensError(subject, `none of its entries, or more than one, is a state dict (${shown || 'empty'})`, remedy);
}

function search(value: PickleValue, depth: number): StateDict | undefined {
  if (!(value instanceof Map)) return undefined;
  if (depth > 0) {
    for (const key of WRAPPERS) {
      const within = search(value.get(key) ?? null, depth - 1);
      if (within !== undefined) return { ...within, at: [key, ...within.at] };
    }
  }
  const own = tensorsOf(value);
  if (own.size > 0) return { tensors: own, at: [] };
  const others = [...value]
    .filter((entry): entry is [string, PickleDict] => typeof entry[0] === 'string' && entry[1] instanceof Map)
    .map(([key, dict]) => ({ tensors: tensorsOf(dict), at: [key] }))
    .filter(({ tensors }) => tensors.size > 0);
  return others.length === 1 ? others[0] : undefined;
}

function tensorsOf(dict: PickleDict): Map<string, TorchTensor> {
  const tensors = new Map<string, TorchTensor>();
  for (const [name, value] of dict) {
    if (typeof name === 'string' && value instanceof TorchTensor) tensors.set(name, value);
  }
  return tensors;
}
