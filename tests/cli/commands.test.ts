import { tableFromIPC } from 'apache-arrow';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, temporaryFolder, testItems, workbench, type CliResult } from './support.js';

const ITEMS = 12;
let bench: Awaited<ReturnType<typeof workbench>>;
let recording: string;
let recorded: CliResult;

beforeAll(async () => {
  bench = await workbench(ITEMS);
  recording = join(bench.folder, 'recording');
  recorded = await cli([...recordArguments(recording), '--json']);
});

function recordArguments(out: string): string[] {
  return ['record', '--model', bench.model, '--items', bench.items, '--out', out, '--batch-size', '5'];
}

/** A signal that is found aborted at the n-th look at it. */
function abortedAtLook(n: number): AbortSignal {
  let looks = 0;
  const { signal } = new AbortController();
  Object.defineProperty(signal, 'aborted', { get: () => ++looks >= n });
  return signal;
}

function json(result: CliResult): Record<string, unknown> {
  expect(result.stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(result.stdout) as Record<string, unknown>;
}

describe('record', () => {
  it('makes a recording and says so: results on stdout, the engine on stderr', () => {
    expect(recorded.code).toBe(0);
    expect(json(recorded)).toMatchObject({
      kind: 'record',
      recording: { folder: recording },
      items: { count: ITEMS },
      thoughts: 6,
      resumedFrom: 0,
    });
    expect(recorded.stderr).toMatch(/^engine: \S+ \S+, \d+ threads?\n0\/12 items\n$/);
    expect(existsSync(join(recording, 'thoughts.arrow'))).toBe(true);
    expect(existsSync(`${recording}.partial`)).toBe(false);
  });

  it('keeps the command line, the configuration with its defaults, and hashes', () => {
    const metadata = JSON.parse(readFileSync(join(recording, 'metadata.json'), 'utf8')) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      command: `coconut-lens ${recordArguments(recording).join(' ')} --json`,
      config: { batchSize: 5, thoughts: 6, limit: null, seed: 0, wording: 'symbolic' },
      items: { path: bench.items, count: ITEMS },
      model: { path: bench.model, layers: 2, vocabulary: 40, description: 'constructed by hand: bfs' },
    });
  });

  it('takes the first items with --limit and as many thoughts as asked', async () => {
    const out = join(temporaryFolder(), 'r');
    const result = await cli([...recordArguments(out), '--limit', '3', '--thoughts', '2', '--quiet']);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain(`${out}: 3 items, 2 thoughts each`);
  });

  it('refuses a limit above what the file holds', async () => {
    const result = await cli([...recordArguments(join(temporaryFolder(), 'r')), '--limit', '13']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`--limit: asks for 13 items, ${bench.items} has 12; ask for fewer`);
  });

  it('does not replace a recording unless told to', async () => {
    const refused = await cli([...recordArguments(recording), '--limit', '2']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('already exists');
    const out = join(temporaryFolder(), 'r');
    for (const more of [[], ['--overwrite']]) {
      expect((await cli([...recordArguments(out), '--limit', '2', ...more])).code).toBe(0);
    }
  });

  it('stops at an interrupt between batches, keeps what is finished, and goes on from there', async () => {
    const out = join(temporaryFolder(), 'r');
    const stopped = await cli(recordArguments(out), { signal: abortedAtLook(2) });
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toBe('');
    expect(stopped.stderr).toContain(
      `interrupted: 5 of 12 items are kept in ${out}.partial; go on with: coconut-lens ${recordArguments(out).join(' ')} --resume`,
    );
    expect(existsSync(out)).toBe(false);
    const resumed = await cli([...recordArguments(out), '--resume', '--json']);
    expect(json(resumed)).toMatchObject({ items: { count: ITEMS }, resumedFrom: 5 });
    expect(resumed.stderr).toContain('resuming: 5 of 12 items are there');
    const numbers = await Promise.all(
      [out, recording].map(async (folder) =>
        json(await cli(['frontier', '--recording', folder, '--resamples', '100', '--json'])),
      ),
    );
    expect(numbers[0]['readout']).toEqual(numbers[1]['readout']);
  });
});

