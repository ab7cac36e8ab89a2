import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { destinationOf } from '../output-path.js';
import { readoutCsv, type ReadoutRow } from '../readout/index.js';
import { writeFileWhole, writeTogether } from '../write-file.js';
import type { CommandContext } from './command.js';

/** Where the provenance of a CSV goes; undefined where nothing can stand beside it: it goes into a pipe or a device. */
async function provenanceOf(path: string): Promise<string | undefined> {
  return (await destinationOf(path)).kind === 'file' ? `${path}.json` : undefined;
}

/** @throws LensError if a CSV or its provenance cannot be written: said before anything is computed */
export async function checkCsv(path: string | undefined): Promise<void> {
  const origin = path === undefined ? undefined : await provenanceOf(path);
  if (origin !== undefined) await destinationOf(origin);
}

/**
 * Writes a readout's numbers as CSV, and where they come from to `<path>.json`, with the CSV's SHA-256: both, or none.
 *
 * @param kind of the second file
 * @param origin what else it says
 */
export async function writeCsv(
  path: string,
  rows: readonly ReadoutRow[],
  kind: string,
  origin: object,
  context: CommandContext,
): Promise<void> {
  const text = readoutCsv(rows);
  const beside = await provenanceOf(path);
  if (beside === undefined) {
    await writeFileWhole(path, text);
    context.note(`wrote ${path}, which is no file: where its numbers come from is in --json`);
    return;
  }
  const sha256 = createHash('sha256').update(text).digest('hex');
  const file = { kind, csv: { file: basename(path), sha256 }, ...origin };
  await writeTogether([
    { path, write: (put) => put(text) },
    { path: beside, write: (put) => put(`${JSON.stringify(file, null, 2)}\n`) },
  ]);
  context.note(`wrote ${path}, and where its numbers come from to ${beside}`);
}
