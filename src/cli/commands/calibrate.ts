import { z } from 'zod';
import { provenance } from '../../provenance.js';
import { CALIBRATION_NAMES } from '../../claim/names.js';
import { engineLine } from '../../engine-line.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, nonEmpty, wholeNumber } from '../flags.js';
import { startProgress } from '../progress.js';

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
    batchSize: flag(wholeNumber(1).default(120), 'items at once', '<n>'),
    jobs: flag(wholeNumber(1).optional(), 'models at a time, each on a thread; default: one per core', '<n>'),
    engine: engineFlag,
  },
  examples: ['calibrate --n 60 --seeds 1'],
  async run(flags, context) {
    const [claim, { useEngine }, { checkOutputs, writeFileWhole }] = await Promise.all([
      import('../../claim/index.js'),
      import('../../tensor/index.js'),
      import('../../write-file.js'),
    ]);
    await checkOutputs(flags.out);
    const engine = await useEngine(flags.engine);
    context.note(engineLine(engine));
    const { n, batchSize } = flags;
    const names = flags.models ?? CALIBRATION_NAMES;
    const seeds = Array.from({ length: flags.seeds }, (_, i) => flags.seed + i);
    const progress = startProgress(context, names.length * seeds.length * n, 'items');
    const { signal, threads } = context.io;
    const running = claim.calibrate({
      models: names,
      seeds,
      n,
      batchSize,
      workers: flags.jobs ?? threads,
      signal,
      onProgress: (completed, model) => progress.update(completed, ` · ${model}`),
      onCell({ model, seed, conclusion, wrong }) {
        if (progress.isBar) return;
        context.note(`${model}, seed ${seed}: ${wrong.length === 0 ? conclusion.verdict : wrong.join('; ')}`);
      },
    });
    const cells = await running.finally(() => progress.stop());
    const wrong = cells.filter((cell) => cell.wrong.length > 0);
    const json = {
      kind: 'calibration',
      version: 2,
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
      text: claim.formatCalibration(cells, n),
      ...(wrong.length > 0 && {
        failedCheck: wrong
          .map(({ model, seed, wrong: problems }) => `${model}, seed ${seed}: ${problems.join('; ')}`)
          .join(' | '),
      }),
    };
  },
});