describe('frontier', () => {
  it('prints tables', async () => {
    const { code, stdout } = await cli(['frontier', '--recording', recording, '--resamples', '100']);
    expect(code).toBe(0);
    expect(stdout).toContain('Where the probability lies');
    expect(stdout).toContain('AUC of the LM-head logit');
    expect(stdout).not.toContain('arXiv 2505.12514');
  });

  it('adds the published groups when asked', async () => {
    const { stdout } = await cli(['frontier', '--recording', recording, '--resamples', '100', '--published']);
    expect(stdout).toContain('arXiv 2505.12514');
  });

  it('finds what the model was built to do: all nodes within c hops above all others', async () => {
    const result = json(await cli(['frontier', '--recording', recording, '--resamples', '100', '--json']));
    expect(result).toMatchObject({
      kind: 'frontier',
      metadata: { thoughts: 6 },
      readout: { items: ITEMS, thoughts: 6 },
    });
    const { perThought } = result['readout'] as {
      perThought: { auc: { contrast: string; withinGraph: { value: number } }[] }[];
    };
    for (const { auc } of perThought) {
      expect(auc.find(({ contrast }) => contrast === 'withinVsNever')?.withinGraph.value).toBe(1);
    }
  });

  it('writes every number as CSV', async () => {
    const csv = join(temporaryFolder(), 'deep', 'frontier.csv');
    const arrow = join(temporaryFolder(), 'frontier.arrow');
    const asked = ['frontier', '--recording', recording, '--resamples', '100', '--csv', csv, '--arrow', arrow];
    const { stderr } = await cli(asked);
    expect(stderr).toBe(`wrote ${csv}, and where its numbers come from to ${csv}.json\nwrote ${arrow}\n`);
    const table = tableFromIPC(readFileSync(arrow));
    // The same numbers: in full in the Arrow file, in the fewest digits that name them in the other.
    const [, ...rows] = readFileSync(csv, 'utf8').trimEnd().split('\r\n');
    expect(table.toArray().map((row: { value: number | null } | null) => row?.value ?? null)).toEqual(
      rows.map((row) => (row.split(',')[3] === '' ? null : Number(row.split(',')[3]))),
    );
    const origin: unknown = JSON.parse(table.schema.metadata.get('coconut-lens') ?? '');
    expect(origin).toMatchObject({ kind: 'frontier-arrow', recording: { folder: recording } });
    expect(readFileSync(csv, 'utf8')).toMatch(/^thought,group,quantity,value,low,high,n,clusters\r\n1,/);
  });
});

