import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('the help loads no readout, no drawing and no engine', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))],
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    outdir: 'out',
    format: 'esm',
    platform: 'node',
    packages: 'external',
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
  });
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { kind, path: next, external } of metafile.inputs[path].imports)
      if (kind === 'import-statement' && external !== true) load(next);
  };
  load('src/cli/main.ts');
  expect(loaded).toContain('src/cli/commands/readout.ts');
  const heavy = /^src\/(readout|drawing|tensor|model|recording|probe|claim|training|view)\//;
  // Lists of names, and no more.
  const light = ['src/claim/names.ts', 'src/readout/readouts.ts'];
  expect([...loaded].filter((path) => heavy.test(path)).sort()).toEqual(light);
});
