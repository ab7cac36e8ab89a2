import { z } from 'zod';
import {
  figureHtml,
  figureSvg,
  rectAt,
  textAt,
  textWidth,
  tip,
  wrap,
  type Figure,
  type FigureOptions,
  type FigureRow,
} from '../../drawing/index.js';
import type { ResultOf } from '../../readout/index.js';
import { CONCLUSIONS, VERDICTS, type Verdict } from '../prediction.js';
import { kindWords } from '../kind-words.js';
import { RULE_NAMES } from '../verdict.js';
import { verdictMatrixFigure } from './verdict-matrix.js';

const kind = z.object({
  memory: z.enum(['cumulative', 'frontier', 'unclear']),
  alignment: z.object({ stride: z.int(), offset: z.int() }).nullable(),
});

/** The JSON of `calibrate`, as far as its figures need it. */
export const calibrationSchema = z.object({
  kind: z.literal('calibration'),
  version: z.literal(2),
  /** Fresh items of each seed. */
  items: z.int(),
  cells: z.array(
    z.object({
      model: z.string(),
      /** What it does, in words. */
      truth: z.string(),
      seed: z.int(),
      expected: z.object({ verdicts: z.array(z.enum(CONCLUSIONS)) }),
      conclusion: z.object({ verdict: z.enum(CONCLUSIONS), rule: z.enum(RULE_NAMES), kind: kind.nullable() }),
      /** What is not as the algorithm asks for, in words; empty where all is. */
      wrong: z.array(z.string()),
      findings: z.array(z.object({ id: z.string(), verdict: z.enum(VERDICTS) })),
    }),
  ),
});

/**
 * What the figures need of it.
 *
 * @interface
 */
export type CalibrationResult = Pick<ResultOf<typeof calibrationSchema>, 'items' | 'cells'>;

type Cell = CalibrationResult['cells'][number];

function modelsOf({ cells }: CalibrationResult): string[] {
  return [...new Set(cells.map(({ model }) => model))];
}

/** Supports first, then by rule. */
function rank(words: string): number {
  const found = RULE_NAMES.findIndex((rule) => words.endsWith(`, ${rule}`));
  return words.startsWith('supports') ? -1 : found;
}

const EDGE = 12;
const ROW = 42;
const COLUMN = 112;

/** Models of known algorithm against what the battery said of them: how often each outcome came out. */
export function confusionFigure(result: CalibrationResult, { id = 'confusion' }: FigureOptions = {}): Figure {
  const models = modelsOf(result);
  const outcomes = [...new Set(result.cells.map(({ conclusion }) => kindWords(conclusion)))];
  outcomes.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const rows = models.map((model) => {
    const own = result.cells.filter((cell) => cell.model === model);
    const counts = outcomes.map((words) => own.filter(({ conclusion }) => kindWords(conclusion) === words).length);
    return { model, truth: own[0].truth, seeds: own.length, expected: own[0].expected.verdicts, counts };
  });
  const right = result.cells.filter(({ wrong }) => wrong.length === 0).length;
  const title = 'Calibration: what the battery says of models of known algorithm';
  const description = `${right} of ${result.cells.length} batteries came out as the model’s algorithm asks for. Rows: models; columns: verdicts with their rule; cells: how many seeds.`;
  const svg = (): string => confusionSvg({ id, title, description, items: result.items, right, outcomes, rows });
  return {
    svg,
    html: () => figureHtml(svg(), title),
    data: () =>
      rows.flatMap(({ model, truth, expected, counts, seeds }) =>
        outcomes.map((found, i): FigureRow => ({
          model,
          truth,
          expected: expected.join(' or '),
          found,
          count: counts[i],
          seeds,
        })),
      ),
  };
}

interface Confusion {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly items: number;
  readonly right: number;
  readonly outcomes: readonly string[];
  readonly rows: readonly {
    readonly model: string;
    readonly truth: string;
    readonly seeds: number;
    readonly expected: readonly string[];
    readonly counts: readonly number[];
  }[];
}

function confusionSvg({ id, title, description, items, right, outcomes, rows }: Confusion): string {
  const left =
    EDGE + Math.max(120, ...rows.map(({ model, truth }) => Math.max(textWidth(model), 0.88 * textWidth(truth)))) + 14;
  const width = Math.max(560, left + outcomes.length * COLUMN + EDGE, title.length * 8.4 + 2 * EDGE);
  const batteries = rows.reduce((sum, { seeds }) => sum + seeds, 0);
  const notes = wrap(
    `${right} of ${batteries} batteries right, ${items} fresh items for each seed. Outlined: what the algorithm asks for. Numbers: seeds with this outcome.`,
    Math.floor((width - 2 * EDGE) / 5.6),
  );
  const top = 84 + 15 * notes.length;
  const cells = rows.flatMap(({ model, truth, expected, counts, seeds }, row) => {
    const y = top + row * ROW;
    return [
      textAt(EDGE, y + 18, model, 'strong'),
      textAt(EDGE, y + 32, truth, 'small muted'),
      ...counts.map((count, i) => {
        const x = left + i * COLUMN;
        const isExpected = expected.some((verdict) => outcomes[i].startsWith(`${verdict}, `));
        const [l, r, t, b] = [x + 2, x + COLUMN - 4, y + 2, y + ROW - 4];
        const words = tip(`${model}: ${count} of ${seeds} seeds ${outcomes[i]}${isExpected ? ', as expected' : ''}`);
        const shade = `class="${isExpected ? 'fa' : 'fb'}" fill-opacity="${(0.45 * count) / seeds}"`;
        const outline = isExpected ? rectAt(l, t, r, b, 'fill="none" class="ki hollow"') : '';
        return `${rectAt(l, t, r, b, shade, words)}${outline}${textAt((l + r) / 2, y + ROW / 2 + 3, String(count), count > 0 ? 'strong' : 'muted', 'middle')}`;
      }),
    ];
  });
  const headings = outcomes.flatMap((words, i) => {
    const [verdict, ...rest] = words.split(', ');
    const rule = rest.join(', ');
    const x = left + (i + 0.5) * COLUMN - 1;
    return [textAt(x, top - 22, verdict, 'strong', 'middle'), textAt(x, top - 8, rule, 'small', 'middle')];
  });
  return figureSvg({
    id,
    width,
    height: top + rows.length * ROW + EDGE,
    title,
    description,
    body: [
      textAt(EDGE, 24, title, 'heading'),
      ...notes.map((note, i) => textAt(EDGE, 42 + 15 * i, note, 'small muted')),
      ...headings,
      ...cells,
    ].join('\n'),
  });
}

/** The verdicts of all predictions on all models, one sign for each seed. */
export function calibrationVerdictsFigure(result: CalibrationResult, { id = 'verdicts' }: FigureOptions = {}): Figure {
  const ids = [...new Set(result.cells.flatMap(({ findings }) => findings.map((finding) => finding.id)))];
  const verdictOf = ({ findings }: Cell, prediction: string): Verdict[] =>
    findings.filter((finding) => finding.id === prediction).map(({ verdict }) => verdict);
  const models = modelsOf(result);
  return verdictMatrixFigure({
    id,
    title: 'Verdicts of every prediction on models of known algorithm',
    notes: [`One sign for each seed, ${result.items} fresh items each.`],
    description: `Verdicts of ${ids.length} predictions on ${models.length} models.`,
    columns: ids,
    rows: models.map((name) => {
      const own = result.cells.filter(({ model }) => model === name);
      return {
        name,
        note: own[0].truth,
        cells: ids.map((prediction) => own.flatMap((cell) => verdictOf(cell, prediction))),
      };
    }),
  });
}
