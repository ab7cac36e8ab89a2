import { z } from 'zod';
import { plural } from '../../plural.js';
import { provenance } from '../../provenance.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, itemFlags, nonEmpty, wholeNumber } from '../flags.js';
import { openLens } from '../open-lens.js';
import { recordWith } from '../record-with.js';

export const record = defineCommand({
  name: 'record',
  summary: 'run a model over items and store every continuous thought',
  flags: {
    model: flag(nonEmpty(), 'folder with config.json and model.safetensors', '<dir>'),
    items: flag(nonEmpty(), 'items in the official ProsQA form', '<file.json>'),
    out: flag(nonEmpty(), 'folder to make', '<dir>'),
    thoughts: flag(wholeNumber(1).optional(), "thoughts per item; default: the model's own number", '<k>'),
    batchSize: flag(wholeNumber(1).default(16), 'items that go through the model at once', '<n>'),
    scorer: flag(
      z.enum(['firstToken', 'sequence']).default('firstToken'),
      'read nodes at each thought by the first token of their names, or after the thoughts by all tokens',
      '<name>',
    ),
    prefix: flag(
      z.string().optional(),
      "with --scorer sequence: text between the thoughts' end and a name; default: Every (English), none (symbolic)",
      '<text>',
    ),
    ...itemFlags,
    seed: flag(wholeNumber().default(0), 'kept with the recording', '<n>'),
    resume: flag(z.boolean().default(false), 'go on with an interrupted recording; a finished one stays'),
    overwrite: flag(
      z.boolean().default(false),
      'replace a recording of the same name, and start an interrupted one afresh',
    ),
    engine: engineFlag,
  },
  examples: [
    'record --model fixtures/models/constructed-bfs --items fixtures/prosqa/demo.json --out out/recording',
    'record --model fixtures/models/constructed-bfs --items fixtures/prosqa/demo.json --out out/recording --resume',
  ],
  async run(flags, context) {
    const { readItems } = await import('../../dataset/index.js');
    const { chooseItems } = await import('../choose-items.js');
    const { thoughts, batchSize, scorer, prefix, seed, resume, overwrite } = flags;
    const file = await readItems(flags.items);
    const items = chooseItems(file, flags);
    const lens = await openLens(flags.model, flags.engine, context);
    const again = resume ? context.commandLine : `${context.commandLine} --resume`;
    const { folder, resumedFrom, seconds, metadata, files } = await recordWith(
      lens,
      { ...file, items },
      flags.out,
      { thoughts, batchSize, scorer, prefix, seed, resume, overwrite },
      `go on with: ${again}`,
      context,
    );
    return {
      json: {
        kind: 'record',
        ...provenance(context, { ...metadata, recording: { folder, files } }),
        thoughts: metadata.thoughts,
        resumedFrom,
        seconds,
      },
      text: `${folder}: ${plural(items.length, 'item')}, ${plural(metadata.thoughts, 'thought')} each (${seconds.toFixed(1)} s)`,
    };
  },
});
