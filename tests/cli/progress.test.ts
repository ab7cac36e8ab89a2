import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/cli/command.js';
import { duration, progressLines, startProgress } from '../../src/cli/progress.js';
import { cli, temporaryFolder } from './support.js';

describe('duration', () => {
  it('is said in the largest units that matter, rounded up', () => {
    expect([0, 0.2, 59, 60, 61, 3599, 3600, 4800].map(duration)).toEqual([
      '0 s',
      '1 s',
      '59 s',
      '1 min',
      '2 min',
      '1 h 0 min',
      '1 h 0 min',
      '1 h 20 min',
    ]);
  });

  it('is a dash while nothing is known', () => {
    expect([Infinity, NaN].map(duration)).toEqual(['–', '–']);
  });
});

describe('progress off a terminal', () => {
  it('is a line at the start, and one every so often, also while nothing is finished', async () => {
    const lines: string[] = [];
    await new Promise<void>((resolve) => {
      const print = (line: string): void => {
        if (lines.push(line) < 3) return;
        progress.stop();
        resolve();
      };
      const progress = progressLines(print, 8, 'items', 5);
      progress.update(0);
      progress.update(4, ' · F8');
    });
    expect(lines[0]).toBe('0/8 items');
    for (const line of lines.slice(1)) expect(line).toMatch(/^4\/8 items · [\d.e+]+\/s · \d+ s left · F8$/);
  });

  it('says nothing after an interrupt, whatever is still on its way', () => {
    const told: string[] = [];
    const interrupt = new AbortController();
    const io = { signal: interrupt.signal, stderr: { write: (text: string) => told.push(text) } };
    const progress = startProgress({ io, progress: 'plain' } as unknown as CommandContext, 8, 'items');
    interrupt.abort();
    progress.update(0);
    progress.stop();
    expect(told).toEqual([]);
  });

  it('is shown with plain, and by itself; not with none, nor with --quiet', async () => {
    const words = ['data', 'generate', '--n', '2', '--overwrite', '--out', join(temporaryFolder(), 'items.json')];
    const said = async (...flags: string[]): Promise<string> => (await cli([...words, ...flags])).stderr;
    expect(await said()).toBe('0/2 items\n');
    expect(await said('--progress', 'plain')).toBe('0/2 items\n');
    expect(await said('--progress', 'none')).toBe('');
    expect(await said('--progress', 'plain', '--quiet')).toBe('');
  });
});
