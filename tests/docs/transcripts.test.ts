import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cli, type CliResult } from '../cli/support.js';
import { difference } from '../notebooks/compare-text.js';
import { PAGES, ROOT } from './pages.js';

/** A command line of a `console` block and what the page says that it prints. */
interface Step {
  readonly words: readonly string[];
  readonly line: string;
  readonly expected: readonly string[];
}

const PROMPT = '$ npx coconut-lens ';
/** A line that stands for any number of lines. */
const LEFT_OUT = '...';

/** The command lines of a page's transcripts, in order. */
function stepsOf(code: string): Step[] {
  return code
    .split(/^(?=\$ )/m)
    .filter((part) => part.startsWith(PROMPT))
    .map((part) => {
      const [line, ...expected] = part
        .replaceAll(/\\\n\s*/g, '')
        .trimEnd()
        .split('\n');
      return { line: line.slice(2), words: line.slice(PROMPT.length).split(' '), expected };
    });
}

/** Times differ from run to run. */
const withoutTimes = (line: string): string => line.replace(/\(\d+(\.\d+)? (s|min)\)$/, '(a time)').trimEnd();

/** What is printed of the page's lines, from the first one that is not; undefined if all are, in their order. */
function firstMissing(expected: readonly string[], printed: readonly string[]): string | undefined {
  let at = 0;
  let mayPass = false;
  for (const line of expected) {
    if (line === LEFT_OUT) {
      mayPass = true;
      continue;
    }
    const agrees = (found: string): boolean => difference(withoutTimes(line), withoutTimes(found)) === undefined;
    const rest = printed.slice(at);
    const next = mayPass ? rest.findIndex(agrees) : rest.length > 0 && agrees(rest[0]) ? 0 : -1;
    if (next < 0) return `expected "${line}", got "${rest[0] ?? 'nothing more'}"`;
    at += next + 1;
    mayPass = false;
  }
  return mayPass || at === printed.length ? undefined : `"${printed[at]}" is not on the page`;
}

/** What a reader is shown: the result, or the lines that say why there is none; not on which engine. */
function shown({ code, stdout, stderr }: CliResult): string[] {
  const lines = (code === 0 ? stdout : stderr).trimEnd().split('\n');
  return lines.filter((line) => !line.startsWith('engine: '));
}

// Each page in a folder of its own that has the fixtures, as a checkout has them.
const home = process.cwd();
const pages = PAGES.map(({ path, blocks }) => {
  const transcripts = blocks.filter(({ language }) => language === 'console');
  return { path, steps: transcripts.flatMap(({ code }) => stepsOf(code)) };
}).filter(({ steps }) => steps.length > 0);

describe.each(pages)('the transcripts of $path', ({ steps }) => {
  const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-docs-'));
  symlinkSync(join(ROOT, 'fixtures'), join(folder, 'fixtures'), 'junction');
  afterAll(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(steps)('$line prints what the page says', async ({ words, expected }) => {
    process.chdir(folder);
    expect(firstMissing(expected, shown(await cli(words)))).toBeUndefined();
  });
});

describe('the comparison', () => {
  it('passes over lines that are left out, and over times', () => {
    expect(firstMissing(['a', '...', 'd (1.0 s)'], ['a', 'b', 'c', 'd (27.5 s)'])).toBeUndefined();
    expect(firstMissing(['a', '...'], ['a', 'b'])).toBeUndefined();
  });

  it('finds lines that are missing, other or more', () => {
    expect(firstMissing(['a', 'b'], ['a'])).toBe('expected "b", got "nothing more"');
    expect(firstMissing(['n .500'], ['n .502'])).toBe('expected "n .500", got "n .502"');
    expect(firstMissing(['a'], ['a', 'b'])).toBe('"b" is not on the page');
    expect(firstMissing(['...', 'x'], ['a', 'b'])).toBe('expected "x", got "a"');
  });
});
