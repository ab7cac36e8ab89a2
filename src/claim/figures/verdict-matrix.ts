import {
  figureHtml,
  figureSvg,
  lineAt,
  textAt,
  textWidth,
  tip,
  wrap,
  type Figure,
  type FigureRow,
} from '../../drawing/index.js';
import { VERDICT_WORDS, VERDICTS, type Verdict } from '../prediction.js';
import { verdictMark } from './verdict-marks.js';

/** Verdicts of several batteries: one row for each model, one column for each prediction. */
export interface VerdictMatrix {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly description: string;
  /** `F1`, `F2`, ... */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** A second line. */
    readonly note: string;
    /** [columns][repetitions]: a cell with several verdicts is of several seeds; empty where the test was not run. */
    readonly cells: readonly (readonly Verdict[])[];
  }[];
}

const EDGE = 12;
const ROW = 40;
const STEP = 15;
const LEAST_WIDTH = 480;

/** Verdicts as shapes in a grid. */
export function verdictMatrixFigure(matrix: VerdictMatrix): Figure {
  const svg = (): string => verdictMatrixSvg(matrix);
  return {
    svg,
    html: () => figureHtml(svg(), matrix.title),
    data: () =>
      matrix.rows.flatMap(({ name, cells }) =>
        cells.flatMap((verdicts, column) =>
          verdicts.map((verdict, repetition): FigureRow => ({
            model: name,
            prediction: matrix.columns[column],
            repetition: repetition + 1,
            verdict,
          })),
        ),
      ),
  };
}

function verdictMatrixSvg({ id, title, description, notes: texts, columns, rows }: VerdictMatrix): string {
  const most = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ length }) => length)));
  const width = Math.max(42, most * STEP + 14);
  const left =
    EDGE + Math.max(90, ...rows.map(({ name, note }) => Math.max(textWidth(name), textWidth(note) * 0.9))) + 14;
  const total = Math.max(LEAST_WIDTH, left + columns.length * width + EDGE, title.length * 8.4 + 2 * EDGE);
  const notes = texts.flatMap((note) => wrap(note, Math.floor((total - 2 * EDGE) / 5.6)));
  const keyY = 54 + 15 * notes.length;
  const top = keyY + 34;
  const key = VERDICTS.map((verdict, i) => {
    const x = EDGE + 6 + i * 112;
    return `${verdictMark(verdict, x, keyY - 4)}${textAt(x + 12, keyY, VERDICT_WORDS[verdict])}`;
  });
  const drawn = rows.flatMap(({ name, note, cells }, row) => {
    const y = top + row * ROW;
    return [
      lineAt(EDGE, y, total - EDGE, y, 'grid'),
      textAt(EDGE, y + 17, name, 'strong'),
      textAt(EDGE, y + 31, note, 'small muted'),
      ...cells.flatMap((verdicts, column) =>
        verdicts.map((verdict, i) => {
          const x = left + (column + 0.5) * width + (i - (verdicts.length - 1) / 2) * STEP;
          return verdictMark(verdict, x, y + ROW / 2, tip(`${name}, ${columns[column]}: ${VERDICT_WORDS[verdict]}`));
        }),
      ),
    ];
  });
  return figureSvg({
    id,
    width: total,
    height: top + rows.length * ROW + EDGE,
    title,
    description,
    body: [
      textAt(EDGE, 24, title, 'heading'),
      ...notes.map((note, i) => textAt(EDGE, 42 + i * 15, note, 'small muted')),
      ...key,
      ...columns.map((text, i) => textAt(left + (i + 0.5) * width, top - 8, text, 'strong', 'middle')),
      ...drawn,
    ].join('\n'),
  });
}
