import { z } from 'zod';
import type { PredictionId } from '../../claim/index.js';
import type { BatterySample, ExaminedModel } from '../../lens/index.js';
import type { EngineName } from '../../tensor/index.js';
import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, flagName, itemFlags, nonEmpty, paths, wholeNumber } from '../flags.js';
import { openLens } from '../open-lens.js';
import { startProgress } from '../progress.js';

const FRESH_ITEMS = 300;

/** `F1,F4` -> ['F1', 'F4']. Which predictions there are is known when the battery is loaded, not before. */
const predictionIds = z
  .string()
  .regex(/^F\d+(,F\d+)*$/i, 'expected numbers of predictions with commas between, such as F1,F4')
  .transform((text) => text.toUpperCase().split(',') as PredictionId[]);

export const claim = defineCommand({
  name: 'claim',
  summary: 'test whether a model searches breadth-first in its thoughts: a verdict for each prediction',
  flags: {
    model: flag(nonEmpty(), 'model folder', '<dir>'),
    controls: flag(
      paths.optional(),
      "model folders to compare with, trained alike but for one thing (a comma in a path: '\\,')",
      '<dir,dir,...>',
    ),
    items: flag(
      nonEmpty().optional(),
      "items in the official ProsQA form; default: fresh ones, of the sizes in the model's training.json, else of ProsQA's",
      '<file.json>',
    ),
    n: flag(wholeNumber(1).optional(), `number of fresh items; default: ${FRESH_ITEMS}`, '<count>'),
    ...itemFlags,
    tests: flag(predictionIds.optional(), 'only these predictions of the battery', '<F1,F4,...>'),
    expect: flag(
      z.enum(['supports', 'contradicts'], 'expected supports or contradicts').optional(),
      'exit with 3 if the overall verdict is another',
      '<verdict>',
    ),
    out: flag(nonEmpty().optional(), 'also write the result to this file', '<file.json>'),
    seed: flag(wholeNumber().default(0), 'of fresh items, edits and donors', '<n>'),
    batchSize: flag(wholeNumber(1).optional(), 'items at once; default: 50, in the English wording 12', '<n>'),
    engine: engineFlag,
  },
  examples: ['claim --model fixtures/models/constructed-bfs --n 100 --expect supports'],
  async run(flags, context) {
    const [
      { choosePredictions },
      { claimOf, examine },
      { askingForSmaller, batteryItems },
      { checkOutputs, writeFileWhole },
    ] = await Promise.all([
      import('../../claim/index.js'),
      import('../../lens/index.js'),
      import('../battery-items.js'),
      import('../../write-file.js'),
    ]);
    refuseContradictions(flags);
    await checkOutputs(flags.out);
    const { seed } = flags;
    const predictions = choosePredictions(flags.tests);
    const sample = await batteryItems({ ...flags, n: flags.n ?? FRESH_ITEMS });
    // One model after the other, so that one at a time is in memory.
    const examined = async (
      folder: string,
      tests: typeof predictions,
      batchSize: number | undefined,
    ): Promise<ExaminedModel> => {
      const lens = await openLens(folder, flags.engine, context);
      const progress = startProgress(context, sample.items.length, `items of ${folder}`);
      let done = 0;
      const onProgress = (completed: number): void => progress.update((done = completed));
      const onTest = (id: PredictionId): void => progress.update(done, ` · ${id}`);
      const { signal } = context.io;
      return examine(lens, sample, tests, { seed, batchSize, onProgress, onTest, signal })
        .catch((error: unknown) => {
          throw flags.items === undefined ? askingForSmaller(error, sample, lens) : error;
        })
        .finally(() => {
          progress.stop();
          lens.dispose();
        });
    };
    await checkControls(flags, sample);
    const own = await examined(flags.model, predictions, flags.batchSize);
    const compared = predictions.filter(({ role }) => role === 'control');
    const controls: ExaminedModel[] = [];
    for (const folder of flags.controls ?? []) controls.push(await examined(folder, compared, own.batchSize));
    const { result: json, text } = claimOf(own, controls, sample, predictions, { seed, invocation: context });
    if (flags.out !== undefined) {
      await writeFileWhole(flags.out, `${JSON.stringify(json, null, 2)}\n`);
      context.note(`wrote ${flags.out}`);
    }
    const { verdict } = json.conclusion;
    return {
      json,
      text,
      ...(flags.expect !== undefined &&
        flags.expect !== verdict && { failedCheck: `the verdict is ${verdict}, not ${flags.expect}` }),
    };
  },
});

/** What chooses items of a file means nothing to fresh ones, and the other way round. */
function refuseContradictions(flags: {
  readonly items?: string | undefined;
  readonly n?: number | undefined;
  readonly limit?: number | undefined;
  readonly permuteIds?: number | undefined;
}): void {
  const isFresh = flags.items === undefined;
  const names = isFresh ? (['limit', 'permuteIds'] as const) : (['n'] as const);
  const name = names.find((one) => flags[one] !== undefined);
  if (name === undefined) return;
  const [what, remedy] = isFresh
    ? ['is for the items of a file', 'give --items, or --n for the number of fresh ones']
    : [
        'is the number of fresh items, and --items names a file',
        'give one of them, or --limit for the first of a file',
      ];
  throw new LensError(flagName(name), `${what} (${flags[name]})`, remedy, 'usage');
}

/** Opens the controls once before the work of hours, so that what would be refused after it is refused now. */
async function checkControls(
  {
    model,
    controls = [],
    engine,
  }: { model: string; controls?: readonly string[] | undefined; engine?: EngineName | undefined },
  sample: BatterySample,
): Promise<void> {
  if (controls.length === 0) return;
  const { open, requireClaimable } = await import('../../lens/index.js');
  const compared = await open(model, { engine });
  try {
    for (const folder of controls) {
      const control = await open(folder, { engine });
      try {
        requireClaimable(control, sample, compared);
      } finally {
        control.dispose();
      }
    }
  } finally {
    compared.dispose();
  }
}
