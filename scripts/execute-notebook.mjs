// Executes one notebook by tslab's own parts, without Jupyter:
//
//     node scripts/execute-notebook.mjs notebooks/01-first-look.ipynb
//
// One process for each notebook, in the notebook's folder, as a kernel has it. Prints one JSON object: the outputs of each
// code cell in Jupyter's form, and the first cell that failed, after which nothing is executed. tslab's modules are
// internal ones: its version is pinned exactly.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('execute-notebook: no notebook is named; give the path of one');
  process.exit(2);
}
const file = resolve(path);
const { cells } = JSON.parse(readFileSync(file, 'utf8'));
process.chdir(dirname(file));

const require = createRequire(import.meta.url);
const { createConverter } = require('tslab/dist/converter.js');
const { createExecutor } = require('tslab/dist/executor.js');
const jupyter = require('tslab/dist/jupyter.js');

const node = createConverter({ isJS: false, isBrowser: false });
const executor = createExecutor(process.cwd(), { node, close: () => node.close() }, console);

const print = process.stdout.write.bind(process.stdout);
let outputs = [];
process.stdout.write = (text) => stream('stdout', text);
process.stderr.write = (text) => stream('stderr', text);
jupyter.lastWriteDisplayData = ({ data }) => outputs.push({ output_type: 'display_data', data, metadata: {} });

/** Consecutive writes to one stream are one output, as in a saved notebook. */
function stream(name, text) {
  const last = outputs.at(-1);
  if (last?.name === name) last.text += String(text);
  else outputs.push({ output_type: 'stream', name, text: String(text) });
  return true;
}

const executed = [];
let failed = null;
for (const [index, { cell_type, source }] of cells.entries()) {
  if (cell_type !== 'code') continue;
  outputs = [];
  const holds = await executor.execute(Array.isArray(source) ? source.join('') : source);
  executed.push({ index, outputs });
  if (holds) continue;
  failed = index;
  break;
}
executor.close();
print(JSON.stringify({ cells: executed, failed }), () => process.exit(0));
