import { defineCommand } from '../command.js';
import { InterruptedError } from '../exit-codes.js';
import { engineFlag, flag, folders, itemFlags, nonEmpty, wholeNumber } from '../flags.js';
import { plural } from '../plural.js';
import { modelProvenance, provenance } from '../provenance.js';
import type { Answers } from '../../accuracy/index.js';
import { alignColumns } from '../../readout/index.js';

const share = (value: number, low: number, high: number): string =>
  `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;

const probability = (p: number): string => (p < 0.001 ? '<.001' : p.toFixed(3));

export const compare = defineCommand({
  name: 'compare',
  summary: 'accuracy and length of the answers of several models on the same items',
  flags: {
    models: flag(folders, 'model folders; the others are tested against the first', '<dir,dir,...>'),
    items: flag(nonEmpty(), 'items in the official ProsQA form', '<file.json>'),
    ...itemFlags,
    batchSize: flag(wholeNumber(1).default(16), 'items that go through a model at once', '<n>'),
    engine: engineFlag,
  },
  examples: ['compare --models fixtures/models/constructed-bfs --items fixtures/prosqa/demo.json'],
  async run(flags, context) {
    const [{ readItems }, { checkItems }, { chooseItems }, { answerItems, compareAnswers }] = await Promise.all([
      import('../../dataset/index.js'),
      import('../check-items.js'),
      import('../choose-items.js'),
      import('../../accuracy/index.js'),
    ]);
    const [{ followingOf }, { openModel }, { progressBar }] = await Promise.all([
      import('../../tokenizer/index.js'),
      import('../open-model.js'),
      import('../progress.js'),
    ]);
    const file = await readItems(flags.items);
    const items = chooseItems(file, flags);
    const answers: Answers[] = [];
    const models: ReturnType<typeof modelProvenance>[] = [];
    const names: { folder: string; method: string; constructed?: string; thoughts: number }[] = [];
    let engine;
    for (const folder of flags.models) {
      const { model, wording, thoughts, ...opened } = await openModel(folder, flags.engine, context);
      engine = opened.engine;
      const progress = progressBar(context, items.length, `items of ${folder}`);
      try {
        const following = followingOf(wording);
        const { config } = model;
        checkItems(file.path, items, { config, wording, thoughts, madeFor: thoughts, following, disjointNames: false });
        const found = await answerItems(model, items, wording, thoughts, {
          batchSize: flags.batchSize,
          onProgress: (completed) => progress.update(completed),
          signal: context.io.signal,
        });
        if (found === undefined) throw new InterruptedError('interrupted: a comparison keeps nothing');
        answers.push(found);
        models.push(modelProvenance(folder, model));
        const { method = '', constructed } = config.coconut ?? {};
        names.push({ folder, method, ...(constructed !== undefined && { constructed }), thoughts });
      } finally {
        progress.stop();
        model.dispose();
      }
    }
    const compared = compareAnswers(items, answers);
    const { accuracy: first } = compared[0];
    return {
      json: {
        kind: 'compare',
        ...provenance(context, {
          ...(engine !== undefined && { engine }),
          items: { path: file.path, sha256: file.sha256, count: items.length, graphs: first.clusters },
        }),
        models: compared.map(({ accuracyWithoutThoughts, againstFirst, ...row }, i) => ({
          ...models[i],
          ...names[i],
          ...row,
          accuracyWithoutThoughts: accuracyWithoutThoughts ?? null,
          againstFirst: againstFirst ?? null,
        })),
      },
      text: [
        `Answers to ${plural(items.length, 'item')} (${plural(first.clusters, 'graph')}) of ${file.path}`,
        'right: the answer is the target, with nothing to choose from; a model that guesses between the candidates gets 0.500.',
        '[low, high]: 95 % Wilson intervals. tokens: latent positions and spoken tokens up to the answer, mean.',
        "p: McNemar's exact test against the first model over graphs, not corrected for the number of models.",
        alignColumns(
          [
            ['model', 'method', 'n', 'right', 'right, no thoughts', 'tokens', 'p'],
            ...compared.map(({ accuracy, accuracyWithoutThoughts, tokens, againstFirst }, i) => [
              names[i].folder,
              [names[i].method, names[i].constructed].filter(Boolean).join(': '),
              String(accuracy.n),
              share(accuracy.value, accuracy.low, accuracy.high),
              accuracyWithoutThoughts === undefined
                ? ''
                : share(accuracyWithoutThoughts.value, accuracyWithoutThoughts.low, accuracyWithoutThoughts.high),
              tokens.toFixed(1),
              againstFirst === undefined ? '' : probability(againstFirst.p),
            ]),
          ],
          2,
        ),
      ].join('\n'),
    };
  },
});
