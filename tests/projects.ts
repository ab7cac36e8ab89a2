import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * The three kinds of tests, cheapest first: `pure` never loads the engine, `engine` does, and `outside` needs what does
 * not come with a checkout and `npm ci`, or is not a function call: programs that are started (Chromium, npm, Python,
 * this project's own command line, those of the documentation in tests/programs), modules that are replaced, models on the
 * official items (tests/official), and sweeps over thousands of damaged files (*.sweep.test.ts).
 */
export type ProjectName = 'pure' | 'engine' | 'outside';

const ENGINE = /^(@tensorflow\/|onnxruntime-)/;
const PROGRAMS = /^(node:child_process|playwright-core)$/;

/** Static imports and exports of values (`import type` is gone at run time), and dynamic imports. */
const IMPORTS = [
  /^(?:import|export)\s+(?!type\s)[\w\s*{},$]+?\s+from\s+'([^']+)'/gm,
  /^import\s+'([^']+)'/gm,
  /\bimport\(\s*'([^']+)'/g,
];

/**
 * Sorts the test files by what they import, however many files lie between.
 *
 * @param root folder of the project, which has tests/
 * @returns paths relative to `root`, with slashes, each in exactly one project
 */
export function sortTests(root: string): Record<ProjectName, string[]> {
  const imports = new Map<string, readonly string[]>();
  const importsOf = (file: string): readonly string[] => {
    const known = imports.get(file) ?? readImports(root, file);
    imports.set(file, known);
    return known;
  };

  /** Whether a package is imported from a file, or from one that is reached from it and is to be followed. */
  const reaches = (start: string, wanted: RegExp, followed: RegExp): boolean => {
    const seen = new Set([start]);
    for (const file of seen)
      for (const name of importsOf(file)) {
        if (wanted.test(name)) return true;
        if (followed.test(name)) seen.add(name);
      }
    return false;
  };

  const sorted: Record<ProjectName, string[]> = { pure: [], engine: [], outside: [] };
  for (const file of testFiles(root)) {
    // Programs that src/ starts are part of a command that is called in this process.
    if (
      /^tests\/(official|programs)\/|\.sweep\.test\.ts$/.test(file) ||
      mocks(root, file) ||
      reaches(file, PROGRAMS, /^tests\//)
    )
      sorted.outside.push(file);
    else if (reaches(file, ENGINE, /\.ts$/)) sorted.engine.push(file);
    else sorted.pure.push(file);
  }
  return sorted;
}

/** Whether a file puts modules in the place of others: those of `pure` and `engine` share modules that are loaded already. */
function mocks(root: string, file: string): boolean {
  return readFileSync(join(root, file), 'utf8').includes('vi.mock(');
}

/** All test files, in alphabetical order. */
export function testFiles(root: string): string[] {
  return readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => posix.join('tests', name.replaceAll('\\', '/')))
    .sort();
}

/** What a file imports when it runs: paths of sources from `root`, other names as they stand. */
function readImports(root: string, file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const names = IMPORTS.flatMap((pattern) => Array.from(source.matchAll(pattern), ([, name]) => name));
  return names.flatMap((name) => {
    if (!name.startsWith('.')) return [name];
    const path = posix.join(posix.dirname(file), name).replace(/\.js$/, '.ts');
    return existsSync(join(root, path)) ? [path] : [];
  });
}
