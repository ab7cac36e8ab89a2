import { tableFromIPC } from 'apache-arrow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { READOUTS } from '../../src/readout/readouts.js';
import { cli, readJson, workbench } from './support.js';

let bench: Awaited<ReturnType<typeof workbench>>;

beforeAll(async () => {
  bench = await workbench(3);
});

const asked = (name: string, ...more: string[]): string[] => [
  ...['readout', name, '--model', bench.model, '--items', bench.items, '--thoughts', '2', '--resamples', '100'],
  ...more,
];

const NAMES = Object.keys(READOUTS);

const docs = readFileSync(new URL('../../docs/readouts.md', import.meta.url), 'utf8');

describe.each(NAMES)('readout %s', (name) => {
  it('prints a table, and with --json the result with where it comes from', async () => {
    const csv = join(bench.folder, `${name}.csv`);
    const arrow = join(bench.folder, `${name}.arrow`);
    const table = await cli(asked(name, '--csv', csv, '--arrow', arrow));
    expect(table.stderr).not.toMatch(/error/i);
    expect(table.code).toBe(0);
    const intervals = ['mediation', 'propagation'].includes(name)
      ? '95 % intervals over graphs, closed-form'
      : '95 % bootstrap interval over graphs, 100 resamples, seed 0';
    expect(table.stdout).toContain(`[low high]: ${intervals}`);
    expect(table.stdout).toContain('n: items that contribute; - where none do.');
    expect(table.stdout).not.toMatch(/NaN|undefined/);

    const { code, stdout } = await cli(asked(name, '--json', '--permute-ids', '1', '--limit', '2'));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'readout',
      name,
      config: { name, thoughts: 2, limit: 2, permuteIds: 1, wording: 'symbolic' },
      seed: 0,
      model: { path: bench.model },
      items: { count: 2, graphs: 2 },
      readout: { kind: name, version: 1, items: 2, graphs: 2, bootstrap: { resamples: 100, seed: 0 } },
    });

    const lines = readFileSync(csv, 'utf8').split('\r\n');
    expect(lines[0]).toBe('thought,group,quantity,value,low,high,n,clusters');
    expect(lines.length).toBeGreaterThan(4);
    expect(readJson(`${csv}.json`)).toMatchObject({ kind: 'readout-csv', readout: name, items: { count: 3 } });
    const numbers = tableFromIPC(readFileSync(arrow));
    expect(numbers.numRows).toBe(lines.length - 2);
    expect(numbers.schema.fields.map((field) => field.name).join(',')).toBe(lines[0]);
    const origin: unknown = JSON.parse(numbers.schema.metadata.get('coconut-lens') ?? '');
    expect(origin).toMatchObject({ kind: 'readout-arrow', readout: name, items: { count: 3 } });
  });

  it('is defined in docs/readouts.md, with what it cannot show', () => {
    const section = docs.split('\n## ').find((part) => part.startsWith(`${name}\n`));
    expect(section).toContain('Source: ');
    expect(section).toContain('What it cannot show: ');
  });
});

describe('readout', () => {
  it('names the readouts where it does not know one', async () => {
    const { code, stderr } = await cli(asked('fronteer'));
    expect(code).toBe(2);
    expect(stderr).toContain(`expected one of ${NAMES.join(', ')} ("fronteer")`);
  });

  it('keeps nothing of an interrupted run', async () => {
    const aborted = AbortSignal.abort();
    const { code, stdout, stderr } = await cli(asked('interpolation'), { signal: aborted });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('interrupted: a readout keeps nothing');
  });
});