describe('report', () => {
  it('writes one page with the item asked for', async () => {
    const out = join(temporaryFolder(), 'report.html');
    const argv = ['report', '--recording', recording, '--out', out, '--resamples', '100'];
    expect(await cli(argv)).toMatchObject({ code: 0, stdout: `${out}\n`, stderr: '' });
    const first = readFileSync(out, 'utf8');
    expect(first).toContain('graph of item 0 after');
    expect(first).toContain(`coconut-lens ${argv.join(' ')}`);
    expect((await cli([...argv, '--item', '7'])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('graph of item 7 after');
  });

  it('sets a second recording of the same items beside the first, and refuses one of others', async () => {
    const folder = temporaryFolder();
    const [out, second] = ['report.html', 'second'].map((name) => join(folder, name));
    expect((await cli([...recordArguments(second), '--thoughts', '2'])).code).toBe(0);
    const argv = ['report', '--recording', recording, '--out', out, '--resamples', '100', '--baseline'];
    const found = json(await cli([...argv, second, '--json']));
    expect(found).toMatchObject({
      config: { baseline: second },
      baseline: { folder: second, metadata: { thoughts: 2 } },
    });
    const page = readFileSync(out, 'utf8');
    expect(page).toContain(`<h3>${second}</h3>`);
    expect(page).toContain('<h2 class="minor">The recording beside it</h2>');
    expect(await cli([...argv, join(folder, 'none')])).toMatchObject({ code: 1 });
  });

  it('refuses an item that is not there', async () => {
    const out = join(temporaryFolder(), 'report.html');
    const result = await cli(['report', '--recording', recording, '--out', out, '--item', 'x']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`--item: ${recording} has no such item (x)`);
    expect(existsSync(out)).toBe(false);
  });
});

describe('evaluate', () => {
  const evaluateArguments = (...more: string[]): string[] => [
    'evaluate',
    '--model',
    bench.model,
    '--items',
    bench.items,
    ...more,
  ];

  it('answers right with enough thoughts and by chance with none', async () => {
    const result = json(await cli(evaluateArguments('--thoughts', '6,0,0', '--json')));
    expect(result).toMatchObject({
      kind: 'evaluate',
      chance: { vocabulary: 1 / 40, candidates: 0.5 },
      items: { count: ITEMS },
      results: [
        { thoughts: 0, candidates: { n: ITEMS } },
        { thoughts: 6, vocabulary: { value: 1, high: 1, n: ITEMS }, candidates: { value: 1 } },
      ],
    });
    const [none] = result['results'] as { candidates: { value: number; low: number; high: number } }[];
    expect(none.candidates.low).toBeLessThan(0.5);
    expect(none.candidates.high).toBeGreaterThan(0.5);
  });

  it('obeys the budget law: as many thoughts as the target is deep are enough, by depth', async () => {
    const result = json(await cli(evaluateArguments('--json')));
    const results = result['results'] as {
      thoughts: number;
      byDepth: { depth: number; candidates: { value: number; n: number } }[];
    }[];
    expect(results.map(({ thoughts }) => thoughts)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const { thoughts, byDepth } of results) {
      expect(byDepth.reduce((sum, { candidates }) => sum + candidates.n, 0)).toBe(ITEMS);
      for (const { depth, candidates } of byDepth) if (thoughts >= depth) expect(candidates.value).toBe(1);
    }
  });

  it('prints chance and shortcuts beside the numbers', async () => {
    const { code, stdout } = await cli(evaluateArguments('--thoughts', '6', '--limit', '3'));
    expect(code).toBe(0);
    expect(stdout).toContain(`on 3 items (3 graphs) of ${bench.items}\n[low, high]: 95 % Wilson intervals\n`);
    expect(stdout).toMatch(/chance\s+0\.025\s+0\.500/);
    expect(stdout).toContain('guesses which gets 0.500');
    expect(stdout).toContain('lower in-degree');
    expect(stdout).toContain('chosen on these very items');
    expect(stdout).toMatch(/not reached from the other root within \d hops? \*/);
    expect(stdout).toContain('* uses the decoy to find the other root');
  });

  it('exits with 3 where the accuracy is under --fail-under, and prints the result all the same', async () => {
    const failed = await cli(evaluateArguments('--thoughts', '1', '--fail-under', '.99'));
    expect(failed.code).toBe(3);
    expect(failed.stdout).toContain('Accuracy of');
    expect(failed.stderr).toMatch(/coconut-lens: accuracy after 1 thoughts is 0\.\d+, not at least 0\.99\n$/);
    expect((await cli(evaluateArguments('--thoughts', '6', '--fail-under', '.99'))).code).toBe(0);
  });
});

describe('data inspect', () => {
  it('describes the items', async () => {
    const result = json(await cli(['data', 'inspect', '--items', bench.items, '--json']));
    expect(result).toMatchObject({ kind: 'data-inspect', items: { path: bench.items, count: ITEMS } });
    const nodes = testItems(ITEMS).map(({ names }) => names.length);
    expect((result['inspection'] as { nodes: { mean: number } }).nodes.mean).toBeCloseTo(
      nodes.reduce((a, b) => a + b) / ITEMS,
      10,
    );
    const { stdout } = await cli(['data', 'inspect', '--items', bench.items]);
    expect(stdout).toContain('lower in-degree');
  });
});

describe('doctor', () => {
  it('finds this machine fit, and says what is absent', async () => {
    const result = await cli(['doctor', '--json']);
    expect(result.code).toBe(0);
    const found = json(result);
    expect(found).toMatchObject({ kind: 'doctor', healthy: true });
    const findings = found['findings'] as { name: string; requirements?: { name: string }[] }[];
    expect(findings.map(({ name }) => name)).toEqual([
      ...['node', 'npm', 'engine in use', 'threads'],
      ...['engine onnxruntime', 'engine tfjs-gpu', 'engine tfjs-node', 'engine cpu'],
      ...['memory', 'temporary folder', 'telemetry', 'tslab'],
    ]);
    const needs = findings.map(({ requirements = [] }) => requirements.map(({ name }) => name));
    expect(needs[5]).toEqual(expect.arrayContaining(['package', 'Node']));
    expect(needs[6]).toEqual(['package', 'Node']);
    expect(needs[11]).toEqual(['package', 'kernelspec']);
    expect(found['cuda']).toMatchObject({
      runtimes: expect.any(Array) as unknown,
      cudnn: expect.any(Array) as unknown,
    });
  });

  it('lists what a missing engine needs below it, each with what there is', async () => {
    const { stdout } = await cli(['doctor']);
    if (!stdout.includes('engine tfjs-node    absent')) return;
    expect(stdout).toMatch(
      /engine tfjs-node {4}absent {2}missing: package.*\n {2}package {11}- .*npm install @tensorflow\/tfjs-node@4\.22\.0\n {2}Node /,
    );
  });

  it('exits with 3 where the engine asked for is not there', async () => {
    const { code, stdout, stderr } = await cli(['doctor', '--engine', 'tfjs-node']);
    // Machines that have tfjs-node are fit with it.
    if (stdout.includes('engine tfjs-node    ok')) return;
    expect(code).toBe(3);
    expect(stdout).toMatch(/engine in use\s+broken/);
    expect(stderr).toBe('coconut-lens: doctor: engine in use must be mended\n');
  });
});
