import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What a user gets: the packed tarball, installed in an empty folder. Needs dist/ (npm run build) and the npm registry.
const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-package-'));
// Thousands of files: on a slow disk longer than hooks are given otherwise.
afterAll(() => rmSync(folder, { recursive: true, force: true }), 600_000);

const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', npm_config_onnxruntime_node_install: 'skip' };
const windows = process.platform === 'win32';

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, words: readonly string[]): Ran {
  return spawnSync(command, words, { cwd: folder, env, encoding: 'utf8', shell: windows });
}

const lens = (...words: string[]): Ran => run('npx', ['coconut-lens', ...words]);

let tarball: string;

beforeAll(() => {
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8', shell: windows })) as [
    { filename: string },
  ];
  tarball = join(folder, filename);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const installed = run('npm', ['i', tarball, '--prefer-offline', '--no-audit', '--no-fund']);
  expect(installed.status, installed.stderr).toBe(0);
}, 600_000);

describe('the packed package, installed elsewhere', { timeout: 600_000 }, () => {
  it('is small', () => {
    expect(statSync(tarball).size).toBeLessThan(40_000_000);
  });

  it('runs the demo', () => {
    const { status, stdout, stderr } = lens('demo');
    expect(status, stderr).toBe(0);
    expect(stdout).toContain(`report     ${join('out', 'demo', 'report.html')}`);
  });

  it('is imported as an ES module and required as CommonJS', () => {
    const use = 'console.log(typeof lens.open, typeof lens.defineProbe, typeof graph.breadthFirstDepths)';
    writeFileSync(
      join(folder, 'a.mjs'),
      `import * as lens from 'coconut-lens';\nimport * as graph from 'coconut-lens/graph';\n${use};`,
    );
    writeFileSync(
      join(folder, 'b.cjs'),
      `const lens = require('coconut-lens');\nconst graph = require('coconut-lens/graph');\n${use};`,
    );
    for (const file of ['a.mjs', 'b.cjs']) {
      const { status, stdout, stderr } = run(process.execPath, [file]);
      expect(status, stderr).toBe(0);
      expect(stdout).toBe('function function function\n');
    }
  });

  it('is imported in a tslab cell, with its types', () => {
    // By the root's tslab, in the folder of the notebook: the package is found as it is from there.
    const cells = [
      `import { open, type Lens } from 'coconut-lens';
       import { breadthFirstDepths, createGraph } from 'coconut-lens/graph';
       const opened: Promise<Lens> | undefined = undefined;`,
      `const graph = createGraph({ nodeCount: 3, edges: [[0, 1], [1, 2]] });
       const depths: ArrayLike<number> = breadthFirstDepths(graph, 0);
       console.log(typeof open, Array.from(depths).join(' '), require.resolve('coconut-lens'));`,
      `const wrong: string = graph.nodeCount;`,
    ].map((source) => ({ cell_type: 'code', source }));
    writeFileSync(join(folder, 'cell.ipynb'), JSON.stringify({ cells }));
    const { status, stdout, stderr } = run(process.execPath, [
      join(root, 'scripts', 'execute-notebook.mjs'),
      'cell.ipynb',
    ]);
    expect(status, stderr).toBe(0);
    const { cells: executed, failed } = JSON.parse(stdout) as {
      cells: readonly { readonly outputs: readonly { readonly text: string }[] }[];
      failed: number | null;
    };
    expect(executed[1].outputs.map(({ text }) => text)).toEqual([
      `function 0 1 2 ${join(realpathSync(folder), 'node_modules', 'coconut-lens', 'dist', 'index.js')}\n`,
    ]);
    // A type error stops a cell: were the package's types not found, this one would run.
    expect(failed).toBe(2);
    expect(executed[2].outputs[0].text).toContain("Type 'number' is not assignable to type 'string'");
  });

  it('runs probes of a user’s own, TypeScript and JavaScript, without a build', () => {
    const probes = join(folder, 'my-probes');
    mkdirSync(probes, { recursive: true });
    expect(lens('probe', 'new', 'mine', '--probes', 'my-probes').status).toBe(0);
    writeFileSync(
      join(probes, 'size.js'),
      `import { defineProbe } from 'coconut-lens';
       export default defineProbe({ name: 'size', question: 'How many?', kind: 'number',
         label: ({ depth }) => depth.filter((d) => d === 1).length, control: 'otherSide' });`,
    );
    const model = join('node_modules', 'coconut-lens', 'fixtures', 'models', 'prosqa-small-coconut');
    lens(
      'data',
      'generate',
      '--n',
      '40',
      '--nodes',
      '12',
      '--min-nodes',
      '8',
      '--max-depth',
      '4',
      '--out',
      'small.json',
    );
    const recorded = lens(
      'record',
      '--model',
      model,
      '--items',
      'small.json',
      '--permute-ids',
      '1',
      '--thoughts',
      '1',
      '--out',
      'r',
    );
    expect(recorded.status, recorded.stderr).toBe(0);
    const words = ['--probes', 'my-probes', '--recording', 'r', '--resamples', '100'];
    const { status, stdout, stderr } = lens('probe', 'run', 'mine,size', ...words);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('Probe mine: Is a node on the frontier of the search?');
    expect(stdout).toContain('Probe size: How many?');
  });

  it('has types for them', () => {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
    const check = (file: string): Ran => run(process.execPath, [compiler, ...options, file]);
    const right = check(join('my-probes', 'mine.ts'));
    expect(right.status, right.stdout).toBe(0);
    writeFileSync(
      join(folder, 'wrong.ts'),
      `import { defineProbe } from 'coconut-lens';
       export default defineProbe({ name: 'wrong', question: 'Q', kind: 'node', label: ({ depths }) => true, control: 'otherSide' });`,
    );
    const wrong = check('wrong.ts');
    expect(wrong.status).not.toBe(0);
    expect(wrong.stdout).toContain("Property 'depths' does not exist on type 'ProbeSite'");
  });
});
