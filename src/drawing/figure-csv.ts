import type { FigureRow } from './figure.js';

/** What makes a spreadsheet take a text for a formula when a field begins with it. */
const FORMULA = /^[=+\-@\t\r]/;

/** A field as RFC 4180 wants it. Text that a spreadsheet would run is told by an apostrophe; numbers are as they are. */
function field(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A figure's rows as CSV (RFC 4180, with a header line, numbers at full precision); no rows are no lines at all. */
export function figureCsv(rows: readonly FigureRow[]): string {
  if (rows.length === 0) return '';
  const columns = Object.keys(rows[0]);
  const lines = rows.map((row) => columns.map((column) => field(row[column])).join(','));
  return [columns.map(field).join(','), ...lines, ''].join('\r\n');
}
