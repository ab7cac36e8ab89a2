import { z } from 'zod';
import { InterruptedError, LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, itemFlags, nonEmpty, resamplesFlag, wholeNumber } from '../flags.js';
import { modelProvenance, provenance } from '../../provenance.js';
import { openLens } from '../open-lens.js';
import { READOUT_NAMES } from '../readout-names.js';

export const readout = defineCommand({
  name: 'readout',
  summary: 'one of the published analyses of a model: what it says, values, attention, beliefs, by number of thoughts',
  positional: 'name',
  flags: {
    name: flag(
      z.enum(READOUT_NAMES, `expected one of ${READOUT_NAMES.join(', ')}`),
      `one of ${READOUT_NAMES.join(', ')}`,
      '<name>',
    ),
    model: flag(nonEmpty(), 'folder with config.json and model.safetensors', '<dir>'),
    items: flag(nonEmpty(), 'items in the official ProsQA form', '<file.json>'),
    thoughts: flag(wholeNumber(1).optional(), "thoughts per item; default: the model's own number", '<k>'),
    layer: flag(wholeNumber().optional(), 'with edge-attention: layer, from 0; default: the last', '<l>'),
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
  async run(flags, context) {
    const { readItems } = await import('../../dataset/index.js');
    const [{ chooseItems }, { progressBar }, { RUNNABLE }, files] = await Promise.all([
      import('../choose-items.js'),
      import('../progress.js'),
      import('../readouts.js'),
      import('../../write-file.js'),
    ]);
    const { name, csv, seed, resamples, batchSize } = flags;
    if (csv !== undefined) await files.refuseFolder(csv);
    if (flags.layer !== undefined && name !== 'edge-attention') {
      throw new LensError('--layer', `means nothing to ${name} (${flags.layer})`, 'leave it out', 'usage');
    }
    const file = await readItems(flags.items);
    const items = chooseItems(file, flags);
    const lens = await openLens(flags.model, flags.engine, context);
    const { model, wording, engine, thoughts: madeFor } = lens;
    lens.requireDepths();
    const thoughts = flags.thoughts ?? madeFor;
    if (thoughts < 1) throw new LensError('--thoughts', `nothing to read (${thoughts})`, 'ask for at least 1', 'usage');
    const readout = RUNNABLE[name];
    const following = readout.following(wording, items);
    lens.requireRoom(file.path, items, thoughts, following, readout.wholeNames);
    const options = { thoughts, layer: flags.layer };
    const running = readout.start();
    const progress = progressBar(context, items.length, 'items');
    try {
      progress.update(0);
      for (let from = 0; from < items.length; from += batchSize) {
        if (context.io.signal.aborted) throw new InterruptedError('interrupted: a readout keeps nothing');
        const batch = items.slice(from, from + batchSize);
        await running.observe(model, batch, wording, options);
        progress.update(from + batch.length);
      }
    } finally {
      progress.stop();
      model.dispose();
    }
    const { result, rows, text } = running.finish({ seed, resamples });
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
      await writeCsv(csv, rows, 'readout-csv', { readout: name, ...origin }, context);
    }
    return { json: { kind: 'readout', name, ...origin, readout: result }, text: text.trimEnd() };
  },
});
