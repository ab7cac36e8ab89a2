import { endianness } from 'node:os';
import { LensError } from '../../errors.js';
import { FileReader } from '../files.js';
import type { TensorKind } from '../gpt2-check.js';
import { quote, showShape } from '../messages.js';
import type { StoredTensor } from '../safetensors-reader.js';
import type { WeightsContent, WeightsSource } from '../weights-source.js';
import { unpickle } from './pickle-machine.js';
import type { PickleValue } from './pickle-values.js';
import { findStateDict } from './state-dict.js';
import type { StateDict } from './state-dict.js';
import { bytesInMemory, readViews, workingBytes } from './storage-reader.js';
import { storageBytes } from './tensor.js';
import type { TorchTensor } from './tensor.js';
import { torchResolver } from './torch-resolver.js';
import { ZipArchive } from './zip-archive.js';
import type { ZipEntry } from './zip-archive.js';

const PICKLE = 'data.pkl';
/** GPT-2 XL's takes 100 kB. */
const MAX_PICKLE_BYTES = 1 << 24;
/** What tensors may take beyond twice the file: room for small files whose views overlap or are compressed. */
const SPARE_BYTES = 192 * 2 ** 20;
const DAMAGED = 'the file is damaged: fetch or save it again';

/**
 * A file that torch.save (torch >= 1.6) wrote: a zip archive of a pickle, which says what there is, and one entry for
 * each storage. The pickle is run by a machine that builds tensors and containers only (`unpickle`); names it should
 * not hold are refused, never looked up. Nothing of a storage is read before every tensor is known to lie within it.
 */
export class TorchFile implements WeightsSource {
  readonly format = 'torch';
  readonly tensors: ReadonlyMap<string, TensorKind>;

  private constructor(
    private readonly reader: FileReader,
    private readonly archive: ZipArchive,
    private readonly stateDict: StateDict,
    /** The entry of every storage that the state dict looks into. */
    private readonly storages: ReadonlyMap<string, ZipEntry>,
  ) {
    this.tensors = stateDict.tensors;
  }

