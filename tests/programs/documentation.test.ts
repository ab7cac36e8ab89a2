import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { PAGES, ROOT } from '../docs/pages.js';

/** Pages whose programs are run as they stand, from the repository's root. */
const RUN = ['README.md', 'docs/activations-and-hooks.md'];

const folder = join(ROOT, 'out', 'docs-programs');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program with the sources in the place of the package, and gives what it prints, a line a call. */
async function run(name: string, code: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.ts`);
  const local = code
    .replaceAll(/'coconut-lens\/(\w+)'/g, (_, subpath: string) => `'${join(ROOT, 'src/api', `${subpath}.ts`)}'`)
    .replaceAll("'coconut-lens'", `'${join(ROOT, 'src/index.ts')}'`);
  writeFileSync(file, local);
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => {
    printed.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
  });
  try {
    await import(pathToFileURL(file).href);
  } finally {
    log.mockRestore();
  }
  return printed;
}

const programs = new Map(
  RUN.flatMap((path) => {
    const page = PAGES.find((one) => one.path === path);
    if (page === undefined) throw new Error(`there is no page ${path}`);
    return page.blocks
      .filter(({ language }) => language === 'ts')
      .map((block, i): [string, string] => [`${path.replaceAll(/\W/g, '-')}-${i}`, block.code]);
  }),
);

const programOf = (name: string): string => programs.get(name) ?? '';

describe('programs of the documentation', () => {
  it('are the ones that these tests run', () => {
    expect([...programs.keys()]).toEqual([
      'README-md-0',
      'docs-activations-and-hooks-md-0',
      'docs-activations-and-hooks-md-1',
      'docs-activations-and-hooks-md-2',
    ]);
  });

  it('README: records, reads, draws, ablates, claims and reports, in at most thirty lines', async () => {
    const code = programOf('README-md-0');
    expect(code.split('\n').length).toBeLessThanOrEqual(30);
    const printed = await run('readme', code);
    expect(printed[0]).toContain('after k thoughts');
    expect(JSON.parse(printed[1])).toMatchObject({ n: 32 });
    expect(printed[2]).toContain('own thoughts');
    expect(printed[3]).toMatch(/^(Undetermined|Supported|Breadth-first)/i);
    expect(readFileSync(join(ROOT, 'out/frontier.svg'), 'utf8')).toMatch(/^<svg/);
    expect(readFileSync(join(ROOT, 'out/claim.html'), 'utf8')).toContain('</html>');
    expect(existsSync(join(ROOT, 'out/program/thoughts.arrow'))).toBe(true);
  });

  it('cache everything: every residual stream of every pass', async () => {
    const printed = await run('cache', programOf('docs-activations-and-hooks-md-0'));
    expect(printed[0]).toMatch(/^batch position model 8 1 \d+$/);
    // 7 passes: the prompt and six thoughts.
    expect(Number(printed[1]) % 7).toBe(0);
  });

  it('ablate a head: the answers depend on it', async () => {
    const [own, without] = await run('ablate', programOf('docs-activations-and-hooks-md-1'));
    expect(own).toBe('right: 8 of 8');
    expect(Number(/: (\d) of 8/.exec(without)?.[1])).toBeLessThan(8);
  });

  it('patch a residual: the answer follows the donor', async () => {
    const [line] = await run('patch', programOf('docs-activations-and-hooks-md-2'));
    const [, follows, all] = /in (\d) of (\d)/.exec(line) ?? [];
    expect(Number(all)).toBeGreaterThan(4);
    expect(follows).toBe(all);
  });
});
