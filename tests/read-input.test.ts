import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readInput } from '../src/read-input.js';
import { cli, temporaryFolder, workbench } from './cli/support.js';

const bench = await workbench(2);
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const windows = process.platform === 'win32';

/** Something that is no plain file, in the place of one: a pipe that nobody writes to, a device without an end. */
const strangers: [string, (path: string) => void][] = [
  ['a pipe', (path) => void spawnSync('mkfifo', [path])],
  ['a link to a device', (path) => symlinkSync('/dev/zero', path)],
];

describe.skipIf(windows).each(strangers)('%s', (_, make) => {
  it('is refused as items, as a result and as a configuration', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'input');
    make(path);
    for (const argv of [
      ['data', 'inspect', '--items', path],
      ['evaluate', '--model', bench.model, '--items', path],
      ['export', path, '--list'],
      ['report', '--claim', path, '--out', join(folder, 'page.html')],
      ['train', '--config', path, '--out', join(folder, 'out')],
      ['import', path, '--out', join(folder, 'out')],
    ]) {
      const { code, stdout, stderr } = await cli([...argv, '--quiet']);
      expect([argv[0], code, stdout, stderr]).toEqual([
        argv[0],
        1,
        '',
        `coconut-lens: ${path}: is no plain file (a pipe or a device); name a file\n`,
      ]);
    }
  });

  it.each(['config.json', 'model.safetensors', 'tokenizer.json'])('is refused as %s of a model', async (name) => {
    const model = join(temporaryFolder(), 'model');
    cpSync(bench.model, model, { recursive: true });
    if (existsSync(join(model, name))) unlinkSync(join(model, name));
    make(join(model, name));
    const weights = join(bench.model, 'model.safetensors');
    const config = ['--config', join(bench.model, 'config.json')];
    const argv =
      name === 'tokenizer.json'
        ? ['import', weights, ...config, '--tokenizer', model, '--out', join(model, 'out')]
        : ['evaluate', '--model', model, '--items', bench.items];
    const { code, stderr } = await cli([...argv, '--quiet']);
    expect([code, stderr]).toEqual([
      1,
      `coconut-lens: ${join(model, name)}: is no plain file (a pipe or a device); name a file\n`,
    ]);
  });

  it.each(['metadata.json', 'items.arrow', 'thoughts.arrow'])('is refused as %s of a recording', async (name) => {
    const recording = join(temporaryFolder(), 'recording');
    await cli(['record', '--model', bench.model, '--items', bench.items, '--out', recording, '--quiet']);
    unlinkSync(join(recording, name));
    make(join(recording, name));
    const { code, stderr } = await cli(['frontier', '--recording', recording]);
    expect([code, stderr.endsWith('\n'), stderr.includes('defect')]).toEqual([1, true, false]);
    expect(stderr).toContain(join(recording, name));
  });
});

describe('a file', () => {
  it('that is too long for what it should be is refused by its size', async () => {
    const model = join(temporaryFolder(), 'model');
    cpSync(bench.model, model, { recursive: true });
    // Two gigabytes of nothing take no room on the disk.
    truncateSync(join(model, 'config.json'), 2 ** 31);
    const items = join(model, 'items.json');
    writeFileSync(items, '');
    truncateSync(items, 2 ** 31);
    expect((await cli(['evaluate', '--model', model, '--items', bench.items, '--quiet'])).stderr).toBe(
      `coconut-lens: ${join(model, 'config.json')}: is too long (2148 MB; up to 68 MB are read); name another file\n`,
    );
    expect((await cli(['data', 'inspect', '--items', items])).stderr).toBe(
      `coconut-lens: ${items}: is too long (2148 MB; up to 537 MB are read); name another file\n`,
    );
  });

  it('of the system that says it has no length is read', async () => {
    if (existsSync('/proc/self/status')) expect((await readInput('/proc/self/status')).toString()).toMatch(/^Name:/);
  });
});

describe.skipIf(!existsSync('/proc/self/fd'))('what a process was given open (needs /proc)', () => {
  it('is read to its end: standard input and <(...)', () => {
    const run = (script: string): string => {
      const words = ['-c', script, process.execPath, main, bench.items];
      const { stdout, stderr } = spawnSync('bash', words, { encoding: 'utf8' });
      expect(stderr).toBe('');
      return stdout;
    };
    const inspect = '"$0" "$1" data inspect --json --items';
    const read = (text: string): unknown => (JSON.parse(text) as { summary: unknown }).summary;
    const plain = read(run(`${inspect} "$2"`));
    for (const way of ['/dev/stdin < "$2"', '/dev/stdin < <(cat "$2")', '<(cat "$2")'])
      expect(read(run(`${inspect} ${way}`))).toEqual(plain);
  });

  it('is waited for, and not without an end', async () => {
    const child = spawn(process.execPath, [main, 'data', 'inspect', '--items', '/dev/stdin']);
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    setTimeout(() => child.stdin.end(readFileSync(bench.items)), 300);
    expect(await new Promise((done) => child.once('close', done))).toBe(0);
    expect(said).not.toBe('');
    const script = '"$0" "$1" export /dev/stdin --list < /dev/zero';
    const { stderr, status } = spawnSync('bash', ['-c', script, process.execPath, main], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      'coconut-lens: /dev/stdin: is too long (more; up to 68 MB are read); name another file\n',
    ]);
  });
});
