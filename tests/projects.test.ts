import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './checkpoint/files.js';
import { sortTests, testFiles } from './projects.js';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Sorts files that are written for it. */
function sorted(files: Readonly<Record<string, string>>): ReturnType<typeof sortTests> {
  const folder = temporaryFolder();
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  return sortTests(folder);
}

describe('sortTests', () => {
  const NONE = { pure: [], engine: [], outside: [] };

  it.each([
    ["import { a } from '../src/a.js';", 'engine'],
    ["import {\n  a,\n  type B,\n} from '../src/a.js';", 'engine'],
    ["export * from '../src/a.js';", 'engine'],
    ["import '../src/a.js';", 'engine'],
    ["const { a } = await import('../src/a.js');", 'engine'],
    ["import type { A } from '../src/a.js';", 'pure'],
    ["export type { A } from '../src/a.js';", 'pure'],
    ["import { spawn } from 'node:child_process';", 'outside'],
    ["import { chromium } from 'playwright-core';", 'outside'],
    ["import { b } from './b.js';", 'outside'],
    ["import { c } from '../src/c.js';", 'pure'],
    ["import { gone } from '../src/gone.js';", 'pure'],
    ["import { it } from 'vitest';", 'pure'],
  ] as const)('%j makes a test %s', (source, project) => {
    const found = sorted({
      'src/engine.ts': "import * as tf from '@tensorflow/tfjs';",
      'src/a.ts': "export * from './engine.js';",
      'src/c.ts': "import { spawn } from 'node:child_process';",
      'tests/b.ts': "import { spawn } from 'node:child_process';",
      'tests/a.test.ts': source,
    });
    expect(found).toEqual({ ...NONE, [project]: ['tests/a.test.ts'] });
  });

  it('puts every test file of this project into one project', () => {
    const { pure, engine, outside } = sortTests(root);
    expect([...pure, ...engine, ...outside].sort()).toEqual(testFiles(root));
    expect(pure).toContain('tests/projects.test.ts');
    expect(engine).toContain('tests/tensor/engine.test.ts');
    expect(outside).toEqual(expect.arrayContaining(['tests/official/commands.test.ts', 'tests/package.test.ts']));
  });

  it('leaves no test with the engine among the pure ones, as a bundler follows imports', async () => {
    const { pure, engine } = sortTests(root);
    const packagesOf = async (files: readonly string[]): Promise<string[]> => {
      const contents = files.map((file) => `import './${file}';`).join('\n');
      const { metafile } = await build({
        stdin: { contents, resolveDir: root },
        bundle: true,
        write: false,
        metafile: true,
        packages: 'external',
        platform: 'node',
        format: 'esm',
      });
      return Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    };
    const ENGINES = ['@tensorflow/tfjs', 'onnxruntime-node'];
    const found = await packagesOf(pure);
    expect(found).toContain('esbuild');
    expect(found.filter((path) => ENGINES.some((name) => path.startsWith(name)))).toEqual([]);
    expect(await packagesOf(engine)).toEqual(expect.arrayContaining(ENGINES));
  });
});
