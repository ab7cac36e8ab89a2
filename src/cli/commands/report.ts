import { defineCommand } from '../command.js';
import { flag, nonEmpty, resamplesFlag, wholeNumber } from '../flags.js';

export const report = defineCommand({
  name: 'report',
  summary: 'write a recording as one HTML page: provenance, drawings, tables',
  flags: {
    recording: flag(nonEmpty(), 'folder made by record', '<dir>'),
    beside: flag(nonEmpty().optional(), 'second recording of the same items, drawn beside the first', '<dir>'),
    out: flag(nonEmpty(), 'file to write', '<file.html>'),
    item: flag(nonEmpty().optional(), 'id of the item to draw; default: the first', '<id>'),
    resamples: resamplesFlag,
    seed: flag(wholeNumber().default(0), 'seed of the bootstrap', '<n>'),
  },
  examples: [
    'report --recording out/demo/recording --out out/report.html',
    'report --recording out/demo/recording --out out/report.html --item 7',
    'report --recording out/demo/recording --beside out/other/recording --out out/report.html',
  ],
  async run(flags, context) {
    const { recording: recordingFolder, beside: besideFolder, out, item, resamples, seed } = flags;
    const { reportRun } = await import('../report-run.js');
    const { provenance, recording, beside, readout } = await reportRun({
      recordingFolder,
      besideFolder,
      out,
      item,
      resamples,
      seed,
      context,
    });
    const besideOrigin = beside && {
      beside: { folder: beside.folder, files: beside.files, metadata: beside.metadata },
    };
    return {
      json: { kind: 'report', out, ...provenance, ...besideOrigin, metadata: recording.metadata, readout },
      text: out,
    };
  },
});