  /**
   * @throws LensError if the file cannot be read, is no torch file, asks for a name that is not allowed, holds no state
   * dict, or a tensor that does not lie within its data
   */
  static async open(path: string): Promise<TorchFile> {
    if (endianness() !== 'LE') {
      throw new LensError(path, 'torch files are little-endian and this machine is not', 'use another machine');
    }
    const reader = await FileReader.open(path);
    try {
      const archive = await ZipArchive.open(reader);
      const folder = findFolder(path, archive);
      await checkByteOrder(path, archive, folder);
      const stateDict = findStateDict(path, await readPickle(path, archive, folder));
      return new TorchFile(reader, archive, stateDict, findStorages(path, archive, folder, stateDict));
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  get path(): string {
    return this.reader.path;
  }

  /** The keys that lead to the state dict within what the file holds, as `['model']`; empty where it is all of it. */
  get wrappedIn(): readonly string[] {
    return this.stateDict.at;
  }

  /** Reads the wanted tensors; tensors that are one view of one storage share their memory. Hashes the file. */
  async readAll(wanted: (name: string) => boolean = () => true): Promise<WeightsContent> {
    const names = [...this.stateDict.tensors].filter(([name]) => wanted(name));
    const plans = this.planReads(names.map(([, tensor]) => tensor));
    this.checkMemory(plans);
    const read = new Map<string, StoredTensor>();
    for (const [key, views] of plans) {
      const entry = this.entryOf(key);
      const tensors = await readViews(this.path, this.archive, entry, views);
      views.forEach((view, i) => read.set(view.identity, tensors[i]));
    }
    const tensors = new Map<string, StoredTensor>();
    for (const [name, { identity }] of names) {
      const tensor = read.get(identity);
      if (tensor !== undefined) tensors.set(name, tensor);
    }
    return { tensors, sha256: await this.reader.sha256() };
  }

  /** Closes the file; nothing can be read afterwards. */
  close(): Promise<void> {
    return this.reader.close();
  }

  /** The different views of each storage, storages in the order of the file. */
  private planReads(tensors: readonly TorchTensor[]): [key: string, views: TorchTensor[]][] {
    const byStorage = new Map<string, Map<string, TorchTensor>>();
    for (const tensor of tensors) {
      const { key } = tensor.storage;
      const views = byStorage.get(key) ?? new Map<string, TorchTensor>();
      byStorage.set(key, views.set(tensor.identity, tensor));
    }
    return [...byStorage]
      .map(([key, views]): [string, TorchTensor[]] => [key, [...views.values()]])
      .sort(([a], [b]) => this.entryOf(a).position - this.entryOf(b).position);
  }

  /** @throws LensError, before anything is allocated, if the file claims to hold far more than it does */
  private checkMemory(plans: readonly (readonly [key: string, views: readonly TorchTensor[]])[]): void {
    let kept = 0;
    let passing = 0;
    for (const [key, views] of plans) {
      kept += views.reduce((sum, view) => sum + bytesInMemory(view), 0);
      passing = Math.max(passing, workingBytes(this.entryOf(key), views));
    }
    const limit = 2 * this.reader.size + SPARE_BYTES;
    if (kept + passing <= limit) return;
    throw new LensError(
      this.path,
      `its tensors would take ${kept + passing} bytes, far more than the file (${this.reader.size}) can hold`,
      'save the tensors without overlapping views or compression: torch.save({k: v.clone() for k, v in ...}, file)',
    );
  }

  private entryOf(key: string): ZipEntry {
    const entry = this.storages.get(key);
    if (entry === undefined) throw new Error(`storage ${key} was not looked up`);
    return entry;
  }
}

/** The folder within the archive that everything is in, with its slash; torch names it after the file. */
function findFolder(path: string, archive: ZipArchive): string {
  const pickles = [...archive.entries.keys()].filter((name) => /^[^/]*\/data\.pkl$/.test(name));
  if (pickles.length !== 1) {
    throw new LensError(
      path,
      `a zip archive, but no file of torch.save (${pickles.length} files named ${PICKLE})`,
      'pass a file that torch.save wrote, or a folder of Hugging Face transformers',
    );
  }
  return pickles[0].slice(0, -PICKLE.length);
}

async function checkByteOrder(path: string, archive: ZipArchive, folder: string): Promise<void> {
  const entry = archive.entries.get(`${folder}byteorder`);
  if (entry === undefined) return;
  const order = entry.size > 16 ? 'unknown' : Buffer.from(await archive.read(entry)).toString('latin1');
  if (order !== 'little') {
    throw new LensError(
      path,
      `was written in another byte order (${quote(order)})`,
      'save it on a little-endian machine',
    );
  }
}

async function readPickle(path: string, archive: ZipArchive, folder: string): Promise<PickleValue> {
  const entry = archive.entries.get(folder + PICKLE);
  if (entry === undefined || entry.size > MAX_PICKLE_BYTES) {
    throw new LensError(
      path,
      `${PICKLE} is too long for a list of tensors (${entry?.size} bytes)`,
      'save only the tensors: torch.save(model.state_dict(), file)',
    );
  }
  return unpickle(path, await archive.read(entry), torchResolver(path));
}

function findStorages(
  path: string,
  archive: ZipArchive,
  folder: string,
  { tensors }: StateDict,
): ReadonlyMap<string, ZipEntry> {
  const storages = new Map<string, ZipEntry>();
  for (const [name, { storage, dtype, shape }] of tensors) {
    if (storages.has(storage.key)) continue;
    const subject = `tensor ${quote(name)} of ${dtype} ${showShape(shape)}`;
    const entry = archive.entries.get(`${folder}data/${storage.key}`);
    if (entry === undefined) {
      throw new LensError(path, `${subject} has no data (no ${quote(`data/${storage.key}`)} in the archive)`, DAMAGED);
    }
    const expected = storageBytes(storage);
    if (entry.size !== expected) {
      throw new LensError(path, `the data of ${subject} are ${entry.size} bytes, not ${expected}`, DAMAGED);
    }
    storages.set(storage.key, entry);
  }
  return storages;
}
