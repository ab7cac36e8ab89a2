import { posix, win32 } from 'node:path';
import { z } from 'zod';
import type { Machine } from './machine.js';

/** A shared library, by its file's name. */
export interface Library {
  /** As in the name: `8.1.0`; of a name without one, the part that is there: `8`. */
  readonly version: string;
  readonly path: string;
  /** Whether programs find it by themselves: it is where the dynamic loader looks. */
  readonly onLoaderPath: boolean;
}

/** What there is of CUDA, from files and programs alone: no native code is loaded. */
export interface Cuda {
  readonly toolkit?: { readonly version: string; readonly from: string };
  /** libcudart, one per version. */
  readonly runtimes: readonly Library[];
  /** libcudnn, one per version. */
  readonly cudnn: readonly Library[];
  /** As nvidia-smi tells. */
  readonly driver?: { readonly version: string; readonly gpus: readonly string[] };
}

const LINUX_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib64'];
const CUDA_FOLDERS = ['/usr/local/cuda', '/opt/cuda'];

const versionJson = z.looseObject({ cuda: z.looseObject({ version: z.string().min(1) }) });

/** Looks for CUDA where its installers put it, where the environment says, and where the loader looks. */
export async function findCuda(machine: Machine): Promise<Cuda> {
  const homes = await cudaHomes(machine);
  const [toolkit, driver] = await Promise.all([findToolkit(machine, homes), findDriver(machine)]);
  const [runtimes, cudnn] = await findLibraries(machine, homes);
  return { ...(toolkit !== undefined && { toolkit }), runtimes, cudnn, ...(driver !== undefined && { driver }) };
}

async function cudaHomes({ env, platform, list }: Machine): Promise<string[]> {
  const said = ['CUDA_HOME', 'CUDA_PATH'].flatMap((name) =>
    env[name] === undefined || env[name] === '' ? [] : [env[name]],
  );
  if (platform !== 'linux') return said;
  const versioned = (await list('/usr/local')).filter((name) => name.startsWith('cuda-'));
  return [...said, ...CUDA_FOLDERS, ...versioned.map((name) => `/usr/local/${name}`)];
}

/** From version.json (CUDA 11 and later), version.txt (before), or the folder's name. */
async function findToolkit(
  { platform, readText, realPath }: Machine,
  homes: readonly string[],
): Promise<Cuda['toolkit']> {
  const path = platform === 'win32' ? win32 : posix;
  for (const home of homes) {
    const json = path.join(home, 'version.json');
    const version = versionIn(await readText(json));
    if (version !== undefined) return { version, from: json };
    const text = path.join(home, 'version.txt');
    const older = /^CUDA Version (\S+)/.exec((await readText(text)) ?? '')?.[1];
    if (older !== undefined) return { version: older, from: text };
    const folder = await realPath(home);
    const named = /[/\\](?:cuda-|v)(\d+\.\d+)$/.exec(folder ?? '')?.[1];
    if (folder !== undefined && named !== undefined) return { version: named, from: folder };
  }
  return undefined;
}

function versionIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return versionJson.parse(JSON.parse(text)).cuda.version;
  } catch {
    // Damaged or of another shape: whatever else tells the version will do.
    return undefined;
  }
}

async function findDriver({ run }: Machine): Promise<Cuda['driver']> {
  const text = await run('nvidia-smi', ['--query-gpu=driver_version,memory.total,name', '--format=csv,noheader']);
  const gpus = [...(text ?? '').matchAll(/^(\d[\d.]*), ([^,\n]+), (.+?)\r?$/gm)];
  return gpus.length === 0
    ? undefined
    : { version: gpus[0][1], gpus: gpus.map(([, , memory, name]) => `${name} (${memory})`) };
}

/** The libraries' names on Linux and on Windows; the group is the version. */
const NAMES = [
  [/^libcudart\.so\.(\d[\d.]*)$/, /^cudart64_(\d+)\.dll$/i],
  [/^libcudnn\.so\.(\d[\d.]*)$/, /^cudnn64_(\d+)\.dll$/i],
] as const;

async function findLibraries(machine: Machine, homes: readonly string[]): Promise<[Library[], Library[]]> {
  const { platform, list, realPath } = machine;
  const isWindows = platform === 'win32';
  const path = isWindows ? win32 : posix;
  const files: { readonly file: string; readonly onLoaderPath: boolean }[] = [];
  for (const { folder, onLoaderPath } of foldersOf(machine, homes)) {
    files.push(...(await list(folder)).map((name) => ({ file: path.join(folder, name), onLoaderPath })));
  }
  if (platform === 'linux') {
    files.push(...(await loaderCache(machine)).map((file) => ({ file, onLoaderPath: true })));
  }
  const found = NAMES.map(() => new Map<string, Library>());
  for (const { file, onLoaderPath } of files) {
    for (const [i, names] of NAMES.entries()) {
      const pattern = names[isWindows ? 1 : 0];
      const own = pattern.exec(path.basename(file))?.[1];
      if (own === undefined) continue;
      // Behind libcudart.so.11.0 is libcudart.so.11.2.152: the name at the end of the links says most.
      const real = (await realPath(file)) ?? file;
      const version = pattern.exec(path.basename(real))?.[1] ?? own;
      const known = found[i].get(real);
      if (known === undefined || (onLoaderPath && !known.onLoaderPath)) {
        found[i].set(real, { version: isWindows ? dotted(version) : version, path: file, onLoaderPath });
      }
    }
  }
  const [runtimes, cudnn] = found.map((libraries) => [...libraries.values()]);
  return [runtimes, cudnn];
}

/** `110` in the name of a DLL is 11.0. */
function dotted(digits: string): string {
  return digits.length < 2 ? digits : `${digits.slice(0, -1)}.${digits.slice(-1)}`;
}

function foldersOf(
  { env, platform }: Machine,
  homes: readonly string[],
): { readonly folder: string; readonly onLoaderPath: boolean }[] {
  const on = (folder: string): { folder: string; onLoaderPath: true } => ({ folder, onLoaderPath: true });
  const off = (folder: string): { folder: string; onLoaderPath: false } => ({ folder, onLoaderPath: false });
  const entries = (name: string, separator: string): string[] =>
    (env[name] ?? '').split(separator).filter((folder) => folder !== '');
  if (platform === 'win32') {
    return [...entries('PATH', ';').map(on), ...homes.map((home) => off(win32.join(home, 'bin')))];
  }
  if (platform !== 'linux') return [];
  return [
    ...entries('LD_LIBRARY_PATH', ':').map(on),
    ...LINUX_FOLDERS.map(on),
    ...homes.flatMap((home) => ['lib64', 'lib'].map((name) => off(posix.join(home, name)))),
  ];
}

/** The files in the cache of Linux's loader, which ldconfig prints; it is not on every user's path. */
async function loaderCache({ run }: Machine): Promise<string[]> {
  const text = (await run('ldconfig', ['-p'])) ?? (await run('/sbin/ldconfig', ['-p'])) ?? '';
  return [...text.matchAll(/=> (\S+)$/gm)].map(([, file]) => file);
}
