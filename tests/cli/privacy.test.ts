import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { TINY } from '../training/tiny-training.js';
import { buildIfStale, main, root } from './program.js';
import { temporaryFolder } from './support.js';

beforeAll(buildIfStale, 180_000);

const hasStrace = spawnSync('strace', ['-V']).status === 0;
const MODEL = join(root, 'fixtures/models/random-init');
const BFS = join(root, 'fixtures/models/constructed-bfs');
const ITEMS = join(root, 'fixtures/prosqa/demo.json');

interface Traced {
  readonly status: number | null;
  readonly stderr: string;
  /** Calls that reach a network. */
  readonly network: string[];
  /** Files and folders that were made or opened for writing. */
  readonly written: string[];
  /** What is left in the home folder, the temporary folder and the folder it was started in. */
  readonly left: string[];
}

/** Calls that make or change a file; a file that is only read may be called so. */
const MAKES = /O_CREAT|O_WRONLY|O_RDWR|\b(?:creat|mkdir|mkdirat|rename|renameat2|link|linkat|symlink|symlinkat)\(/;

/** Runs Node as a new user would have it: an empty environment, an empty home, an own temporary folder. */
function run(folder: string, argv: readonly string[]): Traced {
  for (const name of ['home', 'tmp', 'here']) mkdirSync(join(folder, name), { recursive: true });
  const log = join(folder, 'strace.log');
  const calls = 'socket,connect,sendto,openat,creat,mkdir,mkdirat,rename,renameat2,link,linkat,symlink,symlinkat';
  const strace = hasStrace ? ['strace', '-f', '-qq', '-s', '300', '-e', `trace=${calls}`, '-o', log] : [];
  const [program, ...rest] = [...strace, process.execPath, ...argv];
  const { status, stderr } = spawnSync(program, rest, {
    cwd: join(folder, 'here'),
    env: { PATH: process.env['PATH'], HOME: join(folder, 'home'), TMPDIR: join(folder, 'tmp') },
    encoding: 'utf8',
  });
  const traced = hasStrace ? readFileSync(log, 'utf8').split('\n') : [];
  return {
    status,
    stderr,
    network: traced.filter((line) => /AF_INET|sin_port/.test(line)),
    written: traced
      .filter((line) => MAKES.test(line) && !/= -1 /.test(line))
      .flatMap((line) => [...line.matchAll(/"([^"]+)"/g)].map(([, path]) => path))
      .filter((path) => !path.startsWith('/dev/') && !path.startsWith('/proc/')),
    left: ['home', 'tmp', 'here'].flatMap((name) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`)),
  };
}

const PROGRAM = `
import { open, readItems } from ${JSON.stringify(pathToFileURL(join(root, 'dist/index.js')).href)};
const lens = await open(${JSON.stringify(MODEL)});
const { items } = await readItems(${JSON.stringify(ITEMS)});
await lens.record(items.slice(0, 2));
lens.dispose();
`;

/** Without strace only what is left behind is looked at. */
describe('nothing leaves the machine, and nothing is written that was not asked for', () => {
  // Drafts stand beside the file that they become.
  const out = (folder: string): string => join(folder, 'made', 'out');
  it.each<[string, (folder: string) => string[]]>([
    ['demo', (folder) => [main, 'demo', '--out', out(folder)]],
    ['evaluate', () => [main, 'evaluate', '--model', MODEL, '--items', ITEMS, '--limit', '2', '--thoughts', '2']],
    [
      'claim',
      (folder) => [
        main,
        'claim',
        '--model',
        BFS,
        '--items',
        ITEMS,
        '--limit',
        '3',
        '--tests',
        'F1',
        '--out',
        out(folder),
      ],
    ],
    [
      'report',
      (folder) => [
        main,
        'report',
        '--claim',
        join(root, 'fixtures/results/claim-small-coconut.json'),
        '--out',
        out(folder),
      ],
    ],
    ['train', (folder) => [main, 'train', '--config', join(folder, 'tiny.json'), '--out', out(folder)]],
    // Its workers load ONNX Runtime in threads of their own.
    ['calibrate', () => [main, 'calibrate', '--models', 'random-init', '--n', '30', '--seeds', '1', '--jobs', '2']],
    ['a program', (folder) => [join(folder, 'program.mjs')]],
  ])('%s', (name, argv) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'made'));
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(TINY));
    writeFileSync(join(folder, 'program.mjs'), PROGRAM);
    const { status, stderr, network, written, left } = run(folder, argv(folder));
    // 3: on so few items the calibration cannot pass.
    expect([0, ...(name === 'calibrate' ? [3] : [])], stderr).toContain(status);
    expect(stderr).not.toMatch(/telemetry/i);
    expect([network, left]).toEqual([[], []]);
    const strangers = written.filter(
      (path) => !path.startsWith(join(folder, 'made')) && !path.startsWith(join(folder, 'tmp')),
    );
    expect(strangers).toEqual([]);
  });
});
