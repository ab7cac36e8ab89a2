import { z } from 'zod';
import type { Measure, ThoughtsAccuracy } from '../../accuracy/index.js';
import type { HeuristicAccuracy, HeuristicName } from '../../dataset/index.js';
import { alignColumns } from '../../readout/index.js';
import type { ClusteredProportion, Proportion } from '../../statistics/index.js';
import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { InterruptedError } from '../exit-codes.js';
import { engineFlag, flag, itemFlags, nonEmpty, wholeNumber } from '../flags.js';
import { plural } from '../plural.js';
import { modelProvenance, provenance } from '../provenance.js';

/** `0,1,4` -> [0, 1, 4], ascending and without repetitions. */
const counts = z
  .string()
  .regex(/^\d{1,4}(,\d{1,4})*$/, 'expected whole numbers with commas between')
  .transform((text) => [...new Set(text.split(',').map(Number))].sort((a, b) => a - b));

const share = z
  .string()
  .regex(/^(0?\.\d+|0|1(\.0*)?)$/, 'expected a number from 0 to 1')
  .transform(Number);

function cell({ value, low, high }: Proportion): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** How the intervals come about, `long` for JSON. Where every item has a graph of its own there is nothing to allow for. */
function intervalMethod({ n, clusters }: ClusteredProportion): { readonly short: string; readonly long: string } {
  if (n === clusters) return { short: '95 % Wilson intervals', long: 'Wilson 95 %' };
  return {
    short: '95 % Wilson intervals at the effective sample size over graphs',
    long: 'Wilson 95 % at the effective sample size over graphs (Korn and Graubard 1998)',
  };
}

function trials({ n, clusters }: ClusteredProportion): string {
  return n === clusters ? `n = ${n}` : `n = ${n}, ${plural(clusters, 'graph')}`;
}

function accuracyTable(results: readonly ThoughtsAccuracy[], measures: readonly Measure[]): string {
  return alignColumns(
    [
      ['thoughts', 'n', ...measures.map(({ words }) => words)],
      ['chance', '', ...measures.map(({ chance }) => chance?.toFixed(3) ?? '')],
      ...results.map(({ thoughts, shares }) => [String(thoughts), String(shares[0].n), ...shares.map(cell)]),
    ],
    1,
  );
}

function depthTable(results: readonly ThoughtsAccuracy[], measure: number): string {
  const depths = results[0].byDepth;
  return alignColumns(
    [
      ['thoughts', ...depths.map(({ depth, shares }) => `depth ${depth} (${trials(shares[measure])})`)],
      ...results.map(({ thoughts, byDepth }) => [
        String(thoughts),
        ...byDepth.map(({ shares }) => cell(shares[measure])),
      ]),
    ],
    1,
  );
}

/** Shares under the names of what they measure. */
function named<T>(values: readonly T[], measures: readonly Measure[]): Record<string, T> {
  return Object.fromEntries(values.map((value, i) => [measures[i].name, value]));
}

/**
 * The best of every strategy but the search from the root itself, best first. The number of hops is chosen on the items
 * that it is then judged on.
 */
