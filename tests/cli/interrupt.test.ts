import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatItems } from '../../src/dataset/index.js';
import { buildIfStale, main, root } from './program.js';
import { cli, temporaryFolder, testItems, workbench } from './support.js';

let bench: Awaited<ReturnType<typeof workbench>>;
let recording: string;

beforeAll(async () => {
  buildIfStale();
  bench = await workbench(60);
  recording = join(bench.folder, 'recording');
  const items = join(bench.folder, 'few.json');
  writeFileSync(items, formatItems(testItems(25)));
  const flags = ['--items', items, '--permute-ids', '1', '--thoughts', '2', '--out', recording];
  expect((await cli(['record', '--model', bench.model, ...flags])).code).toBe(0);
}, 180_000);

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program and calls `act` once it says how far it is. */
function underWay(argv: readonly string[], act: (child: ChildProcess) => void, node: string[] = []): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...node, main, ...argv]);
    let [stdout, stderr, acted] = ['', '', false];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      if (acted || !/\d+\/\d+ /.test(stderr)) return;
      acted = true;
      act(child);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** What each command that computes for long is asked here, and what it says when it is interrupted. */
const LONG: Readonly<Record<string, { words: () => string[]; says: RegExp }>> = {
  claim: { words: () => ['claim', '--model', bench.model, '--n', '100'], says: /a battery keeps nothing/ },
  evaluate: { words: () => ['evaluate', ...asked(), '--batch-size', '1'], says: /an evaluation keeps nothing/ },
  compare: {
    words: () => ['compare', '--models', bench.model, '--items', bench.items, '--batch-size', '1'],
    says: /a comparison keeps nothing/,
  },
  readout: {
    words: () => ['readout', 'interpolation', ...asked(), '--batch-size', '1'],
    says: /a readout keeps nothing/,
  },
  record: {
    words: () => ['record', ...asked(), '--batch-size', '1', '--out', join(temporaryFolder(), 'r')],
    says: /\d+ of 60 items are kept in .*; go on with: coconut-lens record .* --resume/,
  },
  demo: {
    words: () => ['demo', '--out', temporaryFolder()],
    says: /\d+ of 100 items are kept in .*; start again with:/,
  },
  'probe run': {
    words: () => ['probe', 'run', 'all', '--recording', recording, '--resamples', '100'],
    says: /keeps nothing/,
  },
  'probe matrix': {
    words: () => ['probe', 'matrix', 'reachable', '--recording', recording, '--resamples', '100'],
    says: /a probe keeps nothing/,
  },
  'data generate': {
    words: () => ['data', 'generate', '--n', '100000', '--out', join(temporaryFolder(), 'items.json')],
    says: /items\.json is not written; start again/,
  },
};

function asked(): string[] {
  return ['--model', bench.model, '--items', bench.items];
}

describe.skipIf(process.platform === 'win32')('an interrupt (no signals on Windows)', () => {
  it.each(Object.keys(LONG))('is answered by %s, which ends with 130 and says what is kept', async (name) => {
    const { words, says } = LONG[name];
    const { code, stderr, stdout } = await underWay(words(), (child) => child.kill('SIGINT'));
    expect(stderr).toMatch(/^interrupting; press again to stop now$/m);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^coconut-lens: interrupted: .*${says.source}`));
    expect([code, stdout]).toEqual([130, '']);
  });

  it('by SIGTERM ends alike, with 143', async () => {
    const { code, stderr } = await underWay(LONG['evaluate'].words(), (child) => child.kill('SIGTERM'));
    expect(stderr).toMatch(/interrupting; .*\n(.*\n)*coconut-lens: interrupted: an evaluation keeps nothing\n$/);
    expect(code).toBe(143);
  });

  it('that comes twice while the event loop is busy ends at once', async () => {
    // Stopped, the program gets both together when it goes on.
    const { signal, stdout } = await underWay(LONG['claim'].words(), (child) => {
      for (const name of ['SIGSTOP', 'SIGTERM', 'SIGINT', 'SIGCONT'] as const) child.kill(name);
    });
    expect([['SIGTERM', 'SIGINT'].includes(signal ?? ''), stdout]).toEqual([true, '']);
  });

  it('ends at once what takes seconds and keeps nothing', async () => {
    const out = join(temporaryFolder(), 'x');
    const model = join(root, 'fixtures', 'models', 'constructed-bfs');
    for (const words of [
      ['report', '--recording', recording, '--out', out],
      ['frontier', '--recording', recording, '--csv', out],
      ['import', model, '--out', out],
      ['export', join(root, 'fixtures', 'results', 'claim-coconut.json'), '--out', `${out}.svg`],
    ]) {
      const { code, stdout, stderr } = await cli(words, { signal: AbortSignal.abort() });
      expect(stderr).toBe(`coconut-lens: interrupted: ${words[0]} keeps nothing\n`);
      expect([code, stdout, existsSync(out), existsSync(`${out}.svg`)]).toEqual([130, '', false, false]);
    }
  });
});

it('is an error if the event loop runs empty before a command has ended', async () => {
  const noHold = 'import{Worker}from"node:worker_threads";Worker.prototype.ref=()=>undefined';
  const words = ['probe', 'run', 'reachable', '--recording', recording, '--jobs', '2', '--resamples', '100'];
  const { code, stdout, stderr } = await underWay(words, () => undefined, [
    '--import',
    `data:text/javascript,${noHold}`,
  ]);
  expect(stderr).toContain('coconut-lens: the command ended without a result; this is a defect of coconut-lens\n');
  // 1, or the abort of a thread that was in a native call.
  expect(code).not.toBe(0);
  expect(stdout).toBe('');
});
