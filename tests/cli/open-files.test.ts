import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withFileLimit } from '../../src/cli/open-files.js';
import { LensError } from '../../src/errors.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const result = fileURLToPath(new URL('../../fixtures/results/claim-small-pause.json', import.meta.url));

describe('a small limit on open files', () => {
  it('is what the message is about, whatever met it', () => {
    const full = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    for (const [error, limit] of [
      [full, 4096],
      [new Error("Cannot find package 'd3'"), 128],
    ] as const) {
      expect(withFileLimit(error, limit)).toMatchObject({
        message: `open files: this process may have too few (${limit}: ${error.message}); allow 1024: ulimit -n 1024`,
        kind: 'failure',
      });
    }
    const others = [new Error('a defect'), new LensError('a', 'b')];
    expect(others.map((error) => withFileLimit(error, 1024))).toEqual(others);
    expect(withFileLimit(others[1], 128)).toBe(others[1]);
  });

  it.skipIf(!existsSync('/proc/self/limits'))('is no defect of this project (needs /proc)', () => {
    const words = ['ulimit -n 128 && exec "$0" "$@"', process.execPath, main, 'export', result, '--list'];
    const { stdout, stderr, status } = spawnSync('sh', ['-c', ...words], { encoding: 'utf8' });
    expect(stderr).toMatch(
      /^coconut-lens: open files: this process may have too few \(128: [^\n]*\); allow 1024: [^\n]*\n$/,
    );
    expect([stdout, status]).toEqual(['', 1]);
  });
});
