import { LensError } from '../errors.js';
import { jsonProblem, parseJsonDocument } from '../json-text.js';
import { engineLine } from '../engine-line.js';
import { readInput } from '../read-input.js';
import type { EngineInfo, EngineName } from '../tensor/index.js';
import type { PreparedRun, TrainingConfig, TrainingPlan, TrainingResult } from '../training/index.js';
import type { CommandContext } from './command.js';
import { TrainingPageFile } from './training-page-file.js';
import { TrainingWatch } from './training-watch.js';

/** The flags of `train`. */
export interface TrainFlags {
  readonly preset?: string | undefined;
  readonly config?: string | undefined;
  readonly method?: string | undefined;
  readonly detachThoughts: boolean;
  readonly items?: string | undefined;
  readonly validation?: string | undefined;
  readonly initFrom?: string | undefined;
  readonly seed: number;
  readonly resume: boolean;
  readonly engine?: EngineName | undefined;
}

/** What a training needs, read and with an engine. */
async function prepared(
  flags: TrainFlags,
  context: CommandContext,
): Promise<{ readonly run: PreparedRun; readonly engine: EngineInfo }> {
  const [{ useEngine }, { readItems }, { readGpt2 }] = await Promise.all([
    import('../tensor/index.js'),
    import('../dataset/index.js'),
    import('../checkpoint/index.js'),
  ]);
  const config = await configuration(flags);
  const items = flags.items === undefined ? undefined : await readItems(flags.items);
  const validation = flags.validation === undefined ? undefined : await readItems(flags.validation);
  const start = flags.initFrom === undefined ? undefined : await readGpt2(flags.initFrom);
  const engine = await useEngine(flags.engine);
  context.note(engineLine(engine));
  const { wording, english } = await wordingFor(config, flags.initFrom);
  const run = {
    config,
    seed: flags.seed,
    data: { items: items?.items, validation: validation?.items, english },
    wording,
    start,
    sources: {
      ...(items !== undefined && { items: items.sha256 }),
      ...(validation !== undefined && { validation: validation.sha256 }),
    },
    signal: context.io.signal,
  };
  return { run, engine };
}

/** Trains, and says on stderr how it goes. */
export async function trainRun(
  flags: TrainFlags & { readonly out: string; readonly watch: boolean },
  context: CommandContext,
): Promise<{ result: TrainingResult; engine: EngineInfo; seconds: number; warnings: string[] }> {
  const started = performance.now();
  const { runTraining } = await import('../training/index.js');
  const { run, engine } = await prepared(flags, context);
  const watch = new TrainingWatch(context);
  const page = new TrainingPageFile(flags.out, run, flags.watch, context);
  try {
    const result = await runTraining({
      ...run,
      out: flags.out,
      resume: flags.resume,
      onStep: (report) => watch.step(report),
      onMetrics: async (measurement) => {
        watch.metrics(measurement.metrics[measurement.metrics.length - 1]);
        await page.measured(measurement);
      },
    });
    await page.finish();
    return { result, engine, seconds: (performance.now() - started) / 1000, warnings: [] };
  } finally {
    watch.stop();
  }
}

/** Says what a training would take, by a few steps of each phase. */
export async function tryTraining(
  flags: TrainFlags,
  context: CommandContext,
): Promise<{ plan: TrainingPlan; engine: EngineInfo }> {
  const { planTraining } = await import('../training/index.js');
  const { run, engine } = await prepared(flags, context);
  return { plan: await planTraining(run), engine };
}

async function configuration(flags: TrainFlags): Promise<TrainingConfig> {
  const { parseTrainingConfig, PRESETS } = await import('../training/index.js');
  const { preset, config: path, method, detachThoughts } = flags;
  if ((preset === undefined) === (path === undefined)) {
    throw new LensError('train', 'needs either --preset or --config', 'give one of them', 'usage');
  }
  const [subject, given] =
    path === undefined ? [`preset ${preset}`, PRESETS[preset as keyof typeof PRESETS]] : [path, await readJson(path)];
  const base = parseTrainingConfig(subject, given);
  return parseTrainingConfig(subject, {
    ...base,
    ...(method !== undefined && { method }),
    ...(detachThoughts && { thoughts: { ...base.thoughts, detach: true } }),
  });
}

async function readJson(path: string): Promise<unknown> {
  const { reportingFileErrors } = await import('../checkpoint/index.js');
  const bytes = await reportingFileErrors(path, 'read', () => readInput(path));
  try {
    return parseJsonDocument(bytes.toString('utf8'));
  } catch (error) {
    throw new LensError(path, `not JSON (${jsonProblem(error)})`, 'correct it', 'usage', error);
  }
}

async function wordingFor(config: TrainingConfig, folder: string | undefined) {
  const { englishWording, GPT2_LATENT_TOKENS, gpt2Tokenizer, readTokenizer, spokenSymbolicWording, symbolicWording } =
    await import('../tokenizer/index.js');
  const { methodOf } = await import('../training/index.js');
  const method = methodOf(config);
  if (config.wording === 'symbolic')
    return { wording: method.name === 'cot' ? spokenSymbolicWording : symbolicWording, english: undefined };
  const markers = method.input !== undefined;
  const options = { latentTokens: markers ? GPT2_LATENT_TOKENS : null };
  const tokenizer =
    (folder === undefined ? undefined : await readTokenizer(folder, options)) ?? (await gpt2Tokenizer(options));
  const english = englishWording(tokenizer, { markers });
  return { wording: english, english };
}
