import type { FrontierRow } from '../frontier/result.js';
import type { ReadoutRow } from './readout-rows.js';

const COLUMNS = ['thought', 'group', 'quantity', 'value', 'low', 'high', 'n', 'clusters'] as const;

/**
 * A field as RFC 4180 wants it: quoted where it holds a comma, a quote or a line end. Text that a spreadsheet would take
 * for a formula gets an apostrophe before it; numbers are left alone, a minus included.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
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
  const lines = rows.map((row) => COLUMNS.map((column) => csvField(row[column])).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}
