/**
 * Every format that is read from outside, damaged in seeded ways: each input is refused with one line, or read. No message
 * of a defect, no hang, no memory without bounds, nothing written outside the output, nothing that moves a terminal.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRandom } from '../src/random.js';
import { FORMATS, type Format } from './fuzz/formats.js';
import { damageBytes, damageJson } from './fuzz/mutate.js';
import { makeSound } from './fuzz/sound.js';
import { defineBench } from './kit/bench.js';

/** What a reader may take: seconds, and MiB beside twice the file. */
const [SECONDS, MEMORY] = [10, 512];

/** Longest line on a terminal. */
const LINE = 1000;

/** What moves a terminal or turns text round; newline and tab do not. */
// eslint-disable-next-line no-control-regex -- that is what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

interface Outcome {
  /** An exit code, or what was thrown past the program. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
  readonly memory: number;
  readonly polluted: boolean;
  readonly milliseconds: number;
}

export default defineBench({
  sizes: { full: { inputs: 10_000 }, smoke: { inputs: 500 } },
  async run({ inputs }) {
    const root = process.cwd();
    // What an input records of the engine is to be what the program finds.
    process.env['COCONUT_LENS_THREADS'] = '1';
    const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-fuzz-'));
    const sound = join(folder, 'sound');
    // A recording knows the paths that it was made with: those of the inputs.
    await makeSound(root, join(folder, 'input'));
    renameSync(join(folder, 'input'), sound);
    let child = new Child(root, folder);
    const problems: string[] = [];
    const counts = { refused: 0, read: 0 };
    let slowest = 0;
    for (const format of FORMATS) {
      const { problem } = await child.run(format, sound, folder, undefined);
      if (problem !== undefined) throw new Error(`fuzz: ${format.name}, undamaged: ${problem}`);
    }
    for (let i = 0; i < inputs; i++) {
      const format = FORMATS[i % FORMATS.length];
      const { problem, outcome } = await child.run(format, sound, folder, i);
      if (problem !== undefined) problems.push(`input ${i}, ${format.name}: ${problem}`);
      if (outcome === undefined) child = new Child(root, folder);
      else {
        counts[outcome.code === 0 ? 'read' : 'refused']++;
        slowest = Math.max(slowest, outcome.milliseconds);
      }
    }
    child.end();
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    if (problems.length > 0) throw new Error(`fuzz: ${problems.length} of ${inputs} inputs; the first: ${problems[0]}`);
    rmSync(folder, { recursive: true });
    return { inputs, formats: FORMATS.length, ...counts, slowestMs: Math.round(slowest) };
  },
});

/** The program, in a process that can be ended. */
class Child {
  readonly #process: ChildProcess;
  /** MiB before the first input. */
  #base: number | undefined;

  constructor(root: string, folder: string) {
    for (const name of ['here', 'home', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
    this.#process = fork(join(root, 'bench/fuzz/child.mjs'), {
      cwd: join(folder, 'here'),
      env: {
        PATH: process.env['PATH'],
        HOME: join(folder, 'home'),
        TMPDIR: join(folder, 'tmp'),
        COCONUT_LENS_THREADS: '1',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** @param index of the input; undefined for the sound one */
  async run(
    format: Format,
    sound: string,
    folder: string,
    index: number | undefined,
  ): Promise<{ problem: string | undefined; outcome: Outcome | undefined }> {
    const own = join(folder, 'input');
    rmSync(own, { recursive: true, force: true });
    for (const file of format.needs) {
      mkdirSync(dirname(join(own, file)), { recursive: true });
      cpSync(join(sound, file), join(own, file));
    }
    const isHashed = index !== undefined && damage(format, own, index);
    const before = listing(own);
    const out = join(folder, 'out', 'made');
    rmSync(dirname(out), { recursive: true, force: true });
    mkdirSync(dirname(out), { recursive: true });
    const outcome = await this.#ask(format.argv(own, out));
    if (outcome === undefined) return { outcome, problem: `took more than ${SECONDS} seconds, or ended the process` };
    const { code, stdout, stderr, memory, polluted } = outcome;
    this.#base ??= memory;
    const lines = `${stdout}\n${stderr}`.split('\n');
    const size = statSync(join(sound, format.file)).size / 2 ** 20;
    const goesOn = format.argv(own, out).includes('--resume');
    const stray = [
      ...['here', 'home', 'tmp'].flatMap((name) => readdirSync(join(folder, name))),
      // A command that goes on with its input writes there.
      ...(goesOn ? [] : listing(own).filter((line) => !before.includes(line))),
      ...readdirSync(dirname(out)).filter((name) => !name.startsWith('made')),
    ];
    const wrong: (false | string)[] = [
      typeof code === 'string' && `threw past the program: ${code}`,
      index === undefined && format.foreign !== true && code !== 0 && `exit code ${code}`,
      /defect of coconut-lens/.test(stderr) && 'called it a defect',
      code !== 0 &&
        stderr
          .trimEnd()
          .split('\n')
          .filter((line) => line.startsWith('coconut-lens: ')).length !== 1 &&
        'not one line',
      code !== 0 && stdout !== '' && 'printed a result and failed',
      CONTROL.test(stdout + stderr) && 'control characters on the terminal',
      lines.some((line) => line.length > LINE) && 'a line without end',
      memory - this.#base > MEMORY + 2 * size && `memory grew by ${Math.round(memory - this.#base)} MiB`,
      polluted && 'changed the prototype of every object',
      stray.length > 0 && `wrote ${stray.join(', ')}`,
      isHashed && code === 0 && 'read bytes that their hash does not match',
    ];
    const problem = wrong.filter((one) => one !== false).join('; ');
    return { outcome, problem: problem === '' ? undefined : `${problem}: ${stderr.slice(0, 300)}` };
  }

  end(): void {
    this.#process.kill();
  }

  #ask(argv: readonly string[]): Promise<Outcome | undefined> {
    return new Promise((resolve) => {
      const done = (outcome: Outcome | undefined): void => {
        clearTimeout(timer);
        this.#process.off('message', done).off('exit', gone);
        resolve(outcome);
      };
      const gone = (): void => done(undefined);
      const timer = setTimeout(() => {
        this.#process.kill('SIGKILL');
      }, SECONDS * 1000);
      this.#process.on('message', done).on('exit', gone);
      this.#process.send(argv);
    });
  }
}

/** @returns whether the damage can be told by a hash that stands beside the file */
function damage({ name, file, json, hashed = false }: Format, folder: string, index: number): boolean {
  const random = createRandom(`fuzz ${name} ${index}`);
  const path = join(folder, file);
  const bytes = readFileSync(path);
  const damaged = (json ? damageJson : damageBytes)(random, bytes);
  writeFileSync(path, damaged);
  if (!hashed || damaged.equals(bytes)) return false;
  if (random.integer(4) === 0) return true;
  // As somebody would write it who knows the format.
  const metadata = join(dirname(path), 'metadata.json');
  const text = readFileSync(metadata, 'utf8');
  writeFileSync(
    metadata,
    text
      .replace(sha256(bytes), sha256(damaged))
      .replace(new RegExp(`("bytes": )${bytes.length}(,\\s*"sha256": "${sha256(damaged)}")`), `$1${damaged.length}$2`),
  );
  return false;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Every file of a folder with its size and when it was written. */
function listing(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(folder, name);
    if (!existsSync(path)) return [];
    const found = statSync(path);
    return found.isDirectory() ? [] : [`${name} ${found.size} ${found.mtimeMs}`];
  });
}
