import { alignColumns } from '../align-columns.js';
import { plural } from '../plural.js';
import { rateLimit } from '../statistics/index.js';
import type { CalibrationCell, Expected } from './calibration.js';
import { kindWords } from './kind-words.js';

type Verdicts = Expected['verdicts'];

/** What can go wrong, among which models. */
const ERRORS = [
  {
    name: 'searches not supported',
    among: (verdicts: Verdicts) => verdicts.join() === 'supports',
    isError: (verdict: string) => verdict !== 'supports',
  },
  {
    name: 'others supported',
    among: (verdicts: Verdicts) => !verdicts.includes('supports'),
    isError: (verdict: string) => verdict === 'supports',
  },
  {
    name: 'searches with noise contradicted',
    among: (verdicts: Verdicts) => verdicts.includes('supports') && verdicts.length > 1,
    isError: (verdict: string) => verdict === 'contradicts',
  },
] as const;

/** Truth against verdict, a row for each model; error rates; then what each model does. @param cells as `calibrate` gives them */
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
    ...ERRORS.flatMap(({ name, among, isError }) => {
      const runs = cells.filter(({ expected }) => among(expected.verdicts));
      if (runs.length === 0) return [];
      const errors = runs.filter(({ conclusion }) => isError(conclusion.verdict)).length;
      const limit = rateLimit(errors, runs.length).toFixed(3);
      const count = plural(new Set(runs.map(({ model }) => model)).size, 'model');
      return [
        `${name}: ${errors} of ${plural(runs.length, 'run')} of ${count}; at most ${limit} (one-sided 95 %, runs as unit)`,
      ];
    }),
    '',
    ...models.map((model) => `${model}: ${cells.find((cell) => cell.model === model)?.truth ?? ''}`),
  ].join('\n');
}
