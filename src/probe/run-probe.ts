import { LensError } from '../errors.js';
import { describeBootstrap } from '../readout/index.js';
import { DEFAULT_FOLDS } from './folds.js';
import { DEFAULT_PENALTIES } from './nested.js';
import type { ProbeData } from './probe-data.js';
import { METRIC_OF, type LeftOut, type ProbeAtThought, type ProbeResult } from './probe-result.js';
import { runItemProbe } from './run-item-probe.js';
import { runNodeProbe, type ProbeOptions } from './run-node-probe.js';
import { controlWordsOf, type ProbeSpec } from './spec.js';
import type { ThoughtFits } from './thought-fits.js';

/**
 * Runs a probe over a recording: at every thought c a cross-fitted probe of the labels at step c, its control task on the
 * same thoughts, and what it must beat. Graphs never lie on both sides of a split; penalties are chosen inside.
 *
 * @param fits of `data`, by `prepareThoughts`
 * @param onThought called after each thought with how many are done
 * @throws LensError that names the probe, where a label is of the wrong kind, or at no thought both tasks have labels
 *   to tell apart
 */
export async function runProbe(
  spec: ProbeSpec,
  data: ProbeData,
  fits: ThoughtFits,
  options: ProbeOptions,
  onThought: (done: number) => void = () => undefined,
): Promise<ProbeResult> {
  const asked: readonly (number | null)[] =
    spec.kind === 'class' && spec.allThoughts === true ? [null] : data.designs.map((_, c) => c + 1);
  let done = 0;
  // All at once: fits wait for each other in a queue.
  const outcomes = await Promise.all(
    asked.map(async (thought) => {
      const outcome =
        spec.kind === 'node' && thought !== null
          ? await runNodeProbe(spec, data, fits, thought, options)
          : await runItemProbe(spec as Exclude<ProbeSpec, { kind: 'node' }>, data, thought, options);
      onThought(++done);
      return outcome;
    }),
  );
  const leftOut = outcomes.filter((outcome): outcome is LeftOut => 'reason' in outcome);
  const perThought = outcomes.filter((outcome): outcome is ProbeAtThought => !('reason' in outcome));
  if (perThought.length === 0) {
    throw new LensError(
      `probe ${spec.name}`,
      `${leftOut.at(0)?.reason ?? 'no thought'}, so there is nothing to tell apart at any thought`,
      'use other items, or another label',
    );
  }
  return {
    kind: 'probe',
    version: 1,
    items: data.items.length,
    graphs: data.graphCount,
    bootstrap: describeBootstrap(options),
    probe: spec.name,
    question: spec.question,
    probeKind: spec.kind,
    metric: METRIC_OF[spec.kind],
    controlTask: controlWordsOf(spec),
    reads: spec.reads ?? null,
    folds: options.folds ?? DEFAULT_FOLDS,
    penaltyPath: options.penalties ?? DEFAULT_PENALTIES,
    perThought,
    leftOut,
  };
}
