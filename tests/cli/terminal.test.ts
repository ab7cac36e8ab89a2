import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatItems } from '../../src/dataset/index.js';
import { cli, temporaryFolder, testItems, workbench } from './support.js';

const bench = await workbench(3);

/** What a terminal obeys: colour, title, bell, cursor; 8-bit CSI; writing backwards. */
const HOSTILE = '\u001b[31mPWN\u001b]0;title\u0007\u009b2J\u202E';

/** Writes items whose names and ids hold what a terminal obeys. */
function hostileItems(folder: string, name: (node: number) => string): string {
  const path = join(folder, 'hostile.json');
  const items = testItems(3).map((item) => ({ ...item, names: item.names.map((_, node) => name(node)) }));
  writeFileSync(path, formatItems(items));
  return path;
}

describe('names out of items', () => {
  it('reach no terminal as they are, whatever shows them', async () => {
    const folder = temporaryFolder();
    const items = hostileItems(folder, (node) => `${HOSTILE}${node}`);
    const recording = join(folder, `rec${HOSTILE}`);
    const commands = [
      ['data', 'inspect', '--items', items],
      ['evaluate', '--model', bench.model, '--items', items],
      ['record', '--model', bench.model, '--items', items, '--out', recording],
      ['frontier', '--recording', recording],
      ['readout', 'tree', '--recording', recording],
      ['frontier', '--recording', `${recording}2`],
      [`--${HOSTILE}`],
      [HOSTILE],
      ['readout', HOSTILE, '--recording', recording],
    ];
    for (const command of commands) {
      for (const more of [[], ['--json']]) {
        const { stdout, stderr } = await cli([...command, ...more, ...(more.length > 0 && command[0] === 'record' ? ['--overwrite'] : [])]); // prettier-ignore
        expect(stdout + stderr, command.join(' ')).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
        if (more.length > 0 && stdout !== '') expect(JSON.parse(stdout)).toBeTypeOf('object');
      }
    }
  });

  it('of 200 kB make no message of 200 kB', async () => {
    const items = hostileItems(temporaryFolder(), () => 'x'.repeat(200_000));
    const { code, stderr } = await cli(['data', 'inspect', '--items', items]);
    expect(code).toBe(1);
    expect(stderr.length).toBeLessThan(600);
    expect(stderr).toContain(`idx_to_symbol[1] is "${'x'.repeat(79)}…", as is`);
  });
});
