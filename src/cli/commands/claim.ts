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

/** Of a pilot, which is reported nowhere: it only says how many items it takes. Its items are of another seed. */
const PILOT = { items: 60, seed: 1_000_000 } as const;
/** What a pilot may ask for. Its estimates are rough, hence the margin. */
const AUTO = { least: 100, most: 1000, margin: 1.3 } as const;

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
    n: flag(
      z.union([z.literal('auto'), wholeNumber(1)], 'expected a whole number of at least 1, or auto').optional(),
      `number of fresh items, or auto: as many as a pilot of ${PILOT.items} others asks for, ${AUTO.least} to ${AUTO.most}; default: ${FRESH_ITEMS}`,
      '<count>',
    ),
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
  examples: ['claim --model fixtures/models/constructed-bfs --n 200 --expect supports'],
  async run(flags, context) {
    const [
      { choosePredictions, judgeModel },
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
    // One model after the other, so that one at a time is in memory.
    const examined = async (
      folder: string,
      tests: typeof predictions,
      batchSize: number | undefined,
      sample: BatterySample,
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
    const itemsFor = async (): Promise<number> => {
      if (flags.n !== 'auto') return flags.n ?? FRESH_ITEMS;
      const pilot = await batteryItems({ ...flags, n: PILOT.items, seed: seed + PILOT.seed });
      await checkControls(flags, pilot);
      const { observations } = await examined(flags.model, predictions, flags.batchSize, pilot);
      const n = autoItems(judgeModel(observations, [], predictions).conclusion);
      context.note(`${n} items: what a pilot of ${PILOT.items} others, which are not reported, asks for`);
      return n;
    };
    const sample = await batteryItems({ ...flags, n: await itemsFor() });
    await checkControls(flags, sample);
    const own = await examined(flags.model, predictions, flags.batchSize, sample);
    const compared = predictions.filter(({ role }) => role === 'control');
    const controls: ExaminedModel[] = [];
    for (const folder of flags.controls ?? []) controls.push(await examined(folder, compared, own.batchSize, sample));
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

/** How many items a pilot asks for: where more would not decide, as many as without one. */
export function autoItems({
  verdict,
  itemsNeeded,
}: {
  readonly verdict: string;
  readonly itemsNeeded: number | null;
}): number {
  if (verdict === 'supports') return AUTO.least;
  if (itemsNeeded === null) return FRESH_ITEMS;
  return Math.min(AUTO.most, Math.max(AUTO.least, 10 * Math.ceil((AUTO.margin * itemsNeeded) / 10)));
}

/** What chooses items of a file means nothing to fresh ones, and the other way round. */
function refuseContradictions(flags: {
  readonly items?: string | undefined;
  readonly n?: number | 'auto' | undefined;
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
