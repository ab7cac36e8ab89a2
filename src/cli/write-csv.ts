import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { readoutCsv, type ReadoutRow } from '../readout/index.js';
import { writeFileWhole } from '../write-file.js';
import type { CommandContext } from './command.js';

/**
 * Writes a readout's numbers as CSV, and where they come from to `<path>.json`, with the CSV's SHA-256.
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
  const sha256 = createHash('sha256').update(text).digest('hex');
  await writeFileWhole(path, text);
  const file = { kind, csv: { file: basename(path), sha256 }, ...origin };
  await writeFileWhole(`${path}.json`, `${JSON.stringify(file, null, 2)}\n`);
  context.note(`wrote ${path}, and where its numbers come from to ${path}.json`);
}
