import { gpt2TensorShapes, readGpt2, type Gpt2Config, type Gpt2Weights } from '../checkpoint/index.js';
import type { HostTensor } from '../tensor/index.js';
import { LensError } from '../errors.js';
import { activationNames, selectAll, type ActivationSelector } from './activations.js';
import { CoconutRun } from './coconut-run.js';
import type { GenerateOptions, Generation } from './generate.js';
import { size } from './host-arrays.js';
import { hookTap, type Hook } from './hooks.js';
import { checkCount, checkTokens, type Prompts } from './prompts.js';
import { Recorder } from './recorder.js';
import { replay, type Replay, type ReplayOptions } from './replay.js';
import { readAfter, rollOut } from './rollout.js';
import type { RunOptions, ThinkOptions } from './run-options.js';
import { Runtime } from './runtime.js';
import type { Tap } from './tap.js';
import type { ThoughtTrace } from './trace.js';

/** What a model is made of; `readGpt2` gives more, tests and constructions may give just this. */
export type CoconutWeights = Pick<Gpt2Weights, 'config' | 'tensors'> & Partial<Gpt2Weights>;

/** A run with tokens after its thoughts. */
export interface SuffixOptions extends ThinkOptions {
  /** Tokens read after the last thought, in the same pass: `[A]`, or `<|end-latent|>`. Default none. */
  readonly suffix?: readonly number[] | undefined;
}

/** A run of which activations are kept. */
export interface TraceOptions extends SuffixOptions {
  /** Which activations to keep. Default none: a trace of thoughts and final logits. */
  readonly activations?: ActivationSelector | readonly ActivationSelector[] | undefined;
  /** Whether to read the thoughts through the LM head. Default false. */
  readonly thoughtLogits?: boolean | undefined;
}

/** A run with hooks. */
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

  /** @internal `createCoconut` checks the weights first. */
  constructor(
    readonly weights: CoconutWeights,
    private readonly runtime = Runtime.of(weights),
  ) {
    this.config = weights.config;
  }

  /**
   * The same model, sharing all with this one: what it and its runs compute ends between two passes with the signal's
   * reason, once that is aborted. `dispose` of one of the two.
   */
  stoppedBy(signal: AbortSignal | undefined): Coconut {
    return signal === undefined ? this : new Coconut(this.weights, this.runtime.stoppedBy(signal));
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
