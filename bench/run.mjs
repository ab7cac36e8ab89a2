// npm run bench -- <name> [--smoke]: bundles bench/<name>.ts and runs it.
import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('./', import.meta.url);
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -'.ts'.length)] : []));
const [name, flag, ...others] = process.argv.slice(2);
if (!names.includes(name) || ![undefined, '--smoke'].includes(flag) || others.length > 0) {
  process.stderr.write(`usage: npm run bench -- ${names.join(' | ')} [--smoke]\n`);
  process.exit(2);
}
const outfile = new URL(`../out/bench/${name}.mjs`, import.meta.url);
await build({
  stdin: {
    contents: `
      import bench from './${name}.js';
      import { runBench } from './kit/bench.js';
      await runBench('${name}', bench, '${flag === undefined ? 'full' : 'smoke'}');`,
    resolveDir: fileURLToPath(folder),
  },
  outfile: fileURLToPath(outfile),
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
});
await import(outfile.href);
