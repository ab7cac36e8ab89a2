import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { provenance } from '../../provenance.js';
import { alignColumns } from '../../align-columns.js';
import type { CellResult } from '../calibrate-run.js';
import { CALIBRATION_NAMES } from '../calibration-names.js';
import { engineLine } from '../../engine-line.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, nonEmpty, resamplesFlag, wholeNumber } from '../flags.js';
import { progressBar } from '../progress.js';

const known = z.enum(CALIBRATION_NAMES, `expected some of ${CALIBRATION_NAMES.join(', ')}, with commas between`);

export const calibrate = defineCommand({
  name: 'calibrate',
  summary: 'run the battery on models whose algorithm is known: does it tell them apart?',
  flags: {
    models: flag(
      z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(known))
        .optional(),
      `which of them: ${CALIBRATION_NAMES.join(', ')}; default: all`,
      '<names>',
    ),
    n: flag(wholeNumber(30).default(120), 'fresh items for each seed', '<count>'),
    seeds: flag(wholeNumber(1).default(3), 'how many sets of items', '<count>'),
    seed: flag(wholeNumber().default(0), 'the first of the seeds', '<n>'),
    out: flag(nonEmpty().optional(), 'also write the result to this file', '<file.json>'),
    resamples: resamplesFlag,
    batchSize: flag(wholeNumber(2).default(50), 'items at once; donors of thoughts are found among them', '<n>'),
    jobs: flag(
      wholeNumber(1).optional(),
      'how many models at a time, each in a process of its own on one thread; default: one per core',
      '<n>',
    ),
    engine: engineFlag,
  },
  examples: ['calibrate --n 60 --seeds 1'],
  async run(flags, context) {
    const [{ runCells }, { useEngine }, { refuseFolder, writeFileWhole }] = await Promise.all([
      import('../calibrate-run.js'),
      import('../../tensor/index.js'),
      import('../../write-file.js'),
    ]);
    if (flags.out !== undefined) await refuseFolder(flags.out);
    const engine = await useEngine(flags.engine);
    context.note(engineLine(engine));
    const { n, resamples, batchSize } = flags;
    const names = flags.models ?? CALIBRATION_NAMES;
    const seeds = Array.from({ length: flags.seeds }, (_, i) => flags.seed + i);
    const plans = seeds.flatMap((seed) => names.map((model) => ({ model, seed, n, resamples, batchSize })));
    const progress = progressBar(context, plans.length * n, 'items');
    const jobs = flags.jobs ?? availableParallelism();
    const cells = await runCells(plans, jobs, engine.name, context.io, (completed, { model }) =>
      progress.update(completed, ` · ${model}`),
    ).finally(() => progress.stop());
    const wrong = cells.filter((cell) => cell.wrong.length > 0);
    const json = {
      kind: 'calibration',
      version: 1,
      ...provenance(context, { seed: flags.seed, engine }),
      items: n,
      cells,
    };
    if (flags.out !== undefined) {
      await writeFileWhole(flags.out, `${JSON.stringify(json, null, 2)}\n`);
      context.note(`wrote ${flags.out}`);
    }
    return {
      json,
      text: [
        `The battery on models of known algorithm, ${n} fresh items for each of ${seeds.length} seeds`,
        '',
        formatCalibration(names, seeds, cells),
        '',
        ...names.map((name) => `${name}: ${cells.find(({ model }) => model === name)?.truth ?? ''}`),
      ].join('\n'),
      ...(wrong.length > 0 && {
        failedCheck: wrong
          .map(({ model, seed, wrong: problems }) => `${model}, seed ${seed}: ${problems.join('; ')}`)
          .join(' | '),
      }),
    };
  },
});

function formatCalibration(names: readonly string[], seeds: readonly number[], cells: readonly CellResult[]): string {
  return alignColumns(
    [
      ['model', 'should be', ...seeds.map((seed) => `seed ${seed}`), 'contradicted'],
      ...names.map((name) => {
        const own = cells.filter(({ model }) => model === name);
        const [{ expected }] = own;
        const found = own.map(({ conclusion }) => said(conclusion));
        const against = own[0].findings.filter(({ verdict }) => verdict === 'contradicts').map(({ id }) => id);
        return [name, said({ ...expected, memory: expected.memory ?? null }), ...found, against.join(' ')];
      }),
    ],
    3 + seeds.length,
  );
}

function said({ verdict, rule, memory }: { verdict: string; rule: string; memory: string | null }): string {
  return verdict === 'supports' ? `supports (${memory ?? ''})` : `${verdict} (${rule})`;
}
