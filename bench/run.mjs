// npm run bench -- <name>: bundles bench/<name>.ts and runs it. Each bench ends with one JSON line.
import { build } from 'esbuild';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [name = ''] = process.argv.slice(2);
const source = new URL(`./${name}.ts`, import.meta.url);
if (!/^[\w-]+$/.test(name) || !existsSync(source)) {
  process.stderr.write('usage: npm run bench -- train | train-step | record | score | claim | probe\n');
  process.exit(2);
}
const outfile = new URL(`../out/bench/${name}.mjs`, import.meta.url);
mkdirSync(new URL('.', outfile), { recursive: true });
await build({
  entryPoints: [fileURLToPath(source)],
  outfile: fileURLToPath(outfile),
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
});
await import(pathToFileURL(fileURLToPath(outfile)).href);
