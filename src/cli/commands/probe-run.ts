import { z } from 'zod';
import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, nonEmpty, paths, resamplesFlag, tableFlags, wholeNumber } from '../flags.js';
import { analysisProvenance } from '../../provenance.js';
import { probesFlag } from './probe-list.js';

const names = z
  .string()
  .min(1, 'is empty')
  .transform((text) => text.split(','));

const BOUNDS = ['auc', 'accuracy', 'r2', 'selectivity'] as const;

const bounds = z
  .string()
  .transform((text) => text.split(',').map((part) => part.split('=')))
  .refine(
    (parts) =>
      parts.every(
        ([name, value, ...rest]) =>
          BOUNDS.some((known) => known === name) && value !== '' && Number.isFinite(Number(value)) && rest.length === 0,
      ),
    `expected ${BOUNDS.join(', ')} with a number, as auc=0.9,selectivity=0.4`,
  )
  .transform((parts) =>
    parts.map(([name, value]) => ({ name: name as (typeof BOUNDS)[number], least: Number(value) })),
  );

/** The flags that decide how probes are fitted, shared by `probe run` and `probe matrix`. */
export const fitFlags = {
  recording: flag(nonEmpty(), 'folder made by record', '<dir>'),
  probes: probesFlag,
  model: flag(nonEmpty().optional(), 'the recorded model, for probes that read an activation', '<dir>'),
  folds: flag(wholeNumber(3).default(5), 'parts that the graphs are cut into', '<n>'),
  ...tableFlags,
  batchSize: flag(wholeNumber(1).default(16), 'items that go through the model at once', '<n>'),
  resamples: resamplesFlag,
  jobs: flag(wholeNumber(1).optional(), 'fits at a time, each on a thread; default: one per core', '<n>'),
  seed: flag(wholeNumber().default(0), 'of folds, control labels and the bootstrap', '<n>'),
  engine: engineFlag,
} as const;

export const probeRun = defineCommand({
  name: 'probe run',
  summary: 'fit linear probes to the thoughts of a recording, with control tasks and baselines',
  positional: 'names',
  flags: {
    names: flag(names, 'probes, with commas between, or all', '<names>'),
    ...fitFlags,
    baselines: flag(
      paths.optional(),
      "recordings of other models on the same items, with commas between (in a path: '\\,'): probes of their thoughts are further baselines",
      '<dirs>',
    ),
    codelength: flag(
      z.boolean().default(false),
      'also the description length of the labels by an online code; takes as long again',
    ),
    failUnder: flag(
      bounds.optional(),
      'exit with 3 if a number is lower than this at any thought: auc=0.9,selectivity=0.4',
      '<bounds>',
    ),
  },
  examples: [
    'probe run frontier --recording out/demo/recording',
    'probe run all --recording out/demo/recording --json',
  ],
  async run(flags, context) {
    const [{ openRecording }, { useEngine }, folder, { runProbes }, tables] = await Promise.all([
      import('../../recording/index.js'),
      import('../../tensor/index.js'),
      import('../probe-folder.js'),
      import('../probe-run.js'),
      import('../probe-tables.js'),
    ]);
    await tables.checkTables(flags);
    const specs = folder.chooseProbes(await folder.probesOf(flags.probes), flags.names);
    const recording = await openRecording(flags.recording);
    const activation = specs.find(({ reads }) => reads !== undefined);
    if (flags.baselines !== undefined && activation !== undefined)
      throw new LensError(
        '--baselines',
        `has recordings, and probe ${activation.name} reads an activation, which none of them holds`,
        'leave one of them out',
        'usage',
      );
    const baselines = await Promise.all((flags.baselines ?? []).map((path) => openRecording(path)));
    await useEngine(flags.engine);
    const { seed, resamples, folds, batchSize, engine, model: modelFolder } = flags;
    const warnings = tables.numberingWarnings(recording);
    for (const warning of warnings) context.note(`warning: ${warning}`);
    const plan = {
      recording,
      baselineRecordings: baselines,
      modelFolder,
      batchSize,
      engine,
      pool: { workers: flags.jobs ?? context.io.threads, signal: context.io.signal },
      options: { seed, resamples, folds, codelength: flags.codelength },
    };
    const results = await runProbes(specs, plan, context);
    const origin = analysisProvenance(context, recording, { seed, resamples });
    const provenance = { ...origin, warnings: [...origin.warnings, ...warnings] };
    await tables.writeTables(flags, results, { ...provenance, metadata: recording.metadata }, context);
    const missed = (flags.failUnder ?? []).flatMap((bound) => tables.below(results, bound));
    return {
      json: {
        kind: 'probes',
        version: 1,
        ...provenance,
        metadata: recording.metadata,
        ...(baselines.length > 0 && {
          baselines: baselines.map(({ folder, files, metadata }) => ({ folder, files, metadata })),
        }),
        results,
      },
      // Each was printed as it was ready.
      text: '',
      ...(missed.length > 0 && { failedCheck: missed.join('; ') }),
    };
  },
});
