import { z } from 'zod';
import { alignColumns } from '../../align-columns.js';
import type { Readout } from '../../readout/index.js';
import { READOUTS, type ReadoutName } from '../../readout/readouts.js';
import { defineCommand } from '../command.js';
import {
  engineFlag,
  flag,
  itemFlags,
  maxNewTokensFlag,
  nonEmpty,
  resamplesFlag,
  tableFlags,
  wholeNumber,
} from '../flags.js';
import { modelProvenance, provenance } from '../../provenance.js';
import { openLens } from '../open-lens.js';
import { startProgress } from '../progress.js';

const NAMES = Object.keys(READOUTS) as [ReadoutName, ...ReadoutName[]];

export const readout = defineCommand({
  name: 'readout',
  summary: 'one of the published analyses of a model: what it says, values, attention, beliefs, by number of thoughts',
  positional: 'name',
  flags: {
    name: flag(z.enum(NAMES, `expected one of ${NAMES.join(', ')}`), `one of ${NAMES.join(', ')}`, '<name>'),
    model: flag(nonEmpty(), 'folder with config.json and model.safetensors', '<dir>'),
    items: flag(nonEmpty(), 'items in the official ProsQA form', '<file.json>'),
    thoughts: flag(wholeNumber(1).optional(), "thoughts per item; default: the model's own number", '<k>'),
    layer: flag(
      wholeNumber().optional(),
      'layer, from 0, for readouts of one layer (edge-attention); default: the last',
      '<l>',
    ),
    maxNewTokens: maxNewTokensFlag,
    batchSize: flag(wholeNumber(1).default(16), 'items that go through the model at once', '<n>'),
    ...itemFlags,
    ...tableFlags,
    resamples: resamplesFlag,
    seed: flag(wholeNumber().default(0), 'seed of the bootstrap', '<n>'),
    engine: engineFlag,
  },
  examples: [
    'readout interpolation --model fixtures/models/prosqa-coconut --items fixtures/prosqa/demo.json',
    'readout interpolation --model fixtures/models/prosqa-coconut --items fixtures/prosqa/demo.json --limit 20 --json',
  ],
  async details() {
    const rooms: readonly { readonly readout: Readout }[] = await Promise.all(NAMES.map((name) => READOUTS[name]()));
    return `Readouts:\n${alignColumns(
      rooms.map(({ readout: { name, title } }) => [`  ${name}`, title]),
      2,
    )}`;
  },
  async run(flags, context) {
    const [{ readItems }, { chooseItems }, { readoutOfItems }, { checkTables }, { writeCsv }] = await Promise.all([
      import('../../dataset/index.js'),
      import('../choose-items.js'),
      import('../../lens/index.js'),
      import('../probe-tables.js'),
      import('../write-csv.js'),
    ]);
    const { name, csv, arrow, seed, resamples, batchSize, layer } = flags;
    await checkTables(flags);
    const file = await readItems(flags.items);
    const items = chooseItems(file, flags);
    const lens = await openLens(flags.model, flags.engine, context);
    const thoughts = flags.thoughts ?? lens.thoughts;
    const progress = startProgress(context, items.length, 'items');
    const { result, rows, text } = await readoutOfItems(
      lens,
      name,
      { ...file, items },
      {
        thoughts,
        layer,
        maxNewTokens: flags.maxNewTokens,
        seed,
        resamples,
        batchSize,
        onProgress: (completed) => progress.update(completed),
        signal: context.io.signal,
      },
    ).finally(() => {
      progress.stop();
      lens.dispose();
    });
    const { model, wording, engine, warnings } = lens;
    const origin = provenance(context, {
      config: { thoughts, engine: engine.name, wording: wording.tokenizer.name },
      seed,
      engine,
      model: modelProvenance(flags.model, model, wording.tokenizer),
      items: { path: file.path, sha256: file.sha256, count: items.length, graphs: result.graphs },
      warnings,
    });
    if (csv !== undefined) {
      await writeCsv(csv, rows, 'readout-csv', { readout: name, ...origin }, context);
    }
    if (arrow !== undefined) {
      const { writeArrow } = await import('../write-arrow.js');
      await writeArrow(arrow, rows, { kind: 'readout-arrow', readout: name, ...origin }, context);
    }
    return { json: { kind: 'readout', name, ...origin, readout: result }, text };
  },
});
