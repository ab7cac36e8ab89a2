import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type * as readouts from '../../src/readout/readouts.js';
import { cli, readJson, workbench } from './support.js';

// One line of the list, as a contributor would add it.
vi.mock('../../src/readout/readouts.js', async (original) => {
  const { READOUTS } = await original<typeof readouts>();
  return { READOUTS: { ...READOUTS, 'thought-norms': () => import('../readout/thought-norms/index.js') } };
});

const { folder, model, items } = await workbench(3);
const asked = ['readout', 'thought-norms', '--model', model, '--items', items, '--thoughts', '2', '--resamples', '100'];

it('a readout that was added to the list alone is in the help, runs, and is drawn from its file', async () => {
  const { stdout: help } = await cli(['readout', '--help']);
  expect(help.replace(/\s+/g, ' ')).toContain('propagation, thought-norms');
  expect(help).toMatch(/^ {2}tree +values of nodes along the graph/m);
  expect(help).toMatch(/^ {2}thought-norms +the length of every thought$/m);

  const csv = join(folder, 'norms.csv');
  const { code, stdout } = await cli([...asked, '--csv', csv]);
  expect(code).toBe(0);
  expect(stdout).toContain("Lengths of 3 items' thoughts.");
  const [heading, first, , end] = readFileSync(csv, 'utf8').split('\r\n');
  expect(heading).toBe('thought,group,quantity,value,low,high,n,clusters');
  expect(first).toMatch(/^1,,norm,\d+\.\d+,,,3,3$/);
  expect(end).toBe('');

  const result = join(folder, 'norms.json');
  writeFileSync(result, (await cli([...asked, '--json'])).stdout);
  expect(readJson(result)).toMatchObject({
    kind: 'readout',
    name: 'thought-norms',
    readout: { kind: 'thought-norms' },
  });
  expect((await cli(['export', result, '--list'])).stdout).toBe('thought-norms\n');
  const svg = join(folder, 'norms.svg');
  expect(await cli(['export', result, '--out', svg])).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(svg, 'utf8')).toContain('Lengths of thoughts');

  expect((await cli([...asked, '--layer', '0'])).stderr).toContain('--layer: means nothing to thought-norms (0)');
});
