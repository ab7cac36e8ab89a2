import { basename } from 'node:path';
import { keepsNothing, LensError } from '../errors.js';
import type { PoolOptions } from '../parallel/index.js';
import type {
  BaselineRecording,
  NodeProbe,
  ProbeData,
  ProbeMatrix,
  ProbeOptions,
  ProbeResult,
  ProbeSpec,
} from '../probe/index.js';
import type { Recording } from '../recording/index.js';
import type { EngineName } from '../tensor/index.js';
import type { CommandContext } from './command.js';
import { isSymbolic } from './probe-tables.js';
import { openLens } from './open-lens.js';
import { startProgress } from './progress.js';

/** Where thoughts come from, and how probes are fitted. */
export interface ProbePlan {
  readonly recording: Recording;
  /** Other recordings of the same items. */
  readonly baselineRecordings?: readonly Recording[] | undefined;
  /** For probes that read an activation. */
  readonly modelFolder?: string | undefined;
  readonly batchSize: number;
  readonly engine?: EngineName | undefined;
  /** Where fits are done. */
  readonly pool: PoolOptions;
  readonly options: ProbeOptions & { readonly seed: number };
}

/**
 * What probes of one reading need: the recording's own thoughts, or what the model computes at the same places.
 *
 * @throws LensError if an activation is asked for without the model that made the recording
 */
async function probeDataFor(
  spec: ProbeSpec,
  { recording, modelFolder, batchSize, engine, options }: ProbePlan,
  context: CommandContext,
): Promise<ProbeData> {
  const { readActivations } = await import('../probe/index.js');
  const data = await recordedData(recording, options.seed);
  const { reads } = spec;
  if (reads === undefined) return data;
  const subject = `probe ${spec.name}`;
  if (modelFolder === undefined)
    throw new LensError(subject, `reads ${reads.activation}, which a recording does not hold`, 'give --model', 'usage');
  const lens = await openLens(modelFolder, engine, context);
  const { model, wording } = lens;
  try {
    if (model.weights.sha256 !== recording.metadata.model.sha256)
      throw new LensError(
        '--model',
        `${modelFolder} is not the model of ${recording.folder} (its weights have another hash)`,
        'give the model that was recorded',
        'usage',
      );
    const progress = startProgress(context, data.items.length, 'items');
    try {
      const designs = await readActivations(model, wording, data, reads, {
        batchSize,
        onProgress: (done) => progress.update(done),
        signal: context.io.signal,
      });
      return { ...data, designs };
    } finally {
      progress.stop();
    }
  } finally {
    lens.dispose();
  }
}

async function recordedData(recording: Recording, seed: number): Promise<ProbeData> {
  const { gatherProbeData } = await import('../probe/index.js');
  return gatherProbeData(recording.records('firstToken'), {
    seed,
    ids: isSymbolic(recording) ? 'token' : 'name',
    subject: recording.folder,
  });
}

/** Other models' thoughts, ready to be fitted; `dispose` of their fits. */
async function openBaselines(
  data: ProbeData,
  { baselineRecordings = [], options, pool }: ProbePlan,
): Promise<BaselineRecording[]> {
  const { checkBaselineRecording, prepareThoughts } = await import('../probe/index.js');
  const models = baselineRecordings.map(({ metadata }) => basename(metadata.model.path));
  const opened: BaselineRecording[] = [];
  for (const [i, recording] of baselineRecordings.entries()) {
    const other = await recordedData(recording, options.seed);
    checkBaselineRecording(data, recording.folder, other);
    const name = new Set(models).size === models.length ? models[i] : recording.folder;
    opened.push({ name, data: other, fits: prepareThoughts(other, options, pool) });
  }
  return opened;
}

/**
 * Runs probes one after the other, and prints each as it is ready; those that read the same share what is made of it.
 *
 * @throws InterruptedError where the user interrupted; what was printed stays
 */
export async function runProbes(
  specs: readonly ProbeSpec[],
  plan: ProbePlan,
  context: CommandContext,
): Promise<ProbeResult[]> {
  const { formatProbe } = await import('../probe/index.js');
  const results = new Map<ProbeSpec, ProbeResult>();
  let next = 0;
  let printed = 0;
  const keep = (spec: ProbeSpec, result: ProbeResult): void => {
    results.set(spec, result);
    // In their order, though those of one reading run together.
    while (next < specs.length) {
      const ready = results.get(specs[next]);
      if (ready === undefined) return;
      next++;
      if (context.print(formatProbe(ready))) printed++;
    }
  };
  const name = (): string => (printed === 0 ? 'a probe' : `${printed} of ${specs.length} probes are above; the rest`);
  await keepsNothing(name, context.io.signal, runAll(specs, plan, context, keep));
  return specs.flatMap((spec) => results.get(spec) ?? []);
}

async function runAll(
  specs: readonly ProbeSpec[],
  plan: ProbePlan,
  context: CommandContext,
  keep: (spec: ProbeSpec, result: ProbeResult) => void,
): Promise<void> {
  const { prepareThoughts, runProbe } = await import('../probe/index.js');
  const { signal } = context.io;
  let number = 0;
  for (const reading of new Set(specs.map(readingOf))) {
    const own = specs.filter((spec) => readingOf(spec) === reading);
    const data = await probeDataFor(own[0], plan, context);
    const baselineRecordings = own[0].reads === undefined ? await openBaselines(data, plan) : [];
    const thoughts = prepareThoughts(data, plan.options, plan.pool);
    const options = { ...plan.options, baselineRecordings, signal };
    try {
      for (const spec of own) {
        const words = specs.length === 1 ? '' : `, ${++number} of ${specs.length} probes`;
        const progress = startProgress(context, data.thoughts, `thoughts of ${spec.name}${words}`);
        const onThought = (done: number): void => {
          signal.throwIfAborted();
          progress.update(done);
        };
        try {
          progress.update(0);
          keep(spec, await runProbe(spec, data, thoughts, options, onThought));
        } finally {
          progress.stop();
        }
      }
    } finally {
      for (const fits of [thoughts, ...baselineRecordings.map((other) => other.fits)]) await fits.dispose();
    }
  }
}

/**
 * Runs a probe for every thought and every step.
 *
 * @throws InterruptedError where the user interrupted; nothing is kept
 */
export function runProbeMatrix(spec: NodeProbe, plan: ProbePlan, context: CommandContext): Promise<ProbeMatrix> {
  return keepsNothing('a probe', context.io.signal, matrixOf(spec, plan, context));
}

async function matrixOf(spec: NodeProbe, plan: ProbePlan, context: CommandContext): Promise<ProbeMatrix> {
  const { prepareThoughts, runMatrix } = await import('../probe/index.js');
  const data = await probeDataFor(spec, plan, context);
  const thoughts = prepareThoughts(data, plan.options, plan.pool);
  const progress = startProgress(context, data.thoughts ** 2, 'cells');
  try {
    progress.update(0);
    return await runMatrix(spec, data, thoughts, plan.options, (done) => {
      context.io.signal.throwIfAborted();
      progress.update(done);
    });
  } finally {
    progress.stop();
    await thoughts.dispose();
  }
}

function readingOf({ reads }: ProbeSpec): string {
  return JSON.stringify(reads ?? null);
}
