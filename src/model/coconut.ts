import { gpt2TensorShapes, readGpt2, type Gpt2Config, type Gpt2Weights } from '../checkpoint/index.js';
import { LensError } from '../errors.js';
import type { HostTensor } from '../tensor/index.js';
import { activationNames, selectAll, type ActivationSelector } from './activations.js';
import { generateAfter, type GenerateOptions, type Generation } from './generate.js';
import { size } from './host-arrays.js';
import { hookTap, type Hook } from './hooks.js';
import { checkCount, checkRoom, checkTokens, type Prompts } from './prompts.js';
import { Recorder } from './recorder.js';
import { replay, type Replay, type ReplayOptions } from './replay.js';
import { readAfter, rollOut, stackThoughts, type ReplaceThought, type Rollout } from './rollout.js';
import { Runtime } from './runtime.js';
import { scoreAfter, type Continuations, type ContinuationScore, type ScoreOptions } from './score.js';
import type { Tap } from './tap.js';
import type { ThoughtTrace } from './trace.js';

/** What a model is made of; `readGpt2` gives more, tests and constructions may give just this. */
export type CoconutWeights = Pick<Gpt2Weights, 'config' | 'tensors'> & Partial<Gpt2Weights>;

export interface ThinkOptions {
  /** k, the number of continuous thoughts; 0 for none. */
  readonly thoughts: number;
  /** Patches or supplies thoughts, see `supplyThoughts`. */
  readonly replaceThought?: ReplaceThought | undefined;
}

export interface RunOptions extends ThinkOptions {
  /** Whether to read the thoughts through the LM head. Default false. */
  readonly thoughtLogits?: boolean | undefined;
}

export interface SuffixOptions extends ThinkOptions {
  /** Tokens read after the last thought, in the same pass: `[A]`, or `<|end-latent|>`. Default none. */
  readonly suffix?: readonly number[] | undefined;
}

export interface TraceOptions extends SuffixOptions {
  /** Which activations to keep. Default none: a trace of thoughts and final logits. */
  readonly activations?: ActivationSelector | readonly ActivationSelector[] | undefined;
  /** Whether to read the thoughts through the LM head. Default false. */
  readonly thoughtLogits?: boolean | undefined;
}

export interface HookOptions extends TraceOptions {
  readonly hooks: readonly Hook[];
}

/**
 * A GPT-2 used as Coconut (arXiv 2412.06769): it reads a prompt, thinks k continuous thoughts, each the last hidden
 * state after ln_f fed back in place of a token embedding, and goes on in language. Programs are compiled for the
 * shapes met and kept until `dispose`.
 */
export class Coconut {
  readonly config: Gpt2Config;
  private readonly runtime: Runtime;

  /** @internal `createCoconut` checks the weights first. */
  constructor(readonly weights: CoconutWeights) {
    this.config = weights.config;
    this.runtime = new Runtime(weights);
  }

  /**
   * Latent mode: reads the prompts and computes k thoughts, in k passes (one if k is 0). What follows the thoughts is
   * asked of the result, as often as wanted and after any number of them.
   *
   * @param prompts token ids, each of its own length
   */
  async run(prompts: Prompts, options: RunOptions): Promise<CoconutRun> {
    return this.start(prompts, options, 0);
  }

  /**
   * Logits of the token after prompt, k thoughts and suffix.
   *
   * @returns [batch, V]
   */
  async nextTokenLogits(prompts: Prompts, options: SuffixOptions): Promise<HostTensor> {
    const run = await this.start(prompts, options, options.suffix?.length ?? 0);
    return run.nextTokenLogits(options.thoughts, options.suffix);
  }

  /** Language mode after k thoughts and a suffix. */
  async generate(prompts: Prompts, options: ThinkOptions & GenerateOptions): Promise<Generation> {
    checkCount('maxNewTokens', options.maxNewTokens, 1);
    const run = await this.start(prompts, options, (options.suffix?.length ?? 0) + options.maxNewTokens - 1);
    return run.generate(options.thoughts, options);
  }

