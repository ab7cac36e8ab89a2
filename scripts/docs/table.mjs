/** Columns of text, as the commands print them, in a block of Markdown. */
export function table(head, rows) {
  const lines = [head, ...rows].map((cells) => cells.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  const text = lines.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column])).join('  '));
  return ['```text', ...text.map((line) => line.trimEnd()), '```'].join('\n');
}
