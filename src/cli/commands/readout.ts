import { z } from 'zod';
import { alignColumns } from '../../align-columns.js';
import { forEachBatch } from '../../batches.js';
import { InterruptedError, LensError } from '../../errors.js';
import type { Readout } from '../../readout/index.js';
import { READOUTS, type ReadoutName } from '../../readout/readouts.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, itemFlags, nonEmpty, resamplesFlag, wholeNumber } from '../flags.js';
import { modelProvenance, provenance } from '../../provenance.js';
import { openLens } from '../open-lens.js';

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
    batchSize: flag(wholeNumber(1).default(16), 'items that go through the model at once', '<n>'),
    ...itemFlags,
    csv: flag(
      nonEmpty().optional(),
      'also write every number to this file, and its provenance to <file>.json',
      '<file>',
    ),
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
    const { readItems } = await import('../../dataset/index.js');
    const [{ chooseItems }, { progressBar }, { readoutRows }, files] = await Promise.all([
      import('../choose-items.js'),
      import('../progress.js'),
      import('../../readout/index.js'),
      import('../../write-file.js'),
    ]);
    const { name, csv, seed, resamples, batchSize, layer } = flags;
    if (csv !== undefined) await files.refuseFolder(csv);
    const { readout }: { readonly readout: Readout } = await READOUTS[name]();
    if (layer !== undefined && readout.options?.includes('layer') !== true) {
      throw new LensError('--layer', `means nothing to ${name} (${layer})`, 'leave it out', 'usage');
    }
    const file = await readItems(flags.items);
    const items = chooseItems(file, flags);
    const lens = await openLens(flags.model, flags.engine, context);
    const { model, wording, engine, thoughts: madeFor } = lens;
    lens.requireDepths();
    const thoughts = flags.thoughts ?? madeFor;
    if (thoughts < 1) throw new LensError('--thoughts', `nothing to read (${thoughts})`, 'ask for at least 1', 'usage');
    lens.requireRoom(file.path, items, thoughts, readout.following(wording, items), readout.wholeNames);
    const reading = readout.begin();
    const progress = progressBar(context, items.length, 'items');
    try {
      const isComplete = await forEachBatch(
        items,
        { batchSize, signal: context.io.signal, onProgress: (done) => progress.update(done) },
        async (batch) => {
          for (const own of await readout.observe(model, batch, wording, { thoughts, layer })) reading.add(own);
        },
      );
      if (!isComplete) throw new InterruptedError('interrupted: a readout keeps nothing');
    } finally {
      progress.stop();
      model.dispose();
    }
    const result = reading.finish({ seed, resamples });
    const origin = provenance(context, {
      config: { thoughts, engine: engine.name, wording: wording.tokenizer.name },
      seed,
      engine,
      model: modelProvenance(flags.model, model, wording.tokenizer),
      items: { path: file.path, sha256: file.sha256, count: items.length, graphs: result.graphs },
      warnings: lens.warnings,
    });
    if (csv !== undefined) {
      const { writeCsv } = await import('../write-csv.js');
      await writeCsv(csv, (readout.rows ?? readoutRows)(result), 'readout-csv', { readout: name, ...origin }, context);
    }
    return { json: { kind: 'readout', name, ...origin, readout: result }, text: readout.table(result).trimEnd() };
  },
});
