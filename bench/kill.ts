/**
 * Commands killed (SIGKILL) at random moments: nothing half-written stands under a final name, what can be resumed ends in
 * the same bytes, and nothing of the killed run is in the way or left behind.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/random.js';
import { makeSound } from './fuzz/sound.js';
import { defineBench } from './kit/bench.js';
import { rounded } from './kit/figures.js';

/** A command, from a folder of sound inputs. */
interface Killed {
  readonly words: string;
  /** The file or folder that stands when it is done: what it writes last. */
  readonly final: string;
  /** All that it makes. */
  readonly made: readonly string[];
  /** Added to go on after a kill; a command without begins again. */
  readonly resume?: string;
}

const COMMANDS: readonly Killed[] = [
  {
    words: 'record --model model --items more.json --batch-size 1 --out made',
    final: 'made',
    made: ['made'],
    resume: '--resume',
  },
  { words: 'train --config tiny.json --out made', final: 'made/model.safetensors', made: ['made'], resume: '--resume' },
  { words: 'import model --out made', final: 'made', made: ['made'] },
  { words: 'export claim.json --out made.png', final: 'made.png', made: ['made.png'] },
  { words: 'report --recording recording --out made.html', final: 'made.html', made: ['made.html'] },
  {
    words: 'claim --model model --items more.json --tests F1,F4 --out made.json',
    final: 'made.json',
    made: ['made.json'],
  },
  {
    words: 'probe run reachable --recording more --csv made.csv',
    final: 'made.csv.json',
    made: ['made.csv', 'made.csv.json'],
  },
];

export default defineBench({
  sizes: { full: { rounds: 8 }, smoke: { rounds: 1 } },
  async run({ rounds }) {
    const root = process.cwd();
    const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-kill-'));
    await makeSound(root, folder);
    const problems: string[] = [];
    const counts = { kills: 0, early: 0, resumed: 0 };
    for (const command of COMMANDS) {
      const { words, final, made, resume } = command;
      const inputs = new Set(readdirSync(folder));
      const started = performance.now();
      const { code, stderr } = await run(root, folder, words);
      if (code !== 0) throw new Error(`kill: ${words}: ${stderr}`);
      const milliseconds = performance.now() - started;
      const whole = bytesOf(folder, made);
      clear(folder, made);
      for (let round = 0; round < rounds; round++) {
        const random = createRandom(`kill ${words} ${round}`);
        const after = milliseconds * (0.1 + 0.95 * random.uniform());
        const { signal } = await run(root, folder, words, after);
        const where = `${words}, killed after ${rounded(after)} ms`;
        counts[signal === 'SIGKILL' ? 'kills' : 'early']++;
        if (existsSync(join(folder, final)) && !isEqual(bytesOf(folder, [final]), whole, final))
          problems.push(`${where}: ${final} is not what a whole run makes`);
        const goesOn = resume !== undefined && readdirSync(folder).some((name) => name.startsWith('made'));
        if (goesOn) counts.resumed++;
        if (goesOn || !existsSync(join(folder, final))) {
          const { code, stderr } = await run(root, folder, `${words}${goesOn ? ` ${resume}` : ''}`);
          if (code !== 0) problems.push(`${where}: the next run ends with ${code}: ${stderr.slice(0, 300)}`);
        }
        if (!isEqual(bytesOf(folder, made), whole)) problems.push(`${where}: the next run makes other bytes`);
        const left = readdirSync(folder).filter((name) => !inputs.has(name) && !made.includes(name));
        if (left.length > 0) problems.push(`${where}: leaves ${left.join(', ')}`);
        clear(folder, [...made, ...left]);
      }
    }
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    if (problems.length > 0) throw new Error(`kill: ${problems.length} problems; the first: ${problems[0]}`);
    rmSync(folder, { recursive: true });
    return { commands: COMMANDS.length, ...counts };
  },
});

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Runs the program, and kills it after some milliseconds. */
function run(root: string, folder: string, words: string, killAfter?: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), ...words.split(' ')], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stderr });
    });
  });
}

/** The page about a training says how long it took and with which command. */
const OF_THE_RUN = 'training.html';

/** What lies under some names, file by file. */
function bytesOf(folder: string, names: readonly string[]): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const visit = (name: string): void => {
    const path = join(folder, name);
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const each of readdirSync(path).sort()) visit(join(name, each));
    else if (!name.endsWith(OF_THE_RUN)) found.set(name, withoutTimes(name, readFileSync(path)));
  };
  for (const name of names) visit(name);
  return found;
}

/** metrics.jsonl says how long steps took. */
function withoutTimes(name: string, bytes: Buffer): Buffer {
  return name.endsWith('metrics.jsonl')
    ? Buffer.from(bytes.toString().replaceAll(/"\w*[mM]sPerStep":[^,}]*/g, ''))
    : bytes;
}

/** @param part compare only what lies under this name */
function isEqual(one: Map<string, Buffer>, whole: Map<string, Buffer>, part = ''): boolean {
  const wanted = [...whole].filter(([name]) => part === '' || name === part || name.startsWith(`${part}/`));
  return one.size === wanted.length && wanted.every(([name, bytes]) => one.get(name)?.equals(bytes) === true);
}

function clear(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
}
