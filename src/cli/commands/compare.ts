import type { Answers } from '../../accuracy/index.js';
import { modelProvenance, provenance } from '../../provenance.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, itemFlags, maxNewTokensFlag, nonEmpty, paths, wholeNumber } from '../flags.js';
import { openLens } from '../open-lens.js';
import { startProgress } from '../progress.js';

export const compare = defineCommand({
  name: 'compare',
  summary: 'accuracy and length of the answers of several models on the same items',
  flags: {
    models: flag(
      paths,
      "model folders; the others are tested against the first (a comma in a path: '\\,')",
      '<dir,dir,...>',
    ),
    items: flag(nonEmpty(), 'items in the official ProsQA form', '<file.json>'),
    ...itemFlags,
    maxNewTokens: maxNewTokensFlag,
    batchSize: flag(wholeNumber(1).default(16), 'items that go through a model at once', '<n>'),
    engine: engineFlag,
  },
  examples: ['compare --models fixtures/models/constructed-bfs --items fixtures/prosqa/demo.json'],
  async run(flags, context) {
    const [{ readItems }, { chooseItems }, { comparison }] = await Promise.all([
      import('../../dataset/index.js'),
      import('../choose-items.js'),
      import('../../lens/index.js'),
    ]);
    const file = await readItems(flags.items);
    const items = chooseItems(file, flags);
    const answers: Answers[] = [];
    const models: object[] = [];
    const names: { folder: string; method: string }[] = [];
    const warnings: string[] = [];
    let engine;
    // One model after the other, so that one at a time is in memory.
    for (const folder of flags.models) {
      const lens = await openLens(folder, flags.engine, context);
      const { model, method, thoughts } = lens;
      engine = lens.engine;
      const progress = startProgress(context, items.length, `items of ${folder}`);
      try {
        answers.push(
          await lens.answers(
            { ...file, items },
            {
              batchSize: flags.batchSize,
              maxNewTokens: flags.maxNewTokens,
              onProgress: (completed) => progress.update(completed),
              signal: context.io.signal,
            },
          ),
        );
        const { constructed } = model.config.coconut ?? {};
        models.push({
          ...modelProvenance(folder, model),
          folder,
          method,
          ...(constructed !== undefined && { constructed }),
          thoughts,
        });
        names.push(lens.comparedName());
        warnings.push(...lens.warnings.map((text) => `${folder}: ${text}`));
      } finally {
        progress.stop();
        lens.dispose();
      }
    }
    const { result, text } = comparison({ ...file, items }, names, answers);
    return {
      json: {
        kind: 'compare',
        ...provenance(context, {
          ...(engine !== undefined && { engine }),
          items: { path: file.path, sha256: file.sha256, count: items.length, graphs: result[0].accuracy.clusters },
          warnings,
        }),
        models: result.map(({ accuracyWithoutThoughts, againstFirst, ...row }, i) => ({
          ...models[i],
          ...row,
          accuracyWithoutThoughts: accuracyWithoutThoughts ?? null,
          againstFirst: againstFirst ?? null,
        })),
      },
      text,
    };
  },
});
