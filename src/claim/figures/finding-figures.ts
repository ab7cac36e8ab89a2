import { matrixFigure, type Figure, type FigureOptions } from '../../drawing/index.js';
import type { Estimate } from '../../statistics/index.js';
import type { ClaimFinding } from './forest.js';

/** How the measures of a test are named that make up a matrix, and what its rows and columns are. */
interface MatrixPattern {
  readonly pattern: RegExp;
  readonly title: string;
  readonly rowName: string;
  readonly columnName: string;
  /** Whether the first number of a name is the column. */
  readonly columnFirst: boolean;
  readonly notes: readonly string[];
}

/** The tests whose measures are a matrix. Results carry names of measures only, so the numbers are read from these. */
const PATTERNS: Readonly<Partial<Record<ClaimFinding['id'], MatrixPattern>>> = {
  F5: {
    pattern: /^AUC of depth (\d+) at thought (\d+)$/,
    title: 'At which thought each depth stands out',
    rowName: 'thought',
    columnName: 'depth',
    columnFirst: true,
    notes: ['AUC of the nodes at a depth against those farther away or out of reach; a search has the diagonal high.'],
  },
  F6: {
    pattern: /^swap at (\d+), thought (\d+)$/,
    title: 'Which transplanted thought turns the answer',
    rowName: 'edges swapped at depth',
    columnName: 'thought',
    columnFirst: false,
    notes: [
      'Fall of T / 100 by one thought of the swapped question; a search has it where the thought is not before the depth.',
    ],
  },
  F10: {
    pattern: /^right after (\d+) thoughts, depth (\d+)$/,
    title: 'Share right by thoughts and by depth of the target',
    rowName: 'depth',
    columnName: 'thoughts',
    columnFirst: true,
    notes: ['A search is right where it has thoughts enough for the depth.'],
  },
};

/** The measures of a test as a matrix; undefined where they are none. */
export function findingMatrix(
  { id: test, measures }: Pick<ClaimFinding, 'id' | 'measures'>,
  { id = `matrix-${test}` }: FigureOptions = {},
): Figure | undefined {
  const known = PATTERNS[test];
  if (known === undefined) return undefined;
  const cells = new Map<string, Estimate>();
  const [rows, columns] = [new Set<number>(), new Set<number>()];
  for (const { name, estimate } of measures) {
    const match = known.pattern.exec(name);
    if (match === null) continue;
    const [, first, second] = match;
    const [row, column] = known.columnFirst ? [second, first] : [first, second];
    rows.add(Number(row));
    columns.add(Number(column));
    cells.set(`${row} ${column}`, estimate);
  }
  if (cells.size === 0) return undefined;
  const sorted = (values: ReadonlySet<number>): string[] => [...values].sort((a, b) => a - b).map(String);
  const [rowTexts, columnTexts] = [sorted(rows), sorted(columns)];
  return matrixFigure({
    id,
    title: known.title,
    notes: [...known.notes, 'Cells: estimate, 95 % interval over graphs, items.'],
    description: `${known.title}: ${rowTexts.length} rows (${known.rowName}) by ${columnTexts.length} columns (${known.columnName}).`,
    rowName: known.rowName,
    columnName: known.columnName,
    rows: rowTexts,
    columns: columnTexts,
    cell: (row, column) => cells.get(`${rowTexts[row]} ${columnTexts[column]}`),
    reference: measures.find(({ reference }) => reference !== null)?.reference ?? 0,
  });
}
