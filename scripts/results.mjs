// Makes the results that docs/results.md and the README's picture are drawn from: `npm run results`, or one of them by
// `npm run results -- NAME`. Each is what a command prints with --json, in fixtures/results/NAME.json; runtime.json has the time.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { runCli } from '../dist/cli/run-cli.js';
import { OFFICIAL, OFFICIAL_SHA256, PREPARED, RESULTS, WORK } from './result-commands.mjs';

const FOLDER = new URL('../fixtures/results/', import.meta.url);

/** Runs a command line as the program would, and gives what it prints. */
async function run(line) {
  let printed = '';
  const io = {
    stdout: { write: (text) => (printed += text) },
    stderr: process.stderr,
    env: process.env,
    signal: new AbortController().signal,
    program: fileURLToPath(new URL('../dist/cli/main.js', import.meta.url)),
  };
  const code = await runCli(line.split(' '), io);
  if (code !== 0) throw new Error(`results: "${line}" ended with ${code}`);
  return printed;
}

async function checkOfficial() {
  const bytes = await readFile(OFFICIAL).catch(() => undefined);
  const sha256 = bytes === undefined ? undefined : createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== OFFICIAL_SHA256)
    throw new Error(`results: ${OFFICIAL} is not there; take data/prosqa_valid.json of facebookresearch/coconut`);
}

const prepared = new Set();

/** Makes the items and recordings that a command line names, and what those need. */
async function prepare(line) {
  if (line.includes(OFFICIAL)) await checkOfficial();
  for (const [path, command] of Object.entries(PREPARED)) {
    if (prepared.has(path) || !line.split(/[ ,]/).includes(path) || line === command) continue;
    prepared.add(path);
    await prepare(command);
    await run(`${command} --quiet`);
  }
}

async function make(name) {
  await prepare(RESULTS[name]);
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const printed = await run(`${RESULTS[name]} --json --quiet`);
  const { user, system } = process.cpuUsage(cpu);
  await writeFile(new URL(`${name}.json`, FOLDER), printed);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
}

/** Times of the results, in the order of the commands. */
async function keepTime(name, { seconds, cpuSeconds }) {
  const file = new URL('runtime.json', FOLDER);
  const known = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  known[name] = { seconds: Math.round(seconds), cpuSeconds: Math.round(cpuSeconds) };
  const ordered = Object.fromEntries(Object.keys(RESULTS).flatMap((key) => (known[key] ? [[key, known[key]]] : [])));
  await writeFile(file, `${JSON.stringify(ordered, null, 2)}\n`);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in RESULTS));
if (unknown.length > 0) throw new Error(`results: no result ${unknown}; there are ${Object.keys(RESULTS).join(', ')}`);
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await mkdir(WORK, { recursive: true });
for (const name of wanted.length > 0 ? wanted : Object.keys(RESULTS)) {
  const time = await make(name);
  await keepTime(name, time);
  process.stderr.write(`${name}: ${time.seconds.toFixed(0)} s\n`);
}
