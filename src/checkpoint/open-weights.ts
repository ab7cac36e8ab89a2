import { LensError } from '../errors.js';
import { FileReader } from './files.js';
import { SafetensorsFile } from './safetensors-reader.js';
import { ShardedSafetensors } from './sharded-safetensors.js';
import { TorchFile } from './torch/torch-file.js';
import type { WeightsSource } from './weights-source.js';

const HEAD_BYTES = 64;
/** The first entry of a zip archive, or the end of an empty one. */
const ZIP_MAGIC = ['504b0304', '504b0506'];
/** The number 0x1950a86a20f9469cfc6c as pickle writes it: how torch.save began before torch 1.6. */
const LEGACY_TORCH_MAGIC = Buffer.from('8a0a6cfc9c46f9206aa85019', 'hex');
const PICKLE_MAGIC = 0x80;
const GIT_LFS = 'version https://git-lfs';
const INDEX_SUFFIX = '.safetensors.index.json';

/**
 * Opens a file of weights by what is in it, whatever its name: safetensors, a file of torch.save, or the index of
 * safetensors in several files (which JSON text alone does not show: by its suffix).
 *
 * @throws LensError if it is none of them, or whatever opening it finds wrong
 */
export async function openWeights(path: string): Promise<WeightsSource> {
  if (path.endsWith(INDEX_SUFFIX)) return ShardedSafetensors.open(path);
  const head = await readHead(path);
  if (ZIP_MAGIC.includes(head.toString('hex', 0, 4))) return TorchFile.open(path);
  if (head.includes(LEGACY_TORCH_MAGIC)) {
    throw new LensError(
      path,
      'in the format of torch before 1.6, which runs code to be read',
      'convert it once with a current torch: torch.save(torch.load(f), f)',
    );
  }
  if (head.toString('latin1').startsWith(GIT_LFS)) {
    throw new LensError(path, 'a pointer of Git LFS, not the file itself', 'fetch the file: git lfs pull');
  }
  // A safetensors header begins after its eight-byte length.
  if (path.endsWith('.safetensors') || head.toString('latin1', 8, 9) === '{') return SafetensorsFile.open(path);
  const what =
    head[0] === PICKLE_MAGIC ? 'a pickle, but not one that torch.save wrote' : 'neither safetensors nor torch';
  throw new LensError(path, `not a file of weights (${what})`, 'pass a safetensors file or one that torch.save wrote');
}

async function readHead(path: string): Promise<Buffer> {
  const reader = await FileReader.open(path);
  try {
    const head = Buffer.alloc(Math.min(HEAD_BYTES, reader.size));
    await reader.fill(head, 0);
    return head;
  } finally {
    await reader.close();
  }
}
