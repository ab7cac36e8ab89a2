import { LensError } from '../../errors.js';
import { quote } from '../messages.js';
import type { SafetensorsDType } from '../safetensors-header.js';
import { DAMAGED_PICKLE } from './pickle-cursor.js';
import type { PickleResolver } from './pickle-machine.js';
import { describeValue, PickleGlobal, PickleTuple, type PickleDict, type PickleValue } from './pickle-values.js';
import { TorchStorage, TorchTensor } from './tensor.js';

/** Storage classes and what they hold; undefined: bytes without a type. */
const STORAGE_DTYPES: ReadonlyMap<string, SafetensorsDType | undefined> = new Map([
  ['torch.FloatStorage', 'F32'],
  ['torch.HalfStorage', 'F16'],
  ['torch.BFloat16Storage', 'BF16'],
  ['torch.LongStorage', 'I64'],
  ['torch.IntStorage', 'I32'],
  ['torch.ByteStorage', 'U8'],
  ['torch.BoolStorage', 'BOOL'],
  ['torch.UntypedStorage', undefined],
  ['torch.storage.UntypedStorage', undefined],
]);

/** Known, and of no use to a model that computes in float32. */
const OTHER_STORAGES = /^torch\.(Double|Char|Short|Complex(Float|Double)|Q\w+)Storage$/;

/**
 * The names that a file of tensors written by torch.save needs, and what they build here. Nothing else is answered.
 *
 * @param subject the file, for messages
 */
export function torchResolver(subject: string): PickleResolver {
  const storages = new Map<string, TorchStorage>();
  const globals = new Map<string, PickleGlobal>();
  const allow = (name: string, call?: PickleGlobal['call']): void => {
    globals.set(name, new PickleGlobal(name, call));
  };
  for (const name of STORAGE_DTYPES.keys()) allow(name);
  allow('torch._utils._rebuild_tensor_v2', (args) => rebuildTensor(subject, args));
  allow('torch._utils._rebuild_parameter', (args) => rebuildParameter(subject, args));
  allow('torch.Size', ([size = null]) => (size instanceof PickleTuple ? size : fail(subject, 'a torch.Size is odd')));
  allow('collections.OrderedDict', (args) => orderedDict(subject, args));
  return {
    findClass(module, name) {
      const full = `${module}.${name}`;
      if (OTHER_STORAGES.test(full)) {
        throw new LensError(
          subject,
          `data.pkl: holds tensors of a type this project does not read (${full})`,
          'convert them with .float() and save again',
        );
      }
      return globals.get(full);
    },
    persistentLoad: (id) => findStorage(subject, storages, id),
  };
}

function fail(subject: string, problem: string): never {
  throw new LensError(subject, `data.pkl: ${problem}`, DAMAGED_PICKLE);
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])` */
function rebuildTensor(subject: string, args: readonly PickleValue[]): TorchTensor {
  const [storage = null, offset = null, size = null, strides = null] = args;
  if (!(storage instanceof TorchStorage)) return fail(subject, `a tensor is built on ${describeValue(storage)}`);
  return TorchTensor.view(
    subject,
    storage,
    count(subject, 'an offset', offset),
    counts(subject, 'a size', size),
    counts(subject, 'a stride', strides),
  );
}

/** `_rebuild_parameter(data, requires_grad, hooks)` */
function rebuildParameter(subject: string, [data = null]: readonly PickleValue[]): TorchTensor {
  return data instanceof TorchTensor ? data : fail(subject, `a parameter is built on ${describeValue(data)}`);
}

/** `OrderedDict()`, or with the pairs that Python 2 passes. */
function orderedDict(subject: string, [pairs = []]: readonly PickleValue[]): PickleDict {
  if (!Array.isArray(pairs)) return fail(subject, `an OrderedDict is built on ${describeValue(pairs)}`);
  const dict: PickleDict = new Map();
  for (const pair of pairs) {
    const items = pair instanceof PickleTuple ? pair.items : pair;
    if (!Array.isArray(items) || items.length !== 2) return fail(subject, 'an item of an OrderedDict is no pair');
    const [key, value] = items as readonly PickleValue[];
    dict.set(key, value);
  }
  return dict;
}

/** `('storage', class, key, device, elements)`: the same key always names the same storage. */
function findStorage(subject: string, storages: Map<string, TorchStorage>, id: PickleValue): TorchStorage {
  if (!(id instanceof PickleTuple)) return fail(subject, `a persistent id is ${describeValue(id)}`);
  const [tag = null, type = null, key = null, , elements = null] = id.items;
  if (tag !== 'storage' || !(type instanceof PickleGlobal) || !STORAGE_DTYPES.has(type.name)) {
    return fail(subject, 'a persistent id names no storage');
  }
  if (typeof key !== 'string') return fail(subject, `a storage is called ${describeValue(key)}`);
  const dtype = STORAGE_DTYPES.get(type.name);
  const length = count(subject, `the length of storage ${quote(key)}`, elements);
  const known = storages.get(key);
  if (known === undefined) {
    const storage = new TorchStorage(key, dtype, length);
    storages.set(key, storage);
    return storage;
  }
  if (known.dtype === dtype && known.length === length) return known;
  return fail(subject, `storage ${quote(key)} is described in two ways`);
}

function counts(subject: string, what: string, value: PickleValue): number[] {
  if (!(value instanceof PickleTuple)) return fail(subject, `${what} is ${describeValue(value)}`);
  return value.items.map((item) => count(subject, what, item));
}

function count(subject: string, what: string, value: PickleValue): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  const shown = typeof value === 'number' || typeof value === 'bigint' ? value.toString() : describeValue(value);
  return fail(subject, `${what} is no count (${shown})`);
}
