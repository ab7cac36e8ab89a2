import type { CalibrationCell } from '../../claim/index.js';
import { alignColumns } from '../../readout/index.js';
import { defineCommand } from '../command.js';
import { InterruptedError } from '../exit-codes.js';
import { engineFlag, flag, nonEmpty, resamplesFlag, wholeNumber } from '../flags.js';
import { progressBar } from '../progress.js';
import { provenance } from '../provenance.js';

export const calibrate = defineCommand({
  name: 'calibrate',
  summary: 'run the battery on models whose algorithm is known: does it tell them apart?',
  flags: {
    n: flag(wholeNumber(30).default(120), 'fresh items for each seed', '<count>'),
    seeds: flag(wholeNumber(1).default(3), 'how many sets of items', '<count>'),
    seed: flag(wholeNumber().default(0), 'the first of the seeds', '<n>'),
    out: flag(nonEmpty().optional(), 'also write the result to this file', '<file.json>'),
    resamples: resamplesFlag,
    batchSize: flag(wholeNumber(2).default(50), 'items at once; donors of thoughts are found among them', '<n>'),
    engine: engineFlag,
  },
  examples: ['calibrate --n 60 --seeds 1'],
  async run(flags, context) {
    const [{ calibrateModel, EXPECTED, claimFindings, FLIPS, truthOf }, { drawBatteryItems }, { useEngine }] =
      await Promise.all([
        import('../../claim/index.js'),
        import('../battery-items.js'),
        import('../../tensor/index.js'),
      ]);
    const [{ engineLine }, { refuseFolder, writeFileWhole }] = await Promise.all([
      import('../open-model.js'),
      import('../write-file.js'),
    ]);
    if (flags.out !== undefined) await refuseFolder(flags.out);
    const engine = await useEngine(flags.engine);
    context.note(engineLine(engine));
    const { resamples, batchSize } = flags;
    const names = Object.keys(EXPECTED) as (keyof typeof EXPECTED)[];
    const seeds = Array.from({ length: flags.seeds }, (_, i) => flags.seed + i);
    const progress = progressBar(context, names.length * seeds.length * flags.n, 'items');
    const cells: CalibrationCell[] = [];
    try {
      for (const [s, seed] of seeds.entries()) {
        const items = drawBatteryItems(seed, flags.n);
        for (const [m, name] of names.entries()) {
          const before = (s * names.length + m) * flags.n;
          const onProgress = (completed: number): void => progress.update(before + completed, ` · ${name}`);
          const { signal } = context.io;
          const cell = await calibrateModel(
            name,
            items,
            { seed, batchSize, onProgress, signal },
            { seed, resamples, flips: FLIPS },
          );
          if (cell === undefined) throw new InterruptedError('interrupted: a calibration keeps nothing');
          cells.push(cell);
        }
      }
    } finally {
      progress.stop();
    }
    const wrong = cells.filter((cell) => cell.wrong.length > 0);
    const json = {
      kind: 'calibration',
      version: 1,
      ...provenance(context, { seed: flags.seed, engine }),
      items: flags.n,
      cells: cells.map(({ model, seed, result, expected, wrong: problems }) => ({
        model,
        truth: truthOf(model),
        seed,
        expected,
        wrong: problems,
        ...claimFindings(result),
      })),
    };
    if (flags.out !== undefined) {
      await writeFileWhole(flags.out, `${JSON.stringify(json, null, 2)}\n`);
      context.note(`wrote ${flags.out}`);
    }
    return {
      json,
      text: [
        `The battery on models of known algorithm, ${flags.n} fresh items for each of ${flags.seeds} seeds`,
        '',
        formatCalibration(names, seeds, cells),
        '',
        ...names.map((name) => `${name}: ${truthOf(name)}`),
      ].join('\n'),
      ...(wrong.length > 0 && {
        failedCheck: wrong
          .map(({ model, seed, wrong: problems }) => `${model}, seed ${seed}: ${problems.join('; ')}`)
          .join(' | '),
      }),
    };
  },
});

function formatCalibration(
  names: readonly string[],
  seeds: readonly number[],
  cells: readonly CalibrationCell[],
): string {
  return alignColumns(
    [
      ['model', 'should be', ...seeds.map((seed) => `seed ${seed}`), 'contradicted'],
      ...names.map((name) => {
        const own = cells.filter(({ model }) => model === name);
        const [{ expected }] = own;
        const found = own.map(({ result: { conclusion } }) => said(conclusion));
        const against = own[0].result.findings.filter(({ verdict }) => verdict === 'contradicts').map(({ id }) => id);
        return [name, said({ ...expected, memory: expected.memory ?? null }), ...found, against.join(' ')];
      }),
    ],
    3 + seeds.length,
  );
}

function said({ verdict, rule, memory }: { verdict: string; rule: string; memory: string | null }): string {
  return verdict === 'supports' ? `supports (${memory ?? ''})` : `${verdict} (${rule})`;
}
