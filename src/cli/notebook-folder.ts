import { lstat, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onDisk } from '../disk-error.js';
import { LensError } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import { outputFolder } from '../output-path.js';
import { writeBytesWhole, writeFileWhole } from '../write-file.js';

/** The notebooks are written for this one: it is dormant, and parts of it are used that are its own. */
export const TSLAB_VERSION = '1.0.22';

/** This package's folder: the checkout, or the one in somebody's node_modules. */
export const PACKAGE_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The program of tslab that a kernel starts.
 *
 * @param from the folder whose tslab is taken first, as tslab itself does; then this package's own
 * @throws LensError if it is not installed
 */
export function findTslab(from: string): string {
  for (const folder of [resolve(from), PACKAGE_FOLDER]) {
    try {
      const manifest = createRequire(join(folder, 'any.js')).resolve('tslab/package.json');
      return join(dirname(manifest), 'bin', 'tslab');
    } catch {
      // Not there; perhaps in the next one.
    }
  }
  throw new LensError('tslab', 'is not installed', `run npm i tslab@${TSLAB_VERSION}`);
}

/**
 * Writes what tells Jupyter of a kernel called tslab: `<data>/kernels/tslab/kernel.json`. `tslab install` does the same and
 * asks a Python for IPython, which running notebooks does not need.
 *
 * @param data one of Jupyter's data folders, or one to be named in JUPYTER_PATH
 * @returns the kernelspec's folder
 */
export async function writeKernelSpec(data: string, tslab: string): Promise<string> {
  const folder = join(data, 'kernels', 'tslab');
  const argv = [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'];
  const spec = { argv, display_name: 'TypeScript', language: 'typescript' };
  await writeFileWhole(join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
  return folder;
}

/**
 * Sees to it that notebooks in a folder can `import ... from 'coconut-lens'`. tslab's TypeScript looks through node_modules
 * alone, from the notebook's folder upwards: it knows neither self-references by a package's own name nor NODE_PATH. Where
 * nothing is found, or another copy than this one, the folder gets a link `node_modules/coconut-lens`.
 *
 * @returns the link, or undefined where none was needed
 * @throws LensError if something else stands in the link's place
 */
export async function linkPackage(folder: string): Promise<string | undefined> {
  const own = await realpath(PACKAGE_FOLDER);
  if ((await nearestPackage(folder)) === own) return undefined;
  const link = join(folder, 'node_modules', 'coconut-lens');
  const standing = await lstat(link).catch(() => undefined);
  if (standing !== undefined && !standing.isSymbolicLink()) {
    throw new LensError(
      link,
      'is another copy of the package',
      'choose another folder, or use the copy there',
      'usage',
    );
  }
  return onDisk(link, 'cannot be made', async () => {
    await makeFolder(dirname(link));
    await rm(link, { force: true });
    // On Windows a junction needs no rights of an administrator.
    await symlink(own, link, 'junction');
    return link;
  });
}

/** What an import finds from a folder. */
async function nearestPackage(folder: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await realpath(join(at, 'node_modules', 'coconut-lens')).catch(() => undefined);
    if (found !== undefined || dirname(at) === at) return found;
  }
}

/** Paths of the notebooks that come with this package, in their order. */
export async function shippedNotebooks(): Promise<string[]> {
  const folder = join(PACKAGE_FOLDER, 'notebooks');
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.ipynb'))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Copies the shipped notebooks to a folder. What has their names there already is left alone: it may have been worked in.
 *
 * @returns the shipped names, in their order, and how many of them were copied
 * @throws LensError if the disk refuses
 */
export async function copyNotebooks(folder: string): Promise<{ names: string[]; copied: number }> {
  const shipped = await shippedNotebooks();
  const there = await onDisk(folder, 'cannot be written', async () => {
    await makeFolder(await outputFolder(folder));
    return new Set(await readdir(folder));
  });
  const missing = shipped.filter((path) => !there.has(basename(path)));
  for (const path of missing) await writeBytesWhole(join(folder, basename(path)), await readFile(path));
  return { names: shipped.map((path) => basename(path)), copied: missing.length };
}