function bestShortcuts(heuristics: readonly HeuristicAccuracy[]): HeuristicAccuracy[] {
  const best = new Map<HeuristicName, HeuristicAccuracy>();
  for (const heuristic of heuristics) {
    if (heuristic.name === 'forwardFromRoot') continue;
    const known = best.get(heuristic.name);
    if (known === undefined || heuristic.accuracy > known.accuracy) best.set(heuristic.name, heuristic);
  }
  return [...best.values()].sort((a, b) => b.accuracy - a.accuracy);
}

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
    const { inspectItems, readItems } = await import('../../dataset/index.js');
    const [
      { checkItems },
      { evaluateItems, measuresOf },
      { heuristicWords },
      { openModel },
      { progressBar },
      { chooseItems },
      { followingOf },
    ] = await Promise.all([
      import('../check-items.js'),
      import('../../accuracy/index.js'),
      import('../inspect-text.js'),
      import('../open-model.js'),
      import('../progress.js'),
      import('../choose-items.js'),
      import('../../tokenizer/index.js'),
    ]);
    const file = await readItems(flags.items);
    const items = chooseItems(file, flags);
    const { model, wording, thoughts, engine } = await openModel(flags.model, flags.engine, context);
    const afters = flags.thoughts ?? Array.from({ length: thoughts + 1 }, (_, k) => k);
    checkItems(file.path, items, {
      config: model.config,
      wording,
      thoughts: Math.max(...afters),
      madeFor: thoughts,
      following: followingOf(wording),
      disjointNames: false,
    });
    const progress = progressBar(context, items.length, 'items');
    let results: ThoughtsAccuracy[] | undefined;
    try {
      results = await evaluateItems(model, items, wording, {
        counts: afters,
        batchSize: flags.batchSize,
        onProgress: (completed) => progress.update(completed),
        signal: context.io.signal,
      });
    } finally {
      progress.stop();
      model.dispose();
    }
    if (results === undefined) throw new InterruptedError('interrupted: an evaluation keeps nothing');
    const last = results.at(-1);
    if (last === undefined) throw new LensError('--thoughts', 'names no number', 'give at least one', 'usage');
    const { heuristics } = inspectItems(items);
    const measures = measuresOf(wording, model.config.vocabSize);
    const [accuracy] = last.shares;
    const method = intervalMethod(accuracy);
    const notes = measures.flatMap(({ words, note }) => (note === undefined ? [] : [`chance, ${words}: ${note}`]));
    const failed = flags.failUnder !== undefined && accuracy.value < flags.failUnder;
    const shortcuts = bestShortcuts(heuristics);
    return {
      json: {
        kind: 'evaluate',
        ...provenance(context, {
          config: {
            thoughts: results.map(({ thoughts: count }) => count),
            engine: engine.name,
            wording: wording.tokenizer.name,
          },
          engine,
          model: modelProvenance(flags.model, model, wording.tokenizer),
          items: { path: file.path, sha256: file.sha256, count: items.length, graphs: accuracy.clusters },
          warnings: model.weights.warnings ?? [],
        }),
        interval: method.long,
        answering: { ...wording.answering, suffix: wording.suffix },
        chance: named(
          measures.map(({ chance }) => chance),
          measures,
        ),
        results: results.map(({ thoughts: count, shares, byDepth }) => ({
          thoughts: count,
          ...named(shares, measures),
          byDepth: byDepth.map((entry) => ({ depth: entry.depth, ...named(entry.shares, measures) })),
        })),
        heuristics,
      },
      text: [
        `Accuracy of ${flags.model} on ${plural(items.length, 'item')} (${plural(accuracy.clusters, 'graph')}) of ${file.path}`,
        `[low, high]: ${method.short}`,
        accuracyTable(results, measures),
        ...notes,
        ...measures.flatMap(({ words, byDepth }, i) =>
          byDepth
            ? ['', `${words[0].toUpperCase()}${words.slice(1)}, by depth of the target`, depthTable(results, i)]
            : [],
        ),
        '',
        'Shortcuts that use no model, on the same items; ties count half. Where one searches, the best of 6 numbers of',
        'hops, chosen on these very items (data inspect lists all)',
        alignColumns(
          shortcuts.map((shortcut) => [
            `${heuristicWords(shortcut)}${shortcut.usesDecoy ? ' *' : ''}`,
            shortcut.accuracy.toFixed(3),
          ]),
          1,
        ),
        ...(shortcuts.some(({ usesDecoy }) => usesDecoy)
          ? ['* uses the decoy to find the other root: not open to a model that reads the question alone']
          : []),
      ].join('\n'),
      ...(failed
        ? {
            failedCheck: `accuracy after ${last.thoughts} thoughts is ${accuracy.value.toFixed(3)}, not at least ${flags.failUnder}`,
          }
        : {}),
    };
  },
});
