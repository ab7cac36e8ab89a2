// Asks a model the sealed items of one size, once, and adds a row to fixtures/results/sealed.jsonl:
// npm run sealed -- FOLDER full|small
import * as dataset from '../dist/api/dataset.js';
import { createRandom, open } from '../dist/index.js';
import { askSealed } from './sealed/ask.mjs';
import { SETS } from './sealed/items.mjs';

const [folder, set] = process.argv.slice(2);
if (folder === undefined || !Object.hasOwn(SETS, set ?? '')) {
  process.stderr.write(`usage: npm run sealed -- FOLDER ${Object.keys(SETS).join('|')}\n`);
  process.exit(2);
}
console.log(JSON.stringify(await askSealed({ open, createRandom, dataset }, folder, set)));