  /**
   * Runs prompt, thoughts and suffix, and keeps what is asked for. Without thoughts the suffix is read with the prompt,
   * in pass 0.
   *
   * @throws LensError if a selector picks nothing
   */
  async runWithTrace(prompts: Prompts, options: TraceOptions): Promise<ThoughtTrace> {
    return this.traced(prompts, options);
  }

  /**
   * The same with hooks, which read or replace activations during this call alone. Slower: nothing is compiled. What is
   * kept is what the hooks left.
   *
   * @throws LensError if a hook would never fire
   */
  async runWithHooks(prompts: Prompts, options: HookOptions): Promise<ThoughtTrace> {
    checkCount('number of thoughts', options.thoughts, 0);
    return this.traced(prompts, options, hookTap(options.hooks, activationNames(this.config, options.thoughts + 1)));
  }

  /**
   * One forward pass over prompt, given thoughts and suffix: what the passes of a run compute one after the other, in
   * one piece. Its activations are those of a plain transformer, named without a pass.
   *
   * @param thoughts [batch, k, d]
   */
  async replay(prompts: Prompts, thoughts: HostTensor, options: ReplayOptions = {}): Promise<Replay> {
    return replay(this.runtime, prompts, thoughts, options);
  }

  /**
   * The LM head W h, which applies to thoughts and to hidden states after ln_f directly.
   *
   * @param hidden float32 [..., d]
   * @returns [..., V]
   */
  async logits(hidden: HostTensor): Promise<HostTensor> {
    return this.runtime.head(hidden);
  }

  /** Frees what the engine holds for this model. Using it, or its runs, afterwards is an error. Idempotent. */
  dispose(): void {
    this.runtime.dispose();
  }

  /** @param following how many tokens will follow the thoughts */
  private async start(prompts: Prompts, options: RunOptions, following: number): Promise<CoconutRun> {
    const { thoughts, replaceThought, thoughtLogits } = options;
    const rollout = await rollOut(this.runtime, prompts, thoughts, following, { replaceThought });
    return CoconutRun.of(this.runtime, rollout, thoughtLogits === true);
  }

  private async traced(prompts: Prompts, options: TraceOptions, tap?: Tap): Promise<ThoughtTrace> {
    const { thoughts: k, suffix = [], activations = [] } = options;
    checkCount('number of thoughts', k, 0);
    checkTokens(this.config, 'suffix', suffix);
    const recorder = new Recorder(selectAll('activations', activations, activationNames(this.config, k + 1)));
    const read = k === 0 ? prompts.map((prompt) => [...prompt, ...suffix]) : prompts;
    const rollout = await rollOut(this.runtime, read, k, k === 0 ? 0 : suffix.length, {
      instruments: { recorder, tap },
      replaceThought: options.replaceThought,
    });
    const { hidden } = await readAfter(rollout, k, k === 0 ? [] : suffix);
    const run = await CoconutRun.of(this.runtime, rollout, options.thoughtLogits === true);
    return {
      thoughts: run.thoughts,
      thoughtLogits: run.thoughtLogits,
      nextLogits: await this.runtime.head(hidden),
      activations: recorder.activations,
      passes: recorder.passes,
      padding: rollout.session.padding,
    };
  }
}

/** Prompts read and k thoughts computed. Nothing asked of it changes it. */
export class CoconutRun {
  private constructor(
    private readonly runtime: Runtime,
    private readonly rollout: Rollout,
    /** [batch, k, d] float32, as used: entry c - 1 is thought c. */
    readonly thoughts: HostTensor,
    /** [batch, k, V]: the thoughts through the LM head, if asked for. */
    readonly thoughtLogits: HostTensor | undefined,
  ) {}

  /** @internal */
  static async of(runtime: Runtime, rollout: Rollout, withLogits: boolean): Promise<CoconutRun> {
    const thoughts = stackThoughts(rollout.thoughts, rollout.session.batch, runtime.config.nEmbd);
    return new CoconutRun(runtime, rollout, thoughts, withLogits ? await runtime.head(thoughts) : undefined);
  }

