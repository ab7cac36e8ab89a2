import { z } from 'zod';
import { matrixFigure, type Figure, type FigureOptions } from '../drawing/index.js';
import { estimateSchema, headFields, thoughtSchema, type ResultOf } from '../readout/index.js';

/** The result of `probe matrix`, as far as its figure needs it. */
export const probeMatrixSchema = z.object({
  ...headFields('probe-matrix'),
  probe: z.string(),
  question: z.string(),
  cells: z.array(z.object({ thought: thoughtSchema, step: thoughtSchema, selectivity: estimateSchema })),
  diagonality: z.object({ estimate: estimateSchema, p: z.number().nullable() }),
});

/**
 * What the figure needs of it.
 *
 * @interface
 */
export type ProbeMatrixResult = Pick<
  ResultOf<typeof probeMatrixSchema>,
  'probe' | 'question' | 'cells' | 'diagonality'
>;

/** The selectivity of a probe of step d read out of thought k. */
export function probeMatrixFigure(result: ProbeMatrixResult, { id = 'probe-matrix' }: FigureOptions = {}): Figure {
  const { probe, question, cells, diagonality } = result;
  const thoughts = [...new Set(cells.map(({ thought }) => thought))];
  const steps = [...new Set(cells.map(({ step }) => step))];
  const { value } = diagonality.estimate;
  const stated = value === null ? 'not defined' : value.toFixed(3);
  return matrixFigure({
    id,
    title: `Probe ${probe}: selectivity by thought and step`,
    notes: [
      question,
      `Diagonality ${stated}, p ${diagonality.p === null ? 'not defined' : diagonality.p.toPrecision(2)}`,
    ],
    description: 'AUC within graph less that of the control task: rows are thoughts, columns the steps asked about.',
    rowName: 'thought',
    columnName: 'step',
    rows: thoughts.map(String),
    columns: steps.map(String),
    cell: (row, column) =>
      cells.find(({ thought, step }) => thought === thoughts[row] && step === steps[column])?.selectivity,
    reference: 0,
    extent: 0.5,
  });
}
