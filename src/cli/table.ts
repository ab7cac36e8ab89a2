/**
 * Rows as aligned lines, the first row being the heading. The first `words` columns align left, the others right.
 */
export function textTable(rows: readonly (readonly string[])[], words = 1): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i < words ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
