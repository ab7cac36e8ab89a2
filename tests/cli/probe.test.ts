import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatItems, randomItems } from '../../src/dataset/index.js';
import type { ProbeResult } from '../../src/probe/index.js';
import { createRandom } from '../../src/random.js';
import { cli, readJson, temporaryFolder } from './support.js';

const model = fileURLToPath(new URL('../../fixtures/models/prosqa-small-coconut', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-probe-'));
const recording = join(folder, 'recording');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const items = join(folder, 'items.json');
  const kind = { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 };
  writeFileSync(items, formatItems(randomItems(createRandom('cli probes'), 40, kind)));
  const flags = ['--items', items, '--permute-ids', '1', '--thoughts', '2', '--out', recording];
  expect((await cli(['record', '--model', model, ...flags])).code).toBe(0);
});

describe('probe list', () => {
  it('names every probe with its question and control', async () => {
    const { code, stdout } = await cli(['probe', 'list']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^name +kind +question +control task/);
    expect(stdout).toMatch(/^answer +node +Which of the two candidates is the target\? +one of the two, by a coin/m);
  });
});

describe('probe run', () => {
  it('prints, writes tables with their provenance, and fails under a bound', { timeout: 300_000 }, async () => {
    const folder = temporaryFolder();
    const [csv, arrow] = [join(folder, 'p.csv'), join(folder, 'p.arrow')];
    const words = ['probe', 'run', 'frontier-size,answer', '--recording', recording, '--resamples', '100'];
    const { code, stdout, stderr } = await cli([
      ...words,
      ...['--csv', csv, '--arrow', arrow, '--fail-under', 'selectivity=2', '--json'],
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/coconut-lens: frontier-size, thought 1: selectivity is -?[\d.]+, under 2; /);
    const { kind, results, warnings } = JSON.parse(stdout) as {
      kind: string;
      results: ProbeResult[];
      warnings: string[];
    };
    expect([kind, results.map(({ probe }) => probe), warnings]).toEqual(['probes', ['frontier-size', 'answer'], []]);
    expect(results.map(({ metric }) => metric)).toEqual(['r2', 'aucWithinGraph']);
    const lines = readFileSync(csv, 'utf8').split('\r\n');
    expect(lines[0]).toBe('thought,group,quantity,value,low,high,n,clusters');
    expect(lines[1]).toMatch(/^1,frontier-size,score,/);
    expect(readJson(`${csv}.json`)).toMatchObject({ kind: 'probe-csv', recording: { folder: recording } });
    const table = tableFromIPC(readFileSync(arrow));
    expect(table.numRows).toBe(lines.length - 2);
    expect(String(table.get(0)?.['group'])).toBe('frontier-size');
    expect(JSON.parse(table.schema.metadata.get('coconut-lens') ?? '')).toMatchObject({
      recording: { folder: recording },
    });
  });

  it('reads an activation with the model that was recorded, and no other', { timeout: 300_000 }, async () => {
    const probes = temporaryFolder();
    const spec = (extra: string): string =>
      `export default { name: 'layer', question: 'Q?', kind: 'number', label: ({ depth }) => depth.filter((d) => d === 1).length,
         control: 'otherSide', reads: { activation: 'blocks.0.hook_resid_post'${extra} } };`;
    writeFileSync(join(probes, 'layer.mjs'), spec(''));
    const words = ['probe', 'run', 'layer', '--probes', probes, '--recording', recording, '--resamples', '100'];
    expect(await cli(words)).toMatchObject({
      code: 2,
      stderr:
        'coconut-lens: probe layer: reads blocks.0.hook_resid_post, which a recording does not hold; give --model\n',
    });
    const { code, stdout } = await cli([...words, '--model', model]);
    expect(code).toBe(0);
    expect(stdout).toContain('Read: blocks.0.hook_resid_post.');
    const others = temporaryFolder();
    writeFileSync(join(others, 'layer.mjs'), spec(', head: 1'));
    const again = ['probe', 'run', 'layer', '--probes', others, '--recording', recording, '--model', model];
    expect((await cli(again)).stderr).toContain('reads.head: blocks.0.hook_resid_post has no heads (1); leave it out');
  });

  it('takes other recordings as baselines, where a recording is what is read', { timeout: 300_000 }, async () => {
    const out = join(temporaryFolder(), 'untrained');
    const flags = ['--items', join(folder, 'items.json'), '--permute-ids', '1', '--thoughts', '2', '--out', out];
    const untrained = fileURLToPath(new URL('../../fixtures/models/random-init', import.meta.url));
    expect((await cli(['record', '--model', untrained, ...flags])).code).toBe(0);
    const words = [
      'probe',
      'run',
      'target-distance',
      '--recording',
      recording,
      '--resamples',
      '100',
      '--baselines',
      out,
    ];
    const { code, stdout } = await cli([...words, '--json']);
    expect(code).toBe(0);
    const { baselines, results } = JSON.parse(stdout) as { baselines: { folder: string }[]; results: ProbeResult[] };
    expect(baselines).toMatchObject([{ folder: out, metadata: { model: { path: untrained } } }]);
    expect(results[0].perThought[0].baselines.map(({ name }) => name)).toContain('recording:random-init');
    const probes = temporaryFolder();
    writeFileSync(
      join(probes, 'layer.mjs'),
      `export default { name: 'layer', question: 'Q?', kind: 'number', label: () => 1, control: 'otherSide',
         reads: { activation: 'blocks.0.hook_resid_post' } };`,
    );
    expect(await cli(['probe', 'run', 'layer', '--probes', probes, ...words.slice(3)])).toMatchObject({
      code: 2,
      stderr:
        'coconut-lens: --baselines: has recordings, and probe layer reads an activation, which none of them holds; leave one of them out\n',
    });
  });

  it.each([
    [['nothing'], 'probe: there is none of this name (nothing); choose from answer, degree, frontier-size, frontier,'],
    [['answer', '--fail-under', 'auk=1'], '--fail-under: expected auc, accuracy, r2, selectivity with a number'],
    [['answer', '--folds', '2'], '--folds: expected a whole number of at least 3'],
  ])('says in one line what is wrong: %j', async (words, message) => {
    const { code, stderr } = await cli(['probe', 'run', ...words, '--recording', recording]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('warns where node numbers are those of the items', async () => {
    const out = join(temporaryFolder(), 'r');
    const items = join(recording, '..', 'items.json');
    await cli(['record', '--model', model, '--items', items, '--thoughts', '1', '--out', out]);
    const { stderr } = await cli(['probe', 'run', 'target-distance', '--recording', out, '--resamples', '100']);
    expect(stderr).toContain('warning: node numbers are those of the items file');
  });
});

describe('probe matrix', () => {
  it('takes probes of nodes only', async () => {
    const { code, stderr } = await cli(['probe', 'matrix', 'step-index', '--recording', recording]);
    expect([code, stderr]).toEqual([
      2,
      'coconut-lens: probe step-index: asks about items (kind: class); name a probe of nodes\n',
    ]);
  });

  it('has a cell for every thought and step', { timeout: 300_000 }, async () => {
    const { code, stdout } = await cli(['probe', 'matrix', 'winner', '--recording', recording, '--resamples', '100']);
    expect(code).toBe(0);
    expect(stdout).toContain('Diagonality of the selectivity');
    expect(stdout).toMatch(/^thought +step 1 \(n \d+\) +step 2 \(n \d+\)$/m);
  });
});

describe('probe new', () => {
  it('writes a probe that runs as it stands, and replaces none', { timeout: 300_000 }, async () => {
    const probes = join(temporaryFolder(), 'mine');
    const { code, stdout } = await cli(['probe', 'new', 'my-probe', '--probes', probes]);
    expect(code).toBe(0);
    const file = join(probes, 'my-probe.ts');
    expect(stdout).toContain(`wrote ${file}`);
    expect(existsSync(file)).toBe(true);
    const run = await cli([
      'probe',
      'run',
      'my-probe',
      '--probes',
      probes,
      '--recording',
      recording,
      '--resamples',
      '100',
    ]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('Probe my-probe: Is a node on the frontier of the search?');
    expect(await cli(['probe', 'new', 'my-probe', '--probes', probes])).toMatchObject({
      code: 2,
      stderr: `coconut-lens: ${file}: already exists; choose another name\n`,
    });
  });
});
