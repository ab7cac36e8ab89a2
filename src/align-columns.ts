import { tableCell, terminalWidth } from './terminal.js';

/**
 * Rows of cells as aligned lines: the first row is the heading, columns are as wide as their widest cell and two
 * spaces apart, numbers align right and words left. Cells are shown as a terminal may have them, and cut where they are
 * very long: but for the last, which may hold a sentence and widens no other.
 *
 * @param words how many leading columns hold words
 */
export function alignColumns(rows: readonly (readonly string[])[], words = 0): string {
  const shown = rows.map((row) => row.map((cell, column) => tableCell(cell, column === row.length - 1)));
  const widths = shown[0].map((_, column) => Math.max(...shown.map((row) => terminalWidth(row[column]))));
  return shown
    .map((row) =>
      row
        .map((cell, column) => {
          const space = ' '.repeat(widths[column] - terminalWidth(cell));
          return column < words ? cell + space : space + cell;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
