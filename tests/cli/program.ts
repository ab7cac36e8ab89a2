import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The compiled program, for `node`. */
export const main = join(root, 'dist', 'cli', 'main.js');

/** Compiles the project unless dist/ is newer than every source file. */
export function buildIfStale(): void {
  const newest = Math.max(
    ...readdirSync(join(root, 'src'), { recursive: true }).map(
      (name) => statSync(join(root, 'src', String(name))).mtimeMs,
    ),
  );
  if (existsSync(main) && statSync(main).mtimeMs > newest) return;
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root });
  expect(existsSync(main), 'dist/cli/main.js after a build').toBe(true);
}
