import { csvFormatRow } from 'd3';
import type { FigureRow } from './figure.js';

/** What makes a spreadsheet take a text for a formula when a field begins with it. */
const FORMULA = /^[=+\-@\t\r]/;

type Value = string | number | null | undefined;

/**
 * Rows as CSV (RFC 4180): a header line, numbers at full precision, an empty field where there is no value. Text that a
 * spreadsheet would run gets an apostrophe before it; numbers are left alone, a minus included.
 */
export function formatCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, Value>>[],
): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  // By rows: the line ends of csvFormatRows are not those of RFC 4180.
  return lines.map((line) => `${csvFormatRow(line.map(field))}\r\n`).join('');
}

/**
 * A figure's rows as CSV (RFC 4180): a header line, numbers at full precision, an empty field where there is no value. Text
 * that a spreadsheet would run gets an apostrophe before it. No rows are no lines at all.
 */
export function figureCsv(rows: readonly FigureRow[]): string {
  return rows.length === 0 ? '' : formatCsv(Object.keys(rows[0]), rows);
}

function field(value: Value): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
}
