import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const names = readdirSync(join(root, 'bench')).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));

function bench(...words: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join('bench', 'run.mjs'), ...words], { cwd: root, encoding: 'utf8' });
}

describe('npm run bench', () => {
  it.each(names)('%s runs in its smoke size and ends with its figures', (name) => {
    const { status, stdout, stderr } = bench(name, '--smoke');
    expect(status, stderr).toBe(0);
    const {
      bench: ran,
      size,
      ...figures
    } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect([ran, size]).toEqual([name, 'smoke']);
    expect(Object.keys(figures)).not.toEqual([]);
  });

  it('names the benches there are', () => {
    const { status, stderr } = bench('nothing');
    expect(status).toBe(2);
    expect(stderr).toBe(`usage: npm run bench -- ${names.join(' | ')} [--smoke]\n`);
  });
});
