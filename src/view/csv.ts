import type { FrontierRow, ReadoutRow } from '../readout/index.js';

const COLUMNS = ['thought', 'group', 'quantity', 'value', 'low', 'high', 'n', 'clusters'] as const;

/** A field as RFC 4180 wants it: quoted where it holds a comma, a quote or a line end. */
function field(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The numbers of a frontier readout as {@link readoutCsv}. */
export function frontierCsv(rows: readonly FrontierRow[]): string {
  return readoutCsv(rows);
}

/**
 * The numbers of a readout as CSV (RFC 4180, with a header line and at full precision). A number that the
 * data do not define is an empty field.
 */
export function readoutCsv(rows: readonly ReadoutRow[]): string {
  const lines = rows.map((row) => COLUMNS.map((column) => field(row[column])).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}
