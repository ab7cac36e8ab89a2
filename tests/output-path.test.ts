import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRecorder, openRecording } from '../src/recording/index.js';
import { writeFileWhole, writePiecesWhole, writeTogether } from '../src/write-file.js';
import { cli, temporaryFolder, workbench } from './cli/support.js';
import { recordAll, syntheticMetadata, syntheticRecords } from './recording/synthetic.js';

const bench = await workbench(2);
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const windows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;
const DEMO = fileURLToPath(new URL('../fixtures/results/claim-small-pause.json', import.meta.url));

function fifoIn(folder: string): string {
  const path = join(folder, 'fifo');
  spawnSync('mkfifo', [path]);
  return path;
}

async function socketIn(folder: string): Promise<string> {
  const path = join(folder, 'socket');
  const server = createServer().listen(path);
  await new Promise((done) => server.once('listening', done));
  onTestFinished(() => void server.close());
  return path;
}

describe('a file that is written', () => {
  it('keeps a link a link and writes its target, there or not, beside the target', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    const target = join(folder, 'b', 'target');
    for (const [name, to] of [
      ['to-nothing', '../b/target'],
      ['to-file', target],
      ['to-link', 'to-file'],
    ] as const) {
      const link = join(folder, 'a', name);
      symlinkSync(to, link);
      await writeFileWhole(link, name);
      expect([readlinkSync(link), readFileSync(target, 'utf8')]).toEqual([to, name]);
    }
    expect([readdirSync(join(folder, 'a')).length, readdirSync(join(folder, 'b'))]).toEqual([3, ['target']]);
    const loop = join(folder, 'loop');
    symlinkSync(loop, loop);
    await expect(writeFileWhole(loop, '')).rejects.toThrow('loop: is a link that leads to itself; name a file');
  });

  it.skipIf(windows)('is written into a pipe, which stays one (no pipes with names on Windows)', async () => {
    const folder = temporaryFolder();
    const fifo = fifoIn(folder);
    const [read] = await Promise.all([readFile(fifo, 'utf8'), writePiecesWhole(fifo, ['one ', 'two'])]);
    expect([read, lstatSync(fifo).isFIFO(), readdirSync(folder)]).toEqual(['one two', true, ['fifo']]);
  });

  it.skipIf(!isRoot)('leaves a device a device (skipped without the right to make one)', async () => {
    const folder = temporaryFolder();
    const device = join(folder, 'null');
    // A node like /dev/null, and a disk of a number that no driver has.
    expect(spawnSync('mknod', [device, 'c', '1', '3']).status).toBe(0);
    await writeFileWhole(device, 'gone');
    expect([lstatSync(device).isCharacterDevice(), readdirSync(folder)]).toEqual([true, ['null']]);
    const disk = join(folder, 'disk');
    expect(spawnSync('mknod', [disk, 'b', '240', '240']).status).toBe(0);
    await expect(writeFileWhole(disk, '')).rejects.toThrow('disk: is a disk; name a file');
  });

  it.skipIf(!existsSync('/proc/self/fd'))(
    'goes to the standard output, be that a pipe or a file, and to >(...)',
    () => {
      const folder = temporaryFolder();
      const run = (script: string): string => {
        const { stdout, stderr, status } = spawnSync('bash', ['-c', script, process.execPath, main, folder], {
          encoding: 'utf8',
        });
        expect([status, stderr]).toEqual([0, '']);
        return stdout;
      };
      const words = 'data generate --n 2 --quiet --json --out';
      const plain = run(`"$0" "$1" ${words} "$2/items.json" > "$2/said"; cat "$2/items.json"`);
      expect(JSON.parse(plain)).toHaveLength(2);
      const piped = run(`"$0" "$1" ${words} /dev/stdout | cat`);
      expect(piped.startsWith(plain)).toBe(true);
      expect(run(`"$0" "$1" ${words} /dev/stdout > "$2/both"; cat "$2/both"`)).toBe(piped);
      expect(run(`"$0" "$1" ${words} >(cat > "$2/substituted") > "$2/said"; sleep 0.2; cat "$2/substituted"`)).toBe(
        plain,
      );
      expect(readdirSync(folder).sort()).toEqual(['both', 'items.json', 'said', 'substituted']);
    },
  );

  it('takes with it what a killed process has left of it, and nothing else', async () => {
    const folder = temporaryFolder();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const others = [`.file.${process.ppid}-0.tmp`, `.other.${dead}-0.tmp`, `.file.${dead}-0.tmp.kept`];
    for (const name of [`.file.${dead}-0.tmp`, `.file.${dead}-12.tmp`, ...others])
      writeFileSync(join(folder, name), '');
    await writeFileWhole(join(folder, 'file'), '');
    expect(readdirSync(folder).sort()).toEqual([...others, 'file'].sort());
  });

  it('stands with those that belong to it or not at all, and where a name fails says which are there', async () => {
    const folder = temporaryFolder();
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    const full = (): Promise<void> => Promise.reject(new RangeError('no more'));
    const half = writeTogether([
      { path: a, write: (put) => put('a') },
      { path: b, write: full },
    ]);
    await expect(half).rejects.toThrow(new RangeError('no more'));
    expect(readdirSync(folder)).toEqual([]);
    const taken = writeTogether([
      { path: a, write: (put) => put('a') },
      {
        path: b,
        write: async (put) => {
          await put('b');
          mkdirSync(b);
        },
      },
    ]);
    await expect(taken).rejects.toThrow(/b: cannot be written \(E.*\), after .*a was written; /);
    expect([readdirSync(folder).sort(), readFileSync(a, 'utf8')]).toEqual([['a', 'b'], 'a']);
  });
});

