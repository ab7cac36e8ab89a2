import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One thread: two threads on a small machine wait for each other more than they compute. */
const environment = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };

function tryPython(command: string, argv: readonly string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, argv, { env: environment, encoding: 'utf8' });
  // Both are null where the command could not be started.
  const output = [stdout, stderr] as (string | null)[];
  return { code: status, output: output.map((text) => text ?? '').join('') };
}

/** The Python that has PyTorch, or nothing: the one of the path, or the system's (Debian's python3-torch). */
export const torchPython = ['python3', '/usr/bin/python3'].find(
  (command) => tryPython(command, ['-c', 'import numpy, torch']).code === 0,
);

/**
 * Runs a script of this project under `torchPython`.
 *
 * @param script relative to the project
 */
export function python(script: string, argv: readonly string[]): { code: number | null; output: string } {
  return tryPython(torchPython ?? 'python3', [fileURLToPath(new URL(`../../${script}`, import.meta.url)), ...argv]);
}
