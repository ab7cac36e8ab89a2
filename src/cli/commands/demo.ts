import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { abandonAt } from '../abandon.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, nonEmpty } from '../flags.js';
import { openLens } from '../open-lens.js';
import { recordWith } from '../record-with.js';
import { plural } from '../../plural.js';

/** A file of this package, as a path from where the user is if that is shorter. */
function packaged(path: string): string {
  const absolute = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const fromHere = relative(process.cwd(), absolute);
  return fromHere.startsWith('..') ? absolute : fromHere;
}

export const demo = defineCommand({
  name: 'demo',
  summary: 'record, read and report a model that is known to search breadth-first',
  flags: {
    out: flag(nonEmpty().default('out/demo'), 'folder for the recording and the report', '<dir>'),
    engine: engineFlag,
  },
  examples: ['demo', 'demo --out out/first-look'],
  async run(flags, context) {
    const { out, engine } = flags;
    const { readItems } = await import('../../dataset/index.js');
    const { formatAucTable, formatFrontierTable } = await import('../../readout/index.js');
    const { writeReport } = await import('../../lens/index.js');
    const { checkOutputs } = await import('../../write-file.js');
    const recordingFolder = join(out, 'recording');
    const reportFile = join(out, 'report.html');
    await checkOutputs(reportFile);
    const file = await readItems(packaged('fixtures/prosqa/demo.json'));
    const lens = await openLens(packaged('fixtures/models/constructed-bfs'), engine, context);
    const again = `start again with: ${context.commandLine}`;
    const { seconds, metadata } = await recordWith(lens, file, recordingFolder, { overwrite: true }, again, context);
    const { thoughts, items } = metadata;
    context.note(
      `recorded ${plural(items.count, 'item')}, ${plural(thoughts, 'thought')} each, in ${seconds.toFixed(1)} s`,
    );
    const plan = { recordingFolder, out: reportFile, resamples: 2000, seed: 0, invocation: context };
    const { provenance, recording, readout } = await abandonAt(
      context.io.signal,
      `interrupted: the recording is whole, the report is not written; ${again}`,
      () => writeReport(plan),
    );
    return {
      json: { kind: 'demo', report: reportFile, ...provenance, metadata: recording.metadata, readout },
      text: [
        formatFrontierTable(readout),
        formatAucTable(readout),
        `recording  ${recordingFolder}`,
        `report     ${reportFile}`,
      ].join('\n'),
    };
  },
});
