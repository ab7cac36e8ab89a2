import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { linkPackage } from '../../src/cli/notebook-folder.js';
import { difference } from './compare-text.js';

interface Output {
  readonly output_type: string;
  /** Of a stream. */
  readonly name?: string;
  readonly text?: string | readonly string[];
  /** Of a display. */
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: readonly string[];
    readonly metadata: { readonly tags?: readonly string[] };
    readonly outputs?: readonly Output[];
  }[];
  readonly metadata: { readonly kernelspec: { readonly name: string } };
}

interface Executed {
  readonly cells: readonly { readonly index: number; readonly outputs: readonly Output[] }[];
  readonly failed: number | null;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'notebooks');
const names = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));

/** nbval's name for cells whose outputs are not the same on every machine: those of a training. */
const VARIES = 'nbval-ignore-output';

/**
 * Signs of a statistic that is made by hand: the normal quantile, a root of a variance, a sum over n, a resample, a function
 * of that name. Numbers with their intervals come from the library.
 */
const STATISTICS: readonly RegExp[] = [
  /1\.96|1\.95996/,
  /\bMath\.(sqrt|hypot)\b|\*\* ?0?\.5\b/,
  /\.reduce\(|\bd3\b|\bMath\.random\b/,
  /\b(?:const|let|var|function) (?:\w*[wW]ilson\w*|\w*[bB]ootstrap\w*|mean|average|median|quantile|variance|deviation|share|auc)\b/,
  /\bclusterBootstrap\b/,
];

const joined = (text: string | readonly string[]): string => (typeof text === 'string' ? text : text.join(''));

/** What an output says, by its kind. */
function said({ name, text = '', data }: Output): [string, string][] {
  return data === undefined
    ? [[name ?? '', joined(text)]]
    : Object.entries(data).map(([type, content]) => [type, joined(content)]);
}

function read(name: string, from = folder): { text: string; notebook: Notebook } {
  const text = readFileSync(join(from, name), 'utf8');
  return { text, notebook: JSON.parse(text) as Notebook };
}

/** Debian's; without it notebooks are executed by tslab's own parts. */
const JUPYTER = existsSync('/usr/bin/jupyter-nbconvert');

const script = (name: string): string => join(root, 'scripts', name);

function byJupyter(name: string): Executed {
  const out = mkdtempSync(join(tmpdir(), 'coconut-lens-notebooks-'));
  onTestFinished(() => rmSync(out, { recursive: true }));
  const words = [script('run-notebooks.mjs'), '--to', out, name];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const cells = read(name, out).notebook.cells.flatMap(({ cell_type, outputs = [] }, index) =>
    cell_type === 'code' ? [{ index, outputs }] : [],
  );
  return { cells, failed: null };
}

function byTslab(name: string): Executed {
  const words = [script('execute-notebook.mjs'), join(folder, name)];
  const printed = execFileSync(process.execPath, words, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(printed) as Executed;
}

describe('committed notebooks', () => {
  it('are there', () => expect(names.length).toBeGreaterThan(0));

  it.each(names)('%s is small, has outputs, and names no folder of a machine', (name) => {
    const { text, notebook } = read(name);
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(notebook.metadata.kernelspec.name).toBe('tslab');
    const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
    expect(outputs.length).toBeGreaterThan(0);
    const all = outputs.flatMap(said);
    expect(all.filter(([kind]) => kind === 'stderr')).toEqual([]);
    for (const [, content] of all) expect(content).not.toMatch(/(^|[\s"'(])\/(home|root|tmp|work|usr|Users)\//);
    expect(text).not.toContain('execution": {');
  });

  it.each(names)('%s defines no statistic', (name) => {
    const { notebook } = read(name);
    const code = notebook.cells
      .filter((cell) => cell.cell_type === 'code')
      .flatMap(({ source }) => joined(source).split('\n'));
    expect(code.filter((line) => STATISTICS.some((sign) => sign.test(line)))).toEqual([]);
  });

  it.each(names)('%s opens models by the lens, and picks no wording by hand', (name) => {
    const { notebook } = read(name);
    const code = notebook.cells
      .filter((cell) => cell.cell_type === 'code')
      .map(({ source }) => joined(source))
      .join('\n');
    expect(code).toMatch(/\bawait open\(/);
    expect(code).not.toMatch(/\b(?:symbolic|spokenSymbolic|english)Wording\b/);
  });

  it.each(names)('%s keeps to what prose and pictures need', (name) => {
    const { notebook } = read(name);
    expect(joined(notebook.cells[0].source)).toMatch(/^# \d\. /);
    expect(notebook.cells.map(({ source }) => joined(source)).join('\n')).toContain('## What this does not show');
  });
});

// By dist/, which `npm run build` makes: notebooks import the package as a user does.
describe(`executed by ${JUPYTER ? 'Jupyter' : 'tslab (by Jupyter where there is one)'}`, () => {
  beforeAll(() => linkPackage(folder));

  it.each(names)(
    '%s runs, and prints what is committed',
    (name) => {
      const { notebook } = read(name);
      const { cells, failed } = JUPYTER ? byJupyter(name) : byTslab(name);
      const last = cells.at(-1)?.outputs.flatMap(said) ?? [];
      expect(failed, `cell ${failed}: ${last.map(([, content]) => content).join('\n')}`).toBeNull();
      for (const { index, outputs } of cells) {
        const { metadata, outputs: committed = [] } = notebook.cells[index];
        const [wanted, found] = [committed.flatMap(said), outputs.flatMap(said)];
        expect(
          found.map(([kind]) => kind),
          `cell ${index}`,
        ).toEqual(wanted.map(([kind]) => kind));
        if (metadata.tags?.includes(VARIES) === true) continue;
        wanted.forEach(([kind, content], i) =>
          expect(difference(content.trimEnd(), found[i][1].trimEnd()), `cell ${index}, ${kind}`).toBeUndefined(),
        );
      }
    },
    // A limit only ends what hangs: a notebook takes half a minute on two idle cores.
    600_000,
  );
});