describe('a folder that is made', () => {
  const [metadata, records] = [syntheticMetadata(3, 2, 3), syntheticRecords(3, 2, 3)];

  it('may be a link to a folder or to nothing: the target is the recording', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'empty'));
    for (const target of ['empty', join('none', 'deep')]) {
      const link = join(folder, `to-${target.slice(0, 4)}`);
      symlinkSync(target, link);
      const recorder = await createRecorder(link, metadata);
      await recorder.write(records.slice(0, 2));
      await recorder.abort();
      await expect(openRecording(link)).rejects.toThrow(/is an interrupted recording|is not a recording/);
      await recordAll(link, metadata, records, 2, { resume: true });
      expect([readlinkSync(link), (await openRecording(link)).items.length]).toEqual([target, 3]);
      expect(readdirSync(join(folder, target)).sort()).toEqual(['items.arrow', 'metadata.json', 'thoughts.arrow']);
      await recordAll(link, metadata, records, 2, { overwrite: true });
      expect(readlinkSync(link)).toBe(target);
    }
    expect(readdirSync(folder).sort()).toEqual(['empty', 'none', 'to-empt', 'to-none']);
  });

  it('is refused where a finished recording could not take its name', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync('elsewhere', `${out}.partial`);
    await expect(createRecorder(out, metadata)).rejects.toThrow('out.partial: is a link; remove it, or choose another');
    if (existsSync('/proc/self')) await expect(createRecorder('/proc', metadata)).rejects.toThrow(/proc: /);
  });
});

