import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { flag, nonEmpty, paths, resamplesFlag, wholeNumber } from '../flags.js';

export const report = defineCommand({
  name: 'report',
  summary: 'write a recording, or results of claim, as one HTML page: provenance, drawings, tables',
  flags: {
    recording: flag(nonEmpty().optional(), 'folder made by record', '<dir>'),
    baseline: flag(nonEmpty().optional(), 'second recording of the same items, drawn next to the first', '<dir>'),
    claim: flag(
      paths.optional(),
      "results of claim, instead of a recording (a comma in a path: '\\,')",
      '<claim.json,...>',
    ),
    out: flag(nonEmpty(), 'file to write', '<file.html>'),
    item: flag(nonEmpty().optional(), 'id of the item to draw; default: the first', '<id>'),
    resamples: resamplesFlag,
    seed: flag(wholeNumber().default(0), 'seed of the bootstrap', '<n>'),
  },
  examples: [
    'report --recording out/demo/recording --out out/report.html',
    'report --recording out/demo/recording --out out/report.html --item 7',
    'report --recording out/demo/recording --baseline out/other/recording --out out/report.html',
  ],
  abandoned: true,
  async run(flags, context) {
    const { recording: recordingFolder, baseline: baselineFolder, claim, out, item, resamples, seed } = flags;
    if (claim !== undefined) {
      if (recordingFolder !== undefined)
        throw new LensError('--claim', 'and --recording cannot both be reported', 'give one of them', 'usage');
      if (baselineFolder !== undefined)
        throw new LensError('--baseline', 'means nothing to results of claim', 'leave it out', 'usage');
      if (item !== undefined)
        throw new LensError('--item', `means nothing to results of claim (${item})`, 'leave it out', 'usage');
      const { writeClaimReport } = await import('../../lens/index.js');
      const { provenance, results } = await writeClaimReport({ files: claim, out, invocation: context });
      return { json: { kind: 'report', out, ...provenance, results }, text: out };
    }
    if (recordingFolder === undefined)
      throw new LensError('--recording', 'is missing, and so is --claim', 'give one of them', 'usage');
    const { writeReport } = await import('../../lens/index.js');
    const { provenance, recording, baseline, readout } = await writeReport({
      recordingFolder,
      baselineFolder,
      out,
      item,
      resamples,
      seed,
      invocation: context,
    });
    const baselineOrigin = baseline && {
      baseline: { folder: baseline.folder, files: baseline.files, metadata: baseline.metadata },
    };
    return {
      json: { kind: 'report', out, ...provenance, ...baselineOrigin, metadata: recording.metadata, readout },
      text: out,
    };
  },
});
