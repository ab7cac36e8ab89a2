import { posix, win32 } from 'node:path';
import { z } from 'zod';
import { TSLAB_VERSION } from '../notebook-folder.js';
import { unmet, type Finding, type Requirement } from './finding.js';
import type { Machine } from './machine.js';

/** The commands of docs/notebooks.md. */
const INSTALL = `npm i tslab@${TSLAB_VERSION}`;
const KERNEL = 'npx coconut-lens notebook';
const kernelSpec = z.looseObject({ argv: z.array(z.string()).min(1) });

/** tslab, which runs the notebooks: its package, and the kernelspec by which Jupyter finds it. */
export async function tslabFinding(machine: Machine, version: string | undefined): Promise<Finding> {
  const onPath = version === undefined ? await machine.run('tslab', ['--version']) : undefined;
  const global = /\d+\.\d+\.\d+/.exec(onPath ?? '')?.[0];
  const spec = await findKernelSpec(machine);
  const requirements: Requirement[] = [
    {
      name: 'package',
      met: version !== undefined || global !== undefined,
      detail: version ?? (global === undefined ? `not installed: ${INSTALL}` : `${global}, the program on the path`),
    },
    {
      name: 'kernelspec',
      met: spec !== undefined,
      detail: spec ?? `Jupyter knows no kernel that starts tslab: ${KERNEL} (with --user for every Jupyter of yours)`,
    },
  ];
  const missing = unmet(requirements);
  const isThere = missing.length === 0;
  return {
    name: 'tslab',
    state: isThere ? 'ok' : 'absent',
    detail: isThere ? 'notebooks can run' : `missing: ${missing.join(', ')}; only the notebooks need it`,
    requirements,
  };
}

/** The folder of the first kernelspec that starts tslab, whatever its name. */
async function findKernelSpec(machine: Machine): Promise<string | undefined> {
  const path = machine.platform === 'win32' ? win32 : posix;
  for (const data of jupyterFolders(machine)) {
    for (const name of await machine.list(path.join(data, 'kernels'))) {
      const folder = path.join(data, 'kernels', name);
      if (startsTslab(await machine.readText(path.join(folder, 'kernel.json')))) return folder;
    }
  }
  return undefined;
}

function startsTslab(text: string | undefined): boolean {
  if (text === undefined) return false;
  try {
    const { argv } = kernelSpec.parse(JSON.parse(text));
    return argv.some((word) => /(^|[/\\])tslab(\.\w+)?$/.test(word));
  } catch {
    // Somebody else's kernel, or a damaged one: not tslab's.
    return false;
  }
}

/** Where Jupyter looks for kernels, in its order (`jupyter --paths`). */
function jupyterFolders(machine: Machine): string[] {
  const { env, platform } = machine;
  const isWindows = platform === 'win32';
  const listed = (env['JUPYTER_PATH'] ?? '').split(isWindows ? ';' : ':').filter((folder) => folder !== '');
  const ofPython = ['VIRTUAL_ENV', 'CONDA_PREFIX'].flatMap((name) => said(machine, name, 'share', 'jupyter'));
  const shared = isWindows
    ? said(machine, 'PROGRAMDATA', 'jupyter')
    : ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  return [...listed, ...userFolders(machine), ...ofPython, ...shared];
}

/** The user's own folders of Jupyter data; the first is the one to write to. */
export function userFolders(machine: Machine): string[] {
  const { home, platform } = machine;
  const own =
    platform === 'win32'
      ? said(machine, 'APPDATA', 'jupyter')
      : platform === 'darwin'
        ? [posix.join(home, 'Library', 'Jupyter')]
        : [...said(machine, 'XDG_DATA_HOME', 'jupyter'), posix.join(home, '.local', 'share', 'jupyter')];
  return [...said(machine, 'JUPYTER_DATA_DIR'), ...own];
}

/** A folder below the one that a variable names, if it names one. */
function said({ env, platform }: Machine, name: string, ...below: string[]): string[] {
  const value = env[name];
  const path = platform === 'win32' ? win32 : posix;
  return value === undefined || value === '' ? [] : [path.join(value, ...below)];
}
