import { LensError } from '../../errors.js';
import { quote } from '../messages.js';
import type { SafetensorsDType } from '../safetensors-header.js';
import { DAMAGED_PICKLE } from './pickle-cursor.js';
import type { PickleResolver } from './pickle-machine.js';
import {
  describeValue,
  PickleGlobal,
  PickleOpaque,
  PickleTuple,
  type PickleDict,
  type PickleValue,
} from './pickle-values.js';
import { TorchStorage, TorchTensor, UnreadTensor } from './tensor.js';

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

/** Storages of types that a model in float32 has no use for. */
const OTHER_STORAGE = /^torch\.(storage\.)?\w*Storage$/;

/**
 * Modules whose functions start, load or reach something, and that nobody keeps an object of beside tensors. The short
 * names at the end only as they are: somebody's own package may be called `code`.
 */
const DANGEROUS_MODULE =
  /^((os|nt|posix|sys|subprocess|shutil|socket|urllib|webbrowser|importlib|runpy|pkgutil|ctypes|pickle|_pickle|cloudpickle|dill|marshal|pip|torch\.hub|torch\.utils\.cpp_extension|numpy\.testing)(\..*)?|operator|_operator|pty|imp|code|codeop|commands|timeit|cProfile|profile|pdb|bdb)$/;
/** Of Python's own names, those that stand for values. */
const BUILTIN_VALUE =
  /^(bool|bytearray|bytes|complex|dict|float|frozenset|int|list|long|object|range|xrange|set|slice|str|tuple|type|unicode|Ellipsis|NotImplemented|\w+(Error|Exception|Warning))$/;

/**
 * The names that a file of tensors written by torch.save needs, and what they build here. Other names stand for themselves
 * and build opaque values: what lies beside a state dict (a device, a dtype, arguments, numbers of numpy, states of random
 * generators) is passed over. What only a hostile file asks for is refused, though it would not be run either.
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
  // The same with a dtype at the end, for types without a storage of their own.
  allow('torch._utils._rebuild_tensor_v3', ([storage = null]) => unread(storage));
  allow('torch._utils._rebuild_parameter', (args) => rebuildParameter(subject, args));
  allow('torch._utils._rebuild_parameter_with_state', (args) => rebuildParameter(subject, args));
  allow('torch._tensor._rebuild_from_type_v2', (args) => rebuildFromType(subject, args));
  allow('torch.Size', ([size = null]) => (size instanceof PickleTuple ? size : fail(subject, 'a torch.Size is odd')));
  allow('collections.OrderedDict', (args) => orderedDict(subject, args));
  // A member of an enumeration, as Python 3.11 writes it; of anything else it is a way into it.
  for (const name of ['__builtin__.getattr', 'builtins.getattr']) {
    allow(name, ([object = null]) =>
      object instanceof PickleGlobal
        ? new PickleOpaque(`an object of ${object.name}`)
        : fail(subject, `it asks for ${quote(name)}, of ${describeValue(object)}; nothing was run`),
    );
  }
  // With the function for missing keys, which nothing here asks for.
  allow('collections.defaultdict', () => new Map());
  return {
    findClass(module, name) {
      const full = `${module}.${name}`;
      const known = globals.get(full);
      if (known !== undefined) return known;
      const isBuiltin = module === '__builtin__' || module === 'builtins';
      if (isBuiltin ? !BUILTIN_VALUE.test(name) : DANGEROUS_MODULE.test(module)) return undefined;
      const found = new PickleGlobal(full);
      globals.set(full, found);
      return found;
    },
    persistentLoad: (id) => findStorage(subject, storages, id),
  };
}

function fail(subject: string, problem: string): never {
  throw new LensError(subject, `data.pkl: ${problem}`, DAMAGED_PICKLE);
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])` */
function rebuildTensor(subject: string, args: readonly PickleValue[]): TorchTensor | UnreadTensor {
  const [storage = null, offset = null, size = null, strides = null] = args;
  if (storage instanceof PickleOpaque) return unread(storage);
  if (!(storage instanceof TorchStorage)) return fail(subject, `a tensor is built on ${describeValue(storage)}`);
  return TorchTensor.view(
    subject,
    storage,
    count(subject, 'an offset', offset),
    counts(subject, 'a size', size),
    counts(subject, 'a stride', strides),
  );
}

/** A tensor of a type that is not read: it may be one that nobody needs. */
function unread(storage: PickleValue): UnreadTensor {
  return new UnreadTensor(describeValue(storage));
}

/** `_rebuild_parameter(data, requires_grad, hooks[, state])` */
function rebuildParameter(subject: string, [data = null]: readonly PickleValue[]): TorchTensor | UnreadTensor {
  if (data instanceof TorchTensor || data instanceof UnreadTensor) return data;
  return fail(subject, `a parameter is built on ${describeValue(data)}`);
}

/** `_rebuild_from_type_v2(function, type, args, state)`: a tensor with attributes, or of a class of somebody's own. */
function rebuildFromType(subject: string, [build = null, , args = null]: readonly PickleValue[]): PickleValue {
  if (!(build instanceof PickleGlobal) || !(args instanceof PickleTuple))
    return fail(subject, `a tensor is built by ${describeValue(build)}`);
  return build.call === undefined ? unread(build) : build.call(args.items);
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
function findStorage(
  subject: string,
  storages: Map<string, TorchStorage>,
  id: PickleValue,
): TorchStorage | PickleOpaque {
  if (!(id instanceof PickleTuple)) return fail(subject, `a persistent id is ${describeValue(id)}`);
  const [tag = null, type = null, key = null, , elements = null] = id.items;
  if (tag !== 'storage' || !(type instanceof PickleGlobal)) {
    return fail(subject, 'a persistent id names no storage');
  }
  if (!STORAGE_DTYPES.has(type.name)) {
    if (OTHER_STORAGE.test(type.name)) return new PickleOpaque(type.name);
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
