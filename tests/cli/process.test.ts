import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { TINY, TINY_PHASE } from '../training/tiny-training.js';
import { formatItems } from '../../src/dataset/index.js';
import { buildIfStale, main, root } from './program.js';
import { temporaryFolder, testItems, workbench } from './support.js';

const windows = process.platform === 'win32';

const ITEMS = 8;
let bench: Awaited<ReturnType<typeof workbench>>;

beforeAll(async () => {
  buildIfStale();
  bench = await workbench(ITEMS);
}, 180_000);

interface Finished {
  readonly code: number | null;
  /** What ended it, where it did not end by itself. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program itself; `watch` sees stderr grow. */
function start(
  argv: readonly string[],
  watch?: (stderr: string, child: ChildProcess) => void,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...argv], { env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      watch?.(stderr, child);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

function recordArguments(out: string, batchSize = 1): string[] {
  const size = String(batchSize);
  return ['record', '--model', bench.model, '--items', bench.items, '--out', out, '--batch-size', size];
}

/** Calls `act` once the partial recording has more than its headers. */
function whenUnderWay(out: string, act: () => void): void {
  const thoughts = join(`${out}.partial`, 'thoughts.arrow');
  const timer = setInterval(() => {
    if (!existsSync(thoughts) || statSync(thoughts).size < 20_000) return;
    clearInterval(timer);
    act();
  }, 5);
  timer.unref();
}

describe('the program', () => {
  it('starts without loading an engine', async () => {
    expect(await start(['--version'])).toMatchObject({ code: 0, stderr: '' });
  });

  it.skipIf(windows)(
    'stops at SIGINT with 130, keeps finished batches and says how to go on (no signals on Windows)',
    async () => {
      const out = join(temporaryFolder(), 'r');
      let watched = false;
      const { code, stdout, stderr } = await start(recordArguments(out), (_, child) => {
        if (!watched) whenUnderWay(out, () => child.kill('SIGINT'));
        watched = true;
      });
      expect(stderr).toMatch(
        /interrupted: \d+ of 8 items are kept in .*r\.partial; go on with: coconut-lens record .* --resume\n$/,
      );
      expect(Number(/interrupted: (\d+)/.exec(stderr)?.[1])).toBeGreaterThan(0);
      expect([code, stdout, existsSync(out)]).toEqual([130, '', false]);
      const resumed = await start([...recordArguments(out), '--resume', '--json']);
      expect(resumed.code).toBe(0);
      const { items, resumedFrom } = JSON.parse(resumed.stdout) as { items: { count: number }; resumedFrom: number };
      expect(items.count).toBe(ITEMS);
      expect(resumedFrom).toBeGreaterThan(0);
    },
  );

  it('leaves no recording under its name when it is killed, and can go on', async () => {
    const out = join(temporaryFolder(), 'r');
    let watched = false;
    await start(recordArguments(out), (_, child) => {
      if (!watched) whenUnderWay(out, () => child.kill('SIGKILL'));
      watched = true;
    });
    expect(existsSync(out)).toBe(false);
    expect(existsSync(`${out}.partial`)).toBe(true);
    const resumed = await start([...recordArguments(out), '--resume', '--json']);
    expect(resumed.code).toBe(0);
    expect((JSON.parse(resumed.stdout) as { resumedFrom: number }).resumedFrom).toBeGreaterThan(0);
  });

  it.skipIf(windows)(
    'says in one line that the disk takes no more, and leaves nothing under the final name',
    async () => {
      const out = join(temporaryFolder(), 'r');
      // A limit on the size of files stands in for a full disk: 64 blocks of 512 or 1,024 bytes, as the shell has it.
      const command = ['ulimit -f 64 && exec "$0" "$@"', process.execPath, main, ...recordArguments(out), '--quiet'];
      const { status, stdout, stderr } = spawnSync('sh', ['-c', ...command], { encoding: 'utf8' });
      expect(stderr).toMatch(/^coconut-lens: .*thoughts\.arrow: could not be written \(EFBIG.*\); .*--resume\)\n$/);
      expect([status, stdout, existsSync(out)]).toEqual([1, '', false]);
      expect((await start([...recordArguments(out), '--resume', '--quiet'])).code).toBe(0);
    },
  );

  it.skipIf(!existsSync('/dev/full'))(
    'says in one line that its output cannot be written (skipped where there is no /dev/full)',
    () => {
      const command = ['exec "$0" "$@" >/dev/full', process.execPath, main, 'data', 'inspect', '--items', bench.items];
      const { status, stderr } = spawnSync('sh', ['-c', ...command], { encoding: 'utf8' });
      expect(stderr).toBe('coconut-lens: stdout: cannot be written (ENOSPC); free some space, or send it elsewhere\n');
      expect(status).toBe(1);
    },
  );

  it('says nothing when whoever reads its output goes away', async () => {
    const finished = await new Promise<Finished>((resolve, reject) => {
      const child = spawn(process.execPath, [main, 'data', 'inspect', '--items', bench.items]);
      let stderr = '';
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
      // Closed before the command prints.
      child.stdout.destroy();
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, stdout: '', stderr }));
    });
    expect(finished).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a training', () => {
  const STEPS = 200;
  // Several processes one after the other: the limit for one test would end them on a busy machine.
  const LIMIT = 600_000;
  let config: string;
  let whole: string;

  const trainArguments = (out: string): string[] => ['train', '--config', config, '--seed', '3', '--out', out];
  const model = (out: string): Buffer => readFileSync(join(out, 'model.safetensors'));

  /** Metrics without their times. */
  const metrics = (out: string): string =>
    readFileSync(join(out, 'metrics.jsonl'), 'utf8').replace(/"(msPerStep|engineMsPerStep)":[\d.e+-]+/g, '"$1":0');

  beforeAll(async () => {
    config = join(bench.folder, 'training.json');
    const phases = [
      { ...TINY_PHASE, steps: STEPS / 2, stage: 0 },
      { ...TINY_PHASE, name: 'second', steps: STEPS / 2, uniformProb: 0.3, decay: 'linear' },
    ];
    // Checkpoints and measurements fall on the same step now and then only.
    writeFileSync(
      config,
      JSON.stringify({ ...TINY, phases, checkpointEvery: 2, validation: { questions: 3, every: 5 } }),
    );
    whole = join(bench.folder, 'whole');
    expect((await start([...trainArguments(whole), '--quiet'])).code).toBe(0);
  }, LIMIT);

  it(
    'killed at ten random moments and resumed each time, ends with the same bytes',
    async () => {
      const out = join(temporaryFolder(), 'm');
      const random = createRandom('ten moments');
      for (let kills = 0; kills < 10; kills++) {
        // The moment: some milliseconds after the engine is named (the folder is made then), or after a measurement.
        const lines = kills < 3 ? 1 : 2 + random.integer(2);
        const delay = random.integer(12);
        let waiting = false;
        const { code, stderr } = await start([...trainArguments(out), '--resume'], (text, child) => {
          if (waiting || text.split('\n').length <= lines) return;
          waiting = true;
          setTimeout(() => child.kill('SIGKILL'), delay);
        });
        expect([code, stderr.includes('coconut-lens:')], stderr).toEqual([null, false]);
        expect(existsSync(join(out, 'model.safetensors'))).toBe(false);
      }
      const last = await start([...trainArguments(out), '--resume', '--json', '--quiet']);
      expect(last).toMatchObject({ code: 0, stderr: '' });
      const { steps, resumedFrom } = JSON.parse(last.stdout) as { steps: number; resumedFrom: number };
      expect(steps).toBe(STEPS);
      expect(resumedFrom).toBeGreaterThan(0);
      expect(model(out).equals(model(whole))).toBe(true);
      expect(metrics(out)).toBe(metrics(whole));
      expect(readdirSync(out).sort()).toEqual(readdirSync(whole).sort());
    },
    LIMIT,
  );

  it.skipIf(windows)('stops at SIGINT with 130 and goes on to the same bytes (no signals on Windows)', async () => {
    const out = join(temporaryFolder(), 'm');
    let asked = false;
    const { code, stdout, stderr } = await start(trainArguments(out), (text, child) => {
      if (!asked && text.includes('step 5:')) child.kill('SIGINT');
      asked ||= text.includes('step 5:');
    });
    expect(stderr).toMatch(
      /\ncoconut-lens: interrupted after step \d+, which is kept; go on with: coconut-lens train .* --resume\n$/,
    );
    expect([code, stdout, existsSync(join(out, 'model.safetensors'))]).toEqual([130, '', false]);
    expect((await start([...trainArguments(out), '--resume', '--quiet'])).code).toBe(0);
    expect(model(out).equals(model(whole))).toBe(true);
    expect(metrics(out)).toBe(metrics(whole));
  });

  it.skipIf(windows)('says in one line that the disk takes no more, and can go on when it does', async () => {
    const out = join(temporaryFolder(), 'm');
    // The checkpoint has 20 kB; the limit is 4 or 8, as the shell has it.
    const command = ['ulimit -f 8 && exec "$0" "$@"', process.execPath, main, ...trainArguments(out), '--quiet'];
    const { status, stdout, stderr } = spawnSync('sh', ['-c', ...command], { encoding: 'utf8' });
    expect(stderr).toMatch(
      /^coconut-lens: .*checkpoint\.safetensors: cannot be written \(EFBIG.*\); raise the limit .*\n$/,
    );
    expect([status, stdout, readdirSync(out).sort()]).toEqual([1, '', ['training.json']]);
    expect((await start([...trainArguments(out), '--resume', '--quiet'])).code).toBe(0);
    expect(model(out).equals(model(whole))).toBe(true);
  });
});

