import { alignColumns } from '../align-columns.js';
import type { CalibrationCell } from './calibration.js';
import { kindWords } from './kind-words.js';

/** Truth against verdict, a row for each model; then what each of them does. @param cells as `calibrate` gives them */
export function formatCalibration(cells: readonly CalibrationCell[], n: number): string {
  const models = [...new Set(cells.map(({ model }) => model))];
  const seeds = [...new Set(cells.map(({ seed }) => seed))];
  const rows = models.map((model) => {
    const own = cells.filter((cell) => cell.model === model);
    const [{ expected, findings }] = own;
    const against = findings.filter(({ verdict }) => verdict === 'contradicts').map(({ id }) => id);
    const outcomes = own.map(({ conclusion, wrong }) => `${kindWords(conclusion)}${wrong.length > 0 ? ' WRONG' : ''}`);
    return [model, expected.verdicts.join(' or '), ...outcomes, against.join(' ')];
  });
  const head = ['model', 'should be', ...seeds.map((seed) => `seed ${seed}`), 'contradicted'];
  return [
    `The battery on models of known algorithm, ${n} fresh items for each of ${seeds.length} seeds`,
    '',
    alignColumns([head, ...rows], head.length),
    '',
    ...models.map((model) => `${model}: ${cells.find((cell) => cell.model === model)?.truth ?? ''}`),
  ].join('\n');
}
