import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { flag, nonEmpty } from '../flags.js';
import { analysisProvenance } from '../../provenance.js';
import { fitFlags } from './probe-run.js';

export const probeMatrix = defineCommand({
  name: 'probe matrix',
  summary: 'a node probe for every thought and every step: does step d stand out at thought d?',
  positional: 'name',
  flags: {
    name: flag(nonEmpty(), 'a probe of nodes', '<name>'),
    ...fitFlags,
  },
  examples: ['probe matrix frontier --recording out/demo/recording'],
  async run(flags, context) {
    const [{ openRecording }, { formatMatrix }, { useEngine }, folder, { runProbeMatrix }, tables] = await Promise.all([
      import('../../recording/index.js'),
      import('../../probe/index.js'),
      import('../../tensor/index.js'),
      import('../probe-folder.js'),
      import('../probe-run.js'),
      import('../probe-tables.js'),
    ]);
    await tables.checkTables(flags);
    const [spec] = folder.chooseProbes(await folder.probesOf(flags.probes), [flags.name]);
    if (spec.kind !== 'node')
      throw new LensError(
        `probe ${spec.name}`,
        `asks about items (kind: ${spec.kind})`,
        'name a probe of nodes',
        'usage',
      );
    const recording = await openRecording(flags.recording);
    await useEngine(flags.engine);
    const { seed, resamples, folds, batchSize, engine, model: modelFolder } = flags;
    const warnings = tables.numberingWarnings(recording);
    for (const warning of warnings) context.note(`warning: ${warning}`);
    const pool = { workers: flags.jobs ?? context.io.threads, signal: context.io.signal };
    const plan = { recording, modelFolder, batchSize, engine, pool, options: { seed, resamples, folds } };
    const matrix = await runProbeMatrix(spec, plan, context);
    const origin = analysisProvenance(context, recording, { seed, resamples });
    const provenance = { ...origin, warnings: [...origin.warnings, ...warnings] };
    await tables.writeTables(flags, [matrix], { ...provenance, metadata: recording.metadata }, context);
    return {
      json: { kind: 'probe-matrix', version: 1, ...provenance, metadata: recording.metadata, matrix },
      text: formatMatrix(matrix),
    };
  },
});
