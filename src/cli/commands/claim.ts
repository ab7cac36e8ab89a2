import { z } from 'zod';
import type { PredictionId } from '../../claim/index.js';
import { provenance } from '../../provenance.js';
import { plural } from '../../plural.js';
import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, folders, itemFlags, nonEmpty, resamplesFlag, wholeNumber } from '../flags.js';

/** `F1,F4` -> ['F1', 'F4']. Which predictions there are is known when the battery is loaded, not before. */
const predictionIds = z
  .string()
  .regex(/^F\d+(,F\d+)*$/, 'expected numbers of predictions with commas between, such as F1,F4')
  .transform((text) => text.split(',') as PredictionId[]);

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
    tests: flag(predictionIds.optional(), 'only these predictions of the battery', '<F1,F4,...>'),
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
    const compared = predictions.filter(({ role }) => role === 'control');
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
      sample: { description: path, items: chosen.items.length, graphs },
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
