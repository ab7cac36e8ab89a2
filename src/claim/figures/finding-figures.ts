import { matrixFigure, type Figure, type FigureOptions } from '../../drawing/index.js';
import type { Estimate } from '../../statistics/index.js';
import { PREDICTIONS } from '../predictions/index.js';
import type { ClaimFinding } from './forest.js';

/** The measures of a test as a matrix; undefined where they are none. */
export function findingMatrix(
  { id: test, measures }: Pick<ClaimFinding, 'id' | 'measures'>,
  { id = `matrix-${test}` }: FigureOptions = {},
): Figure | undefined {
  const matrix = PREDICTIONS.find(({ id }) => id === test)?.matrix;
  if (matrix === undefined) return undefined;
  const cells = new Map<string, Estimate>();
  const [rows, columns] = [new Set<number>(), new Set<number>()];
  for (const { name, estimate } of measures) {
    const match = matrix.pattern.exec(name);
    if (match === null) continue;
    const [, first, second] = match;
    const [row, column] = matrix.columnFirst ? [second, first] : [first, second];
    rows.add(Number(row));
    columns.add(Number(column));
    cells.set(`${row} ${column}`, estimate);
  }
  if (cells.size === 0) return undefined;
  const { title, rowName, columnName, extent, note } = matrix;
  const sorted = (values: ReadonlySet<number>): string[] => [...values].sort((a, b) => a - b).map(String);
  const [rowTexts, columnTexts] = [sorted(rows), sorted(columns)];
  return matrixFigure({
    id,
    title,
    notes: [note, 'Cells: estimate, 95 % interval over graphs, items.'],
    description: `${title}: ${rowTexts.length} rows (${rowName}) by ${columnTexts.length} columns (${columnName}).`,
    rowName,
    columnName,
    rows: rowTexts,
    columns: columnTexts,
    cell: (row, column) => cells.get(`${rowTexts[row]} ${columnTexts[column]}`),
    reference: measures.find(({ reference }) => reference !== null)?.reference ?? 0,
    extent,
  });
}
