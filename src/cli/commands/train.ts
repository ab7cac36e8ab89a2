import { z } from 'zod';
import { alignColumns } from '../../align-columns.js';
import { InterruptedError, LensError } from '../../errors.js';
import type { TrainingPlan } from '../../training/index.js';
import { defineCommand } from '../command.js';
import { engineFlag, flag, nonEmpty, wholeNumber } from '../flags.js';
import { provenance } from '../../provenance.js';
import { duration } from '../progress.js';
import { METHOD_NAMES, PRESET_NAMES } from '../training-names.js';

export const train = defineCommand({
  name: 'train',
  summary: 'train a model: Coconut, or one of its controls',
  flags: {
    preset: flag(
      z.enum(PRESET_NAMES, `expected one of ${PRESET_NAMES.join(', ')}`).optional(),
      `a configuration: ${PRESET_NAMES.join(', ')}`,
      '<name>',
    ),
    config: flag(nonEmpty().optional(), 'a configuration of your own, in place of a preset', '<file.json>'),
    method: flag(
      z.enum(METHOD_NAMES, `expected one of ${METHOD_NAMES.join(', ')}`).optional(),
      `in place of the configuration's: ${METHOD_NAMES.join(', ')}`,
      '<name>',
    ),
    detachThoughts: flag(z.boolean().default(false), 'let no gradient flow through the thoughts'),
    items: flag(nonEmpty().optional(), 'training items, for configurations that draw no graphs', '<file.json>'),
    validation: flag(nonEmpty().optional(), 'items to measure accuracy on, likewise', '<file.json>'),
    initFrom: flag(nonEmpty().optional(), 'model folder whose weights to begin with; default: random weights', '<dir>'),
    out: flag(
      nonEmpty().optional(),
      'folder to make: the model, its metrics, its last checkpoint, training.html',
      '<dir>',
    ),
    seed: flag(wholeNumber().default(0), 'of weights and data', '<n>'),
    resume: flag(z.boolean().default(false), 'go on with an interrupted training'),
    watch: flag(
      z.boolean().default(false),
      'write the page at every measurement, not only at the end; open it, and it loads itself anew',
    ),
    dryRun: flag(
      z.boolean().default(false),
      'write nothing: say what it takes in steps, tokens, memory and time, by a few steps of each phase',
    ),
    engine: engineFlag,
  },
  examples: ['train --preset small --method coconut --seed 1 --out out/small', 'train --preset full --dry-run'],
  async run(flags, context) {
    const { trainRun, tryTraining } = await import('../train-run.js');
    if (flags.dryRun) {
      const { plan, engine } = await tryTraining(flags, context);
      return {
        json: { kind: 'train-plan', ...provenance(context, { seed: flags.seed, engine }), ...plan },
        text: planText(plan),
      };
    }
    const { out } = flags;
    if (out === undefined) throw new LensError('--out', 'is missing', 'name a folder, or pass --dry-run', 'usage');
    const { result, engine, seconds, warnings } = await trainRun({ ...flags, out }, context);
    const { finished, steps, resumedFrom, accuracy, sha256 } = result;
    if (!finished) {
      const again = flags.resume ? context.commandLine : `${context.commandLine} --resume`;
      throw new InterruptedError(`interrupted after step ${steps}, which is kept; go on with: ${again}`);
    }
    return {
      json: {
        kind: 'train',
        ...provenance(context, { seed: flags.seed, engine, warnings }),
        folder: out,
        steps,
        resumedFrom,
        seconds,
        accuracy: accuracy ?? null,
        model: { path: out, sha256, config: result.model },
      },
      text: `${out}: ${steps} steps, accuracy ${accuracy?.toFixed(3) ?? 'not measured'} on the last validation questions (${seconds.toFixed(0)} s)`,
    };
  },
});

/** A line for each phase, and what all take together. */
function planText({ phases, parameters, bytes, seconds }: TrainingPlan): string {
  const rows = phases.map(({ name, steps, questions, positions, msPerStep }) => [
    name,
    String(steps),
    String(questions),
    String(positions),
    msPerStep.toFixed(0),
    duration((steps * msPerStep) / 1000),
  ]);
  const head = ['phase', 'steps', 'questions a step', 'tokens a step', 'ms a step', 'time'];
  return [
    alignColumns([head, ...rows], 1),
    '',
    `${parameters} parameters, ${(bytes / 2 ** 20).toFixed(0)} MiB of memory, ${duration(seconds)} in all, without validation; phases may end sooner`,
  ].join('\n');
}
