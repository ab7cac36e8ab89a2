// Writes the generated blocks of docs/*.md from the built package: npm run docs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as claim from '../dist/claim/index.js';
import { fillPage } from './docs/fill-page.mjs';
import { GENERATORS } from './docs/generators.mjs';

const docs = new URL('../docs/', import.meta.url);

for (const name of readdirSync(docs).filter((file) => file.endsWith('.md'))) {
  const path = fileURLToPath(new URL(name, docs));
  const text = readFileSync(path, 'utf8');
  const filled = await fillPage(path, text, GENERATORS, { claim });
  if (filled === text) continue;
  writeFileSync(path, filled);
  console.log(`docs/${name}: written`);
}
