// Writes the generated blocks and the drawing of docs/ from the built package and from committed results: npm run docs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as claim from '../dist/claim/index.js';
import { COMMANDS } from '../dist/cli/commands/index.js';
import { commonFlags, describeFlag } from '../dist/cli/flags.js';
import * as drawing from '../dist/drawing/index.js';
import { fillPage } from './docs/fill-page.mjs';
import { GENERATORS } from './docs/generators.mjs';
import { POWER_PICTURE, powerSvg } from './docs/power.mjs';
import { MISSING } from './docs/results.mjs';

const docs = new URL('../docs/', import.meta.url);
const library = { claim, cli: { COMMANDS, commonFlags, describeFlag } };

writeFileSync(new URL(POWER_PICTURE, docs), powerSvg({ drawing }));
for (const name of readdirSync(docs).filter((file) => file.endsWith('.md'))) {
  const path = fileURLToPath(new URL(name, docs));
  const text = readFileSync(path, 'utf8');
  const filled = await fillPage(path, text, GENERATORS, library);
  const missing = filled.split('\n').filter((line) => line.startsWith(MISSING));
  if (missing.length > 0) {
    console.log(`docs/${name}: ${missing.join(' ')}`);
    process.exitCode = 1;
  }
  if (filled === text) continue;
  writeFileSync(path, filled);
  console.log(`docs/${name}: written`);
}
