// Executes the notebooks by Jupyter itself (nbconvert with tslab's kernel), one after the other:
//
//     node scripts/run-notebooks.mjs [--write | --to FOLDER] [name ...]
//
// Prints a line for each, with its seconds, and exits with 1 if a cell throws or does not type-check. What comes out is dropped, or
// put into notebooks/ (--write) or into copies in a folder (--to), without times and other things of one run.
// Needs dist/ (npm run build), and Debian's jupyter-nbconvert and python3-nbclient, or the like.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { findTslab, linkPackage, shippedNotebooks, writeKernelSpec } from '../dist/cli/notebook-folder.js';

/** Debian's goes first: another Python's may stand before it on the path and lack a client. */
const NBCONVERT = existsSync('/usr/bin/jupyter-nbconvert') ? '/usr/bin/jupyter-nbconvert' : 'jupyter-nbconvert';
/** Seconds for one cell; it only ends what hangs. */
const CELL_LIMIT = 600;

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, to: { type: 'string' } },
});
const notebooks = (await shippedNotebooks()).filter(
  (path) => wanted.length === 0 || wanted.some((word) => basename(path).startsWith(basename(word, '.ipynb'))),
);
if (notebooks.length === 0) {
  console.error(`run-notebooks: no such notebook (${wanted.join(' ')}); name one of notebooks/ without its ending`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-notebooks-'));
let failed = 0;
try {
  const home = dirname(notebooks[0]);
  await linkPackage(home);
  await writeKernelSpec(folder, findTslab(home));
  for (const path of notebooks) {
    const started = performance.now();
    const { status, stderr, error } = spawnSync(
      NBCONVERT,
      [
        '--execute',
        '--to=notebook',
        `--output-dir=${folder}`,
        `--ExecutePreprocessor.timeout=${CELL_LIMIT}`,
        // Where it is started under load, a kernel takes longer than Jupyter's minute to answer.
        '--ExecutePreprocessor.startup_timeout=300',
        path,
      ],
      { encoding: 'utf8', env: { ...process.env, JUPYTER_PATH: folder }, maxBuffer: 1 << 26 },
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${basename(path)}`);
    if (status !== 0) {
      failed++;
      console.error(error?.message ?? stderr);
      continue;
    }
    const target = values.write ? path : values.to && join(values.to, basename(path));
    if (target) writeOutputs(path, join(folder, basename(path)), target);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);

/** Writes a notebook with the outputs of an executed copy, and nothing else of that. */
function writeOutputs(path, executedPath, target) {
  const notebook = JSON.parse(readFileSync(path, 'utf8'));
  const executed = JSON.parse(readFileSync(executedPath, 'utf8'));
  notebook.cells.forEach((cell, i) => {
    if (cell.cell_type !== 'code') return;
    cell.execution_count = executed.cells[i].execution_count;
    cell.outputs = joinStreams(executed.cells[i].outputs);
  });
  writeFileSync(target, `${JSON.stringify(notebook, null, 1)}\n`);
}

/** Consecutive pieces of one stream as one output: where a stream is cut depends on when the kernel was asked. */
function joinStreams(outputs) {
  const joined = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      last.text = [...last.text, ...output.text];
    } else {
      joined.push(output);
    }
  }
  return joined.map((output) => (output.output_type === 'stream' ? { ...output, text: lines(output.text) } : output));
}

/** Text as Jupyter stores it: a string for each line. */
function lines(text) {
  return (typeof text === 'string' ? text : text.join('')).split(/(?<=\n)/);
}