  /**
   * Logits of the token after the first c thoughts and a suffix, as if the model had stopped thinking there.
   *
   * @param c 0 .. k
   * @param suffix the same for every row
   * @returns [batch, V]
   */
  async nextTokenLogits(c: number, suffix: readonly number[] = []): Promise<HostTensor> {
    this.check(c, suffix, suffix.length);
    const { hidden } = await readAfter(this.rollout, c, suffix);
    return this.runtime.head(hidden);
  }

  /** Language mode after the first c thoughts. */
  async generate(c: number, options: GenerateOptions): Promise<Generation> {
    const { suffix = [], maxNewTokens } = options;
    checkCount('maxNewTokens', maxNewTokens, 1);
    this.check(c, suffix, suffix.length + maxNewTokens - 1);
    return generateAfter(this.rollout, c, options);
  }

  /**
   * How probable each of many continuations is after the first c thoughts, as if the model had stopped thinking there.
   * What prompt, thoughts, prefix and continuations have in common is computed once; see {@link scoreAfter}.
   *
   * @param continuations token ids [row][continuation][token]
   * @returns [row][continuation]
   */
  async score(c: number, continuations: Continuations, options: ScoreOptions = {}): Promise<ContinuationScore[][]> {
    return (await this.scoreAt([c], continuations, options))[0];
  }

  /**
   * The same after every number of thoughts at once, which costs little more than after one.
   *
   * @returns [c = 0 .. k][row][continuation]
   */
  async scoreAll(continuations: Continuations, options: ScoreOptions = {}): Promise<ContinuationScore[][][]> {
    return this.scoreAt(
      Array.from({ length: this.rollout.thoughts.length + 1 }, (_, c) => c),
      continuations,
      options,
    );
  }

  private async scoreAt(
    afters: readonly number[],
    continuations: Continuations,
    options: ScoreOptions,
  ): Promise<ContinuationScore[][][]> {
    const { prefix = [] } = options;
    const longest = continuations.flat().reduce((most, tokens) => Math.max(most, tokens.length), 1);
    for (const c of afters) this.check(c, prefix, prefix.length + longest - 1, 'prefix');
    return scoreAfter(this.rollout, afters, continuations, options);
  }

  private check(c: number, suffix: readonly number[], following: number, what = 'suffix'): void {
    checkCount('number of thoughts', c, 0);
    const { thoughts, session } = this.rollout;
    if (c > thoughts.length) {
      throw new LensError(
        'number of thoughts',
        `more than the run has (${c} of ${thoughts.length})`,
        'run with more',
        'usage',
      );
    }
    checkTokens(this.runtime.config, what, suffix);
    checkRoom(
      this.runtime.config,
      session.prompts.padding.map((padding) => session.prompts.length - padding),
      c + following,
    );
  }
}

/**
 * A model of weights in memory, which are not copied.
 *
 * @throws LensError if a tensor that the configuration asks for is missing or of another shape
 */
export function createCoconut(weights: CoconutWeights): Coconut {
  for (const [name, shape] of gpt2TensorShapes(weights.config)) {
    const given = Object.hasOwn(weights.tensors, name) ? weights.tensors[name] : undefined;
    const found = given === undefined ? 'missing' : `[${given.shape.join(', ')}] with ${given.data.length} elements`;
    if (found === `[${shape.join(', ')}] with ${size(shape)} elements`) continue;
    throw new LensError(
      'weights',
      `${name} does not fit (${found})`,
      `the configuration asks for [${shape.join(', ')}]`,
    );
  }
  return new Coconut(weights);
}

/**
 * A model from a Hugging Face folder (config.json, model.safetensors).
 *
 * @throws LensError if the folder does not hold a GPT-2 that this project can run
 */
export async function loadCoconut(folder: string): Promise<Coconut> {
  return createCoconut(await readGpt2(folder));
}
