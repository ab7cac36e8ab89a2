import { InterruptedError, LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { flag, nonEmpty } from '../flags.js';
import { progressBar } from '../progress.js';
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
    const [{ openRecording }, { formatMatrix, prepareThoughts, runMatrix }, { useEngine }, folder, run, tables] =
      await Promise.all([
        import('../../recording/index.js'),
        import('../../probe/index.js'),
        import('../../tensor/index.js'),
        import('../probe-folder.js'),
        import('../probe-run.js'),
        import('../probe-tables.js'),
      ]);
    await tables.refuseFolders(flags);
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
    const jobs = run.jobsFor(flags.jobs, context);
    const plan = { recording, modelFolder, batchSize, engine, jobs, options: { seed, resamples, folds } };
    const data = await run.probeDataFor(spec, plan, context);
    const thoughts = prepareThoughts(data, plan.options, plan.jobs);
    const progress = progressBar(context, data.thoughts ** 2, 'cells');
    try {
      const matrix = await runMatrix(spec, data, thoughts, plan.options, (done) => {
        if (context.io.signal.aborted) throw new InterruptedError('interrupted: a probe keeps nothing');
        progress.update(done);
      });
      const origin = analysisProvenance(context, recording, { seed, resamples });
      const provenance = { ...origin, warnings: [...origin.warnings, ...warnings] };
      await tables.writeTables(flags, [matrix], { ...provenance, metadata: recording.metadata }, context);
      return {
        json: { kind: 'probe-matrix', version: 1, ...provenance, metadata: recording.metadata, matrix },
        text: formatMatrix(matrix),
      };
    } finally {
      progress.stop();
      await thoughts.dispose();
    }
  },
});