describe('every command', () => {
  const none = join(bench.folder, 'no-such-model');
  const made = ['--model', none, '--items', bench.items];
  /** What would fail later anyway: so the place is looked at before anything is computed or even read. */
  const files: [string, (out: string) => string[]][] = [
    ['claim', (out) => ['claim', '--model', none, '--out', out]],
    ['calibrate', (out) => ['calibrate', '--out', out]],
    ['report', (out) => ['report', '--recording', none, '--out', out]],
    ['report of claims', (out) => ['report', '--claim', none, '--out', out]],
    ['frontier', (out) => ['frontier', '--recording', none, '--csv', out]],
    ['readout', (out) => ['readout', 'interpolation', ...made, '--csv', out]],
    ['probe run', (out) => ['probe', 'run', 'frontier', '--recording', none, '--csv', out]],
    ['probe run to Arrow', (out) => ['probe', 'run', 'frontier', '--recording', none, '--arrow', out]],
    ['probe matrix', (out) => ['probe', 'matrix', 'reachable', '--recording', none, '--csv', out]],
    ['data generate', (out) => ['data', 'generate', '--n', '1', '--out', out]],
    ['data generate, replacing', (out) => ['data', 'generate', '--n', '1', '--overwrite', '--out', out]],
  ];

  it.skipIf(windows).each(files)(
    '%s refuses a folder, a link to one and a socket before it reads anything',
    async (_, words) => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, 'taken'));
      symlinkSync('taken', join(folder, 'link'));
      await socketIn(folder);
      for (const [name, problem] of [
        ['taken', 'is a folder'],
        ['link', 'is a folder'],
        ['socket', 'is a socket'],
      ] as const) {
        const out = join(folder, name);
        expect(await cli(words(out))).toEqual({
          code: 2,
          stdout: '',
          stderr: `coconut-lens: ${out}: ${problem}; name a file\n`,
        });
      }
      expect(readdirSync(folder).sort()).toEqual(['link', 'socket', 'taken']);
    },
  );

  it.skipIf(windows)('that makes a folder refuses a pipe, a socket and a file at once', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const places = [file, fifoIn(folder), await socketIn(folder)];
    for (const place of places) {
      for (const argv of [
        ['record', '--model', bench.model, '--items', bench.items, '--out', place],
        ['train', '--preset', 'small', '--out', place],
        ['import', bench.model, '--out', place],
        ['demo', '--out', place],
        ['notebook', '--notebooks', place, '--dir', join(folder, 'data')],
      ]) {
        const { code, stdout, stderr } = await cli([...argv, '--quiet']);
        expect([argv[0], stdout]).toEqual([argv[0], '']);
        expect(stderr, argv.join(' ')).toMatch(/^coconut-lens: [^\n]+; [^\n]+\n$/);
        expect(stderr).not.toContain('defect');
        expect(code).toBeGreaterThan(0);
      }
    }
    expect(readdirSync(folder).sort()).toEqual(['fifo', 'file', 'socket']);
  });

  it('writes through links: import, notebook, export, probe new', async () => {
    const folder = temporaryFolder();
    const to = (name: string): string => {
      symlinkSync(join('..', 'targets', name), join(folder, 'links', name));
      return join(folder, 'links', name);
    };
    mkdirSync(join(folder, 'links'));
    for (const argv of [
      ['import', bench.model, '--tokenizer', 'symbols', '--out', to('model')],
      ['notebook', '--notebooks', to('notebooks'), '--dir', to('jupyter')],
      ['export', DEMO, '--out', to('forest.svg')],
      ['probe', 'new', 'mine', '--probes', to('probes')],
    ]) {
      const { code, stderr } = await cli([...argv, '--quiet']);
      expect([code, stderr]).toEqual([0, '']);
    }
    expect(readdirSync(join(folder, 'targets')).sort()).toEqual([
      'forest.svg',
      'jupyter',
      'model',
      'notebooks',
      'probes',
    ]);
    for (const name of readdirSync(join(folder, 'links')))
      expect(lstatSync(join(folder, 'links', name)).isSymbolicLink()).toBe(true);
  });

  it.skipIf(windows)(
    'that writes a CSV into a pipe says where its provenance is (no named pipes on Windows)',
    async () => {
      const folder = temporaryFolder();
      const recording = join(folder, 'recording');
      await cli(['record', '--model', bench.model, '--items', bench.items, '--out', recording, '--quiet']);
      const fifo = fifoIn(folder);
      const [read, { code, stderr }] = await Promise.all([
        readFile(fifo, 'utf8'),
        cli(['frontier', '--recording', recording, '--resamples', '100', '--csv', fifo]),
      ]);
      expect([code, read.split('\r\n')[0]]).toEqual([0, 'thought,group,quantity,value,low,high,n,clusters']);
      expect(stderr).toBe(`wrote ${fifo}, which is no file: where its numbers come from is in --json\n`);
      expect(readdirSync(folder).sort()).toEqual(['fifo', 'recording']);
    },
  );
});