describe('the package', () => {
  it('can be required: notebooks compile import to require, which a top-level await anywhere would break', () => {
    const script = `process.stdout.write(String(typeof require('coconut-lens').open))`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
    expect(stderr.replace(/^\(node:.*\n\(Use `node.*\n/m, '')).toBe('');
    expect(stdout).toBe('function');
  });
});

/** Where the engine has two threads, sums come out otherwise: those of `--jobs` must have one each. */
const onTwoCores = (argv: readonly string[]): Promise<Finished> =>
  start(argv, undefined, { COCONUT_LENS_THREADS: '2' });

describe('calibrate', () => {
  const words = ['calibrate', '--models', 'random-init'];

  it('gives the same cells in two threads as in one', { timeout: 300_000 }, async () => {
    const flags = ['--n', '30', '--seeds', '2', '--json', '--jobs'];
    const [two, one] = [await onTwoCores([...words, ...flags, '2']), await onTwoCores([...words, ...flags, '1'])];
    const cells = ({ stdout }: Finished): { model: string; seed: number }[] =>
      (JSON.parse(stdout) as { cells: { model: string; seed: number }[] }).cells;
    expect(cells(two)).toEqual(cells(one));
    expect(cells(two).map(({ model, seed }) => [model, seed])).toEqual([
      ['random-init', 0],
      ['random-init', 1],
    ]);
  });

  /** Sends SIGINT so many milliseconds after the threads have begun. */
  const interrupted = (...after: readonly number[]): Promise<Finished> => {
    let begun = false;
    return start([...words, '--n', '300', '--seeds', '2', '--jobs', '2'], (text, child) => {
      if (begun || !text.includes('engine:')) return;
      begun = true;
      for (const ms of after) setTimeout(() => child.kill('SIGINT'), ms);
    });
  };

  it.skipIf(windows)('stops its threads at SIGINT, and ends with 130 (no signals on Windows)', async () => {
    const { code, stdout, stderr } = await interrupted(2_000);
    expect(stderr).toMatch(
      /^engine: .*\n(\d+\/600 items.*\n)?interrupting; press again to stop now\ncoconut-lens: interrupted: a calibration keeps nothing\n$/,
    );
    expect([code, stdout]).toEqual([130, '']);
  });

  it.skipIf(windows)('ends at once at a second SIGINT (no signals on Windows)', async () => {
    // The threads are loading: they could not end by themselves in between.
    const { signal, stdout, stderr } = await interrupted(0, 50);
    expect([signal, stdout]).toEqual(['SIGINT', '']);
    expect(stderr).toMatch(/^engine: .*\n(\d+\/600 items.*\n)?interrupting; press again to stop now\n$/);
  });
});

describe('probe run', () => {
  it('fits in three threads to the bytes of one', { timeout: 300_000 }, async () => {
    const folder = temporaryFolder();
    const recording = join(folder, 'recording');
    const items = join(folder, 'items.json');
    writeFileSync(items, formatItems(testItems(25)));
    const model = join(root, 'fixtures', 'models', 'prosqa-coconut');
    const flags = ['--items', items, '--permute-ids', '1', '--thoughts', '2', '--out', recording];
    expect((await start(['record', '--model', model, ...flags])).code).toBe(0);
    const words = ['probe', 'run', 'reachable', '--recording', recording, '--resamples', '100', '--json'];
    const [three, one] = [await onTwoCores([...words, '--jobs', '3']), await onTwoCores([...words, '--jobs', '1'])];
    const results = ({ stdout, stderr }: Finished): unknown[] => {
      expect(stderr).not.toContain('coconut-lens:');
      return (JSON.parse(stdout) as { results: unknown[] }).results;
    };
    expect(results(three)).toEqual(results(one));
    expect(results(three)).toHaveLength(1);
  });
});

const fixture = join(root, 'fixtures', 'models', 'constructed-bfs', 'config.json');

describe.skipIf(!existsSync(fixture))('with the fixtures (skipped where npm run fixtures has not written them)', () => {
  it('demo records, reads and reports, and prints where everything is', async () => {
    const out = temporaryFolder();
    const { code, stdout, stderr } = await start(['demo', '--out', out]);
    expect(stderr).toMatch(/^engine: .*\n0\/100 items\nrecorded 100 items, 6 thoughts each, in [\d.]+ s\n$/);
    expect(code).toBe(0);
    expect(stdout).toContain('Where the probability lies');
    expect(stdout).toContain(`recording  ${join(out, 'recording')}\nreport     ${join(out, 'report.html')}\n`);
    expect(readdirSync(out).sort()).toEqual(['recording', 'report.html']);
    expect(readdirSync(join(out, 'recording')).sort()).toEqual(['items.arrow', 'metadata.json', 'thoughts.arrow']);
  });
});
