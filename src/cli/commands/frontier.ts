import { z } from 'zod';
import { READOUTS } from '../../readout/readouts.js';
import { defineCommand } from '../command.js';
import { flag, nonEmpty, resamplesFlag, tableFlags, wholeNumber } from '../flags.js';
import { analysisProvenance } from '../../provenance.js';

export const frontier = defineCommand({
  name: 'frontier',
  summary: 'compare what the thoughts of a recording hold of each node with breadth-first search',
  flags: {
    recording: flag(nonEmpty(), 'folder made by record', '<dir>'),
    scorer: flag(
      z.enum(['firstToken', 'sequence']).optional(),
      'read nodes by the first token of their names, or by all tokens; default: as recorded',
      '<name>',
    ),
    ...tableFlags,
    published: flag(z.boolean().default(false), 'also print the nested groups of arXiv 2505.12514'),
    resamples: resamplesFlag,
    seed: flag(wholeNumber().default(0), 'seed of the bootstrap', '<n>'),
  },
  examples: ['frontier --recording out/demo/recording', 'frontier --recording out/demo/recording --json'],
  abandoned: true,
  async run(flags, context) {
    const { recording: folder, scorer, csv, arrow, published, resamples, seed } = flags;
    const [
      { openRecording },
      { formatPublishedTable, frontierRows },
      { readout: definition },
      { checkTables },
      { writeCsv },
    ] = await Promise.all([
      import('../../recording/index.js'),
      import('../../readout/index.js'),
      READOUTS.frontier(),
      import('../probe-tables.js'),
      import('../write-csv.js'),
    ]);
    await checkTables(flags);
    const recording = await openRecording(folder);
    const { metadata } = recording;
    const reading = definition.begin();
    for await (const record of recording.records(scorer)) reading.add(record);
    const readout = reading.finish({ seed, resamples });
    const provenance = analysisProvenance(context, recording, { scorer: readout.scorer, seed, resamples });
    if (csv !== undefined) {
      await writeCsv(csv, frontierRows(readout), 'frontier-csv', { ...provenance, metadata }, context);
    }
    if (arrow !== undefined) {
      const { writeArrow } = await import('../write-arrow.js');
      await writeArrow(arrow, frontierRows(readout), { kind: 'frontier-arrow', ...provenance, metadata }, context);
    }
    const tables = [definition.table(readout), ...(published ? [formatPublishedTable(readout)] : [])];
    return {
      json: { kind: 'frontier', ...provenance, metadata, readout },
      text: tables.join('\n').trimEnd(),
    };
  },
});
