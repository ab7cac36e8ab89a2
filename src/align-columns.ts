/**
 * Rows of cells as aligned lines: the first row is the heading, columns are as wide as their widest cell and two
 * spaces apart, numbers align right and words left.
 *
 * @param words how many leading columns hold words
 */
export function alignColumns(rows: readonly (readonly string[])[], words = 0): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column < words ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
