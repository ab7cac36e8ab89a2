import { tableFromArrays, tableToIPC } from 'apache-arrow';
import type { ReadoutRow } from '../readout/index.js';
import { writeBytesWhole } from '../write-file.js';
import type { CommandContext } from './command.js';

/**
 * Writes a readout's numbers as an Arrow file (IPC, "Feather version 2") whose schema carries where they come from.
 *
 * @param origin the value of the schema's key `coconut-lens`, as JSON
 */
export async function writeArrow(
  path: string,
  rows: readonly ReadoutRow[],
  origin: object,
  context: CommandContext,
): Promise<void> {
  const column = (name: 'value' | 'low' | 'high'): (number | null)[] => rows.map((row) => row[name]);
  const table = tableFromArrays({
    thought: rows.map(({ thought }) => thought),
    group: rows.map(({ group }) => group),
    quantity: rows.map(({ quantity }) => quantity),
    value: column('value'),
    low: column('low'),
    high: column('high'),
    n: Int32Array.from(rows, ({ n }) => n),
    clusters: Int32Array.from(rows, ({ clusters }) => clusters),
  });
  table.schema.metadata.set('coconut-lens', JSON.stringify(origin));
  await writeBytesWhole(path, tableToIPC(table, 'file'));
  context.note(`wrote ${path}`);
}
