import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { writeGpt2 } from '../../src/checkpoint/index.js';
import { formatItems, randomItems, type Item } from '../../src/dataset/index.js';
import { runCli } from '../../src/cli/run-cli.js';
import { constructedBfs } from '../../src/model/constructed/index.js';
import { createRandom } from '../../src/random.js';

/** What one command line left. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process. */
export async function cli(argv: readonly string[], { env = {}, signal }: Options = {}): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const code = await runCli(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
    signal: signal ?? new AbortController().signal,
    threads: 0,
  });
  return { code, stdout, stderr };
}

/** A folder for one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder for one test file, with a model that searches breadth-first and some items. */
export async function workbench(itemCount: number): Promise<{ folder: string; model: string; items: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-bench-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const model = join(folder, 'model');
  await writeGpt2(model, constructedBfs());
  const items = join(folder, 'items.json');
  writeFileSync(items, formatItems(testItems(itemCount)));
  return { folder, model, items };
}

/** The items that `workbench` writes. */
export function testItems(count: number): Item[] {
  return randomItems(createRandom('cli tests'), count);
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
