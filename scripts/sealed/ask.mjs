import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETS, sealedItems, variantsOf } from './items.mjs';

/** A row for each model, never changed: JSON lines. */
export const TABLE = fileURLToPath(new URL('../../fixtures/results/sealed.jsonl', import.meta.url));

/** The rows of a table; none where there is no file. */
export async function readTable(table) {
  const text = await readFile(table, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** What tells weights apart. */
export async function weightsOf(folder) {
  const bytes = await readFile(join(folder, 'model.safetensors'));
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Asks a model the sealed items of one size and adds its row to the table.
 *
 * @param library `open`, `createRandom` and the folder `dataset`: the program gives those of dist/, the test those of src/
 * @throws Error if weights have a row already, whatever came out
 */
export async function askSealed(library, folder, set, table = TABLE) {
  const weights = await weightsOf(folder);
  if ((await readTable(table)).some((row) => row.set === set && row.weights === weights))
    throw new Error(`sealed: ${folder} has been asked the ${set} items; its row stands in ${table}`);
  const items = sealedItems(library, set);
  const row = { model: basename(folder), weights, date: new Date().toISOString().slice(0, 10), set };
  const answers = await answersOf(library, folder, items, SETS[set].depths);
  await appendFile(table, `${JSON.stringify({ ...row, n: items.length, ...answers })}\n`);
  return { ...row, n: items.length, ...answers };
}

async function answersOf({ open, ...library }, folder, items, depths) {
  const { numbered, swapped, reordered } = variantsOf(library, items);
  const [first, ...others] = numbered;
  const lens = await open(folder);
  try {
    const ask = (asked) => lens.answers(asked, { batchSize: 50 });
    const { isCorrect, isCorrectWithoutThoughts } = await ask(first);
    /** How many are right, and in how many items that is as with the first numbering. */
    const against = async (asked) => {
      const answers = await ask(asked);
      return { right: share(answers.isCorrect), kept: share(answers.isCorrect.map((own, i) => own === isCorrect[i])) };
    };
    const depthOf = (i) => library.dataset.itemSearch(items[i]).depth;
    const numberings = [];
    for (const asked of others) numberings.push(await against(asked));
    return {
      right: share(isCorrect),
      byDepth: Object.fromEntries(
        depths.map((depth) => [depth, share(isCorrect.filter((_, i) => depthOf(i) === depth))]),
      ),
      withoutThoughts: isCorrectWithoutThoughts === undefined ? null : share(isCorrectWithoutThoughts),
      numberings,
      swapped: await against(swapped),
      reordered: await against(reordered),
    };
  } finally {
    lens.dispose();
  }
}

const share = (flags) => Number((flags.filter(Boolean).length / flags.length).toFixed(4));
