import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';
import { scratchFolder } from './synthetic.js';

it('recording and reading 3,000 items needs less than 20 % more memory than 300', { timeout: 120_000 }, () => {
  const scratch = scratchFolder();
  try {
    const program = join(scratch.path, 'peak-memory.mjs');
    const source = fileURLToPath(new URL('peak-memory.ts', import.meta.url));
    buildSync({
      entryPoints: [source],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
      logLevel: 'error',
    });
    const [few, many] = [300, 3000].map((items) =>
      Number(
        execFileSync(
          process.execPath,
          ['--expose-gc', '--max-semi-space-size=1', program, join(scratch.path, `r${items}`), String(items)],
          {
            encoding: 'utf8',
          },
        ),
      ),
    );
    // 3,000 items are 55 MB of thoughts, so a recorder or reader that keeps them fails by far.
    expect(many / few).toBeLessThan(1.2);
  } finally {
    scratch.dispose();
  }
});
