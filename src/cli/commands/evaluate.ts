import { z } from 'zod';
import { modelProvenance, provenance } from '../../provenance.js';
import { plural } from '../../plural.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, itemFlags, maxNewTokensFlag, nonEmpty, wholeNumber } from '../flags.js';
import { openLens } from '../open-lens.js';
import { startProgress } from '../progress.js';

/** `0,1,4` -> [0, 1, 4], ascending and without repetitions. */
const counts = z
  .string()
  .regex(/^\d{1,4}(,\d{1,4})*$/, 'expected whole numbers with commas between')
  .transform((text) => [...new Set(text.split(',').map(Number))].sort((a, b) => a - b));

const share = z
  .string()
  .regex(/^(0?\.\d+|0|1(\.0*)?)$/, 'expected a number from 0 to 1')
  .transform(Number);

export const evaluate = defineCommand({
  name: 'evaluate',
  summary: 'how often a model answers right, by number of thoughts',
  flags: {
    model: flag(nonEmpty(), 'folder with config.json and model.safetensors', '<dir>'),
    items: flag(nonEmpty(), 'items in the official ProsQA form', '<file.json>'),
    thoughts: flag(
      counts.optional(),
      "numbers of thoughts to answer after; default: 0 to the model's own",
      '<k,k,...>',
    ),
    maxNewTokens: maxNewTokensFlag,
    batchSize: flag(wholeNumber(1).default(16), 'items that go through the model at once', '<n>'),
    ...itemFlags,
    failUnder: flag(
      share.optional(),
      'exit with 3 unless the accuracy with nothing to choose from, after the most thoughts, is at least this',
      '<share>',
    ),
    engine: engineFlag,
  },
  examples: [
    'evaluate --model fixtures/models/constructed-bfs --items fixtures/prosqa/demo.json',
    'evaluate --model fixtures/models/constructed-bfs --items fixtures/prosqa/demo.json --thoughts 0,6 --fail-under 0.99',
  ],
  async run(flags, context) {
    const [{ readItems }, { chooseItems }] = await Promise.all([
      import('../../dataset/index.js'),
      import('../choose-items.js'),
    ]);
    const file = await readItems(flags.items);
    const items = chooseItems(file, flags);
    const lens = await openLens(flags.model, flags.engine, context);
    const progress = startProgress(context, items.length, 'items');
    const { result, text, accuracies } = await lens
      .evaluate(
        { ...file, items },
        {
          thoughts: flags.thoughts,
          batchSize: flags.batchSize,
          maxNewTokens: flags.maxNewTokens,
          onProgress: (completed) => progress.update(completed),
          signal: context.io.signal,
        },
      )
      .finally(() => {
        progress.stop();
        lens.dispose();
      });
    for (const { thoughts, cut } of accuracies)
      if (cut > 0)
        context.note(
          `note: ${cut} of ${items.length} answers after ${plural(thoughts, 'thought')} have no end token and were cut; --max-new-tokens says where`,
        );
    const last = accuracies[accuracies.length - 1];
    const [accuracy] = last.shares;
    const { model, wording, engine } = lens;
    return {
      json: {
        kind: 'evaluate',
        ...provenance(context, {
          config: {
            thoughts: accuracies.map(({ thoughts }) => thoughts),
            engine: engine.name,
            wording: wording.tokenizer.name,
          },
          engine,
          model: modelProvenance(flags.model, model, wording.tokenizer),
          items: { path: file.path, sha256: file.sha256, count: items.length, graphs: accuracy.clusters },
          warnings: model.weights.warnings ?? [],
        }),
        ...result,
      },
      text,
      ...(flags.failUnder !== undefined && accuracy.value < flags.failUnder
        ? {
            failedCheck: `accuracy after ${last.thoughts} thoughts is ${accuracy.value.toFixed(3)}, not at least ${flags.failUnder}`,
          }
        : {}),
    };
  },
});
