import { z } from 'zod';
import type { PredictionId } from '../../claim/index.js';
import { provenance } from '../../provenance.js';
import { plural } from '../../plural.js';
import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, folders, itemFlags, nonEmpty, resamplesFlag, wholeNumber } from '../flags.js';

const TEST_COUNT = 14;

/** `F1,F4` -> ['F1', 'F4']. Spelt out here: the battery is loaded when it runs. */
const tests = z
  .string()
  .min(1, 'is empty')
  .transform((text) => text.split(','))
  .refine(
    (ids) => ids.every((id) => /^F\d+$/.test(id) && Number(id.slice(1)) >= 1 && Number(id.slice(1)) <= TEST_COUNT),
    `expected tests from F1 to F${TEST_COUNT} with commas between`,
  )
  .transform((ids) => ids as PredictionId[]);

export const claim = defineCommand({
  name: 'claim',
  summary: 'test whether a model searches breadth-first in its thoughts: a verdict for each prediction',
  flags: {
    model: flag(nonEmpty(), 'model folder', '<dir>'),
    controls: flag(
      folders.optional(),
      'model folders to compare with, trained alike but for one thing',
      '<dir,dir,...>',
    ),
    items: flag(nonEmpty().optional(), 'items in the official ProsQA form; default: fresh ones', '<file.json>'),
    n: flag(wholeNumber(1).default(300), 'number of fresh items', '<count>'),
    ...itemFlags,
    tests: flag(tests.optional(), `only these of the predictions F1 to F${TEST_COUNT}`, '<F1,F4,...>'),
    expect: flag(
      z.enum(['supports', 'contradicts'], 'expected supports or contradicts').optional(),
      'exit with 3 if the overall verdict is another',
      '<verdict>',
    ),
    out: flag(nonEmpty().optional(), 'also write the result to this file', '<file.json>'),
    seed: flag(wholeNumber().default(0), 'of fresh items, edits, donors and statistics', '<n>'),
    resamples: resamplesFlag,
    batchSize: flag(
      wholeNumber(2).optional(),
      'items at once, among which donors of thoughts are found; default: 50, in the English wording 12',
      '<n>',
    ),
    engine: engineFlag,
  },
  examples: ['claim --model fixtures/models/constructed-bfs --n 100 --expect supports'],
  async run(flags, context) {
    const [{ choosePredictions, claimFindings, formatBattery, judgeModel, CLAIM_VERSION, FLIPS }, { batteryItems }] =
      await Promise.all([import('../../claim/index.js'), import('../battery-items.js')]);
    const [{ examineFolder }, { refuseFolder, writeFileWhole }] = await Promise.all([
      import('../claim-run.js'),
      import('../../write-file.js'),
    ]);
    if (flags.out !== undefined) await refuseFolder(flags.out);
    const { seed, resamples } = flags;
    const predictions = choosePredictions(flags.tests);
    const chosen = await batteryItems(flags);
    const options = { seed, batchSize: flags.batchSize };
    const own = await examineFolder(flags.model, flags.engine, chosen, predictions, options, context);
    const compared = predictions.filter(({ id }) => id === 'F2');
    const controls = [];
    for (const folder of flags.controls ?? []) {
      const control = await examineFolder(
        folder,
        flags.engine,
        chosen,
        compared,
        { seed, batchSize: own.batchSize },
        context,
      );
      if (control.wording !== own.wording) {
        throw new LensError(
          folder,
          `is asked in another wording (${control.wording}; ${flags.model} in ${own.wording})`,
          'compare models of one wording',
          'usage',
        );
      }
      controls.push({ name: folder, ...control });
    }
    const settings = { seed, resamples, flips: FLIPS };
    const result = judgeModel(own.observations, controls, predictions, settings);
    const { path, sha256 } = chosen;
    const graphs = result.competence.estimate.clusters;
    const json = {
      kind: 'claim',
      version: CLAIM_VERSION,
      ...provenance(context, {
        seed,
        engine: own.engine,
        model: own.provenance,
        ...(sha256 !== undefined && { items: { path, sha256, count: chosen.items.length, graphs } }),
        warnings: own.warnings,
      }),
      wording: own.wording,
      method: own.method,
      thoughts: own.thoughts,
      asked: { words: path, items: chosen.items.length, graphs },
      controls: controls.map(({ name, method, thoughts, provenance: origin }) => ({
        name,
        method,
        thoughts,
        ...origin,
      })),
      settings: { ...settings, batchSize: own.batchSize },
      ...claimFindings(result),
    };
    if (flags.out !== undefined) {
      await writeFileWhole(flags.out, `${JSON.stringify(json, null, 2)}\n`);
      context.note(`wrote ${flags.out}`);
    }
    const { verdict } = result.conclusion;
    return {
      json,
      text: [
        `Does ${flags.model} (${own.method}, ${plural(own.thoughts, 'thought')}) search breadth-first? ${plural(chosen.items.length, 'item')} (${plural(graphs, 'graph')}): ${path}`,
        '',
        formatBattery(result),
      ].join('\n'),
      ...(flags.expect !== undefined &&
        flags.expect !== verdict && { failedCheck: `the verdict is ${verdict}, not ${flags.expect}` }),
    };
  },
});
