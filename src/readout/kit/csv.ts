import { formatCsv } from '../../drawing/index.js';
import type { ReadoutRow } from './readout-rows.js';

const COLUMNS = ['thought', 'group', 'quantity', 'value', 'low', 'high', 'n', 'clusters'] as const;

/** The numbers of a readout as CSV. A number that the data do not define is an empty field. */
export function readoutCsv(rows: readonly ReadoutRow[]): string {
  return formatCsv(COLUMNS, rows);
}
