/**
 * Makes dist/view/page.js, the script of a report, of src/view/page and all it imports. It runs under a policy that
 * admits nothing but itself, from a file that is opened from disk: one classic script, nothing left to load.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Folders are entered through their index.js, which names far more than a page needs: modules not used are dropped. */
const pureModules = {
  name: 'pure-modules',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^\.{1,2}\// }, async (asked) => {
      if (asked.pluginData === 'resolved') return undefined;
      // What is loaded on demand is no part of a page: were it used, it would be left over below.
      if (asked.kind === 'dynamic-import') return { path: asked.path, external: true };
      const { path, errors, namespace } = await resolve(asked.path, {
        resolveDir: asked.resolveDir,
        kind: asked.kind,
        importer: asked.importer,
        pluginData: 'resolved',
      });
      return errors.length > 0 ? { errors } : { path, namespace, sideEffects: false };
    });
  },
};

const { outputFiles, metafile } = await build({
  entryPoints: [at('src/view/page/main.ts')],
  bundle: true,
  write: false,
  metafile: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  charset: 'ascii',
  legalComments: 'none',
  banner: { js: '/* Contains d3-shape and d3-path, Copyright 2010-2026 Mike Bostock, ISC License. */' },
  // Modules that read files of the package are parsed before they are dropped.
  logOverride: { 'empty-import-meta': 'silent' },
  logLevel: 'warning',
  outfile: at('dist/view/page.js'),
  external: [
    'node:*',
    '@tensorflow/*',
    'onnxruntime-*',
    'apache-arrow',
    'zod',
    'yauzl',
    'pbf',
    'gpt-tokenizer',
    '@huggingface/*',
  ],
  plugins: [pureModules],
});

const [{ text, path }] = outputFiles;
const left = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map((found) => found.path));
// Ends of a script element and comments would end the script inside a page.
const unfit = [/<\/script/i, /<!--/, /\bimport\s*\(/, /\beval\s*\(/, /new Function/].filter((mark) => mark.test(text));
if (left.length > 0 || unfit.length > 0) {
  throw new Error(`the page's script is not self-contained: ${[...left, ...unfit].join(', ')}`);
}
mkdirSync(at('dist/view'), { recursive: true });
// Under its name only when complete: tests may be reading it.
const draft = `${path}.${process.pid}.tmp`;
writeFileSync(draft, text);
renameSync(draft, path);
console.log(`dist/view/page.js  ${text.length} bytes`);
if (process.argv.includes('--inputs')) {
  const [output] = Object.values(metafile.outputs);
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    if (bytesInOutput > 0) console.log(`${String(bytesInOutput).padStart(7)}  ${input}`);
  }
}
