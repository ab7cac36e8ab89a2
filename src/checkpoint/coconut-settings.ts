import { LensError } from '../errors.js';
import type { Assumable } from './assumptions.js';
import type { CoconutConfig, Gpt2Config } from './gpt2-config.js';
import type { InferredSetting, InferredSettings } from './inferred-setting.js';
import { hasLatentMarkers } from './latent-markers.js';

/** What somebody knows of a checkpoint's training; whatever is not said is inferred or assumed. */
export type KnownCoconut = Partial<Omit<CoconutConfig, 'constructed'>>;

/** A `coconut` block for config.json, and where its parts come from. */
export interface InferredCoconut extends InferredSettings {
  /** Absent where the vocabulary has no latent tokens and nobody says that the method has none. */
  readonly coconut?: CoconutConfig;
  /** What cannot be relied on, one sentence each. */
  readonly warnings: readonly string[];
}

/** The vocabulary of reasoning-by-superposition (arXiv 2505.12514). */
const SYMBOLIC_VOCABULARY = 40;
const SYMBOLIC_LATENT = { start: 31, end: 32, latent: 33 };
const GPT2_VOCABULARY = 50_257;
/** facebookresearch/coconut adds its three tokens in this order. */
const ENGLISH_LATENT = { start: 50_257, end: 50_258, latent: 50_259 };
const COCONUT_VOCABULARY = GPT2_VOCABULARY + 3;
/** The most thoughts per question on ProsQA (arXiv 2412.06769, section 4.1). */
const PROSQA_THOUGHTS = 6;
/** As many as the questions of reasoning-by-superposition have steps. */
const SYMBOLIC_THOUGHTS = 4;

/** What the checkpoint's names and its tokenizer show. */
export interface CoconutTraces {
  /** Whether the tensors had the names of facebookresearch/coconut's Coconut module. */
  readonly isCoconutModule: boolean;
  /** The latent tokens that the tokenizer's files have, and the file. */
  readonly markers?: { readonly tokens: NonNullable<CoconutConfig['latentTokens']>; readonly file: string } | undefined;
}

/**
 * Fills in what a Coconut checkpoint does not say of itself. Precedence: `known`, the `coconut` block of `config`, the
 * tokenizer, the vocabulary and the names of the tensors, the conventions of the papers; only the last are assumptions,
 * and what `config` lists as one.
 *
 * @param subject the checkpoint, for messages
 * @throws LensError if the wording cannot be told, or the method is said to read latent tokens that are not known
 */
export function inferCoconut(
  subject: string,
  config: Gpt2Config,
  known: KnownCoconut,
  { isCoconutModule, markers: seen }: CoconutTraces,
): InferredCoconut {
  const { vocabSize } = config;
  const own = config.coconut;
  const inferred: InferredSetting[] = [];
  const assumed: InferredSetting[] = [];
  const settle = <K extends keyof KnownCoconut>(key: K, name: string, guess: () => Guess<KnownCoconut[K]>) => {
    const full = `coconut.${name}`;
    const doubt = config.assumed?.[full as Assumable];
    const { value, evidence, isAssumed } = pick(known[key], own?.[key], doubt, guess);
    if (value !== undefined) {
      const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
      (isAssumed === true ? assumed : inferred).push({ name: full, value: shown, evidence });
    }
    return value;
  };
  const unknown = (): Guess<undefined> => ({ value: undefined, evidence: '' });

  const format = settle('format', 'format', () => guessFormat(vocabSize));
  if (format === undefined) {
    throw new LensError(
      subject,
      `the wording of its prompts cannot be told from its vocabulary (${vocabSize} tokens)`,
      'pass --tokenizer symbols, gpt2 or a folder with the tokenizer',
    );
  }
  const tokenizer = settle('tokenizer', 'tokenizer', unknown);
  const said = known.method ?? own?.method;
  const markers = said === undefined || hasLatentMarkers(said);
  const latentTokens = settle('latentTokens', 'latent_tokens', () => {
    if (!markers) return unknown();
    return seen === undefined ? guessLatentTokens(vocabSize, format) : { value: seen.tokens, evidence: seen.file };
  });
  const latentNames = settle('latentNames', 'latent_names', unknown);
  if (markers && latentTokens === undefined) return withoutBlock(subject, vocabSize, said, { inferred, assumed });
  const method = settle('method', 'method', () =>
    isCoconutModule
      ? { value: 'coconut', evidence: 'names of the Coconut module' }
      : { value: 'coconut', evidence: 'no --method', isAssumed: true },
  );
  const cThought = settle('cThought', 'c_thought', unknown);
  const stage = settle('stage', 'stage', unknown);
  const padLatentToMax = settle('padLatentToMax', 'pad_latent_to_max', unknown);
  const uniformProb = settle('uniformProb', 'uniform_prob', unknown);
  const thoughts = settle('thoughts', 'thoughts', () =>
    markers
      ? guessThoughts(format, stage, cThought, padLatentToMax)
      : { value: 0, evidence: `the method ${method ?? ''} has none` },
  );
  const coconut: CoconutConfig = {
    ...(own?.constructed !== undefined && { constructed: own.constructed }),
    format,
    ...(latentTokens !== undefined && { latentTokens }),
    ...(latentNames !== undefined && { latentNames }),
    method: method ?? 'coconut',
    thoughts: thoughts ?? 0,
    ...(tokenizer !== undefined && { tokenizer }),
    ...(cThought !== undefined && { cThought }),
    ...(stage !== undefined && { stage }),
    ...(padLatentToMax !== undefined && { padLatentToMax }),
    ...(uniformProb !== undefined && { uniformProb }),
  };
  return { coconut, inferred, assumed, warnings: warningsAbout(coconut) };
}

/**
 * What is left of a checkpoint whose latent tokens nobody knows: a GPT-2.
 *
 * @throws LensError where its method is said to read them
 */
function withoutBlock(
  subject: string,
  vocabSize: number,
  method: string | undefined,
  facts: InferredSettings,
): InferredCoconut {
  const without = 'models trained without them have --method cot, no-cot or no-thoughts';
  if (method !== undefined) {
    throw new LensError(
      subject,
      `the method ${method} reads latent tokens, and a vocabulary of ${vocabSize} tokens has none that are known`,
      `import the checkpoint that they were added to; ${without}`,
    );
  }
  const warning = `no latent tokens are known for a vocabulary of ${vocabSize} tokens: no "coconut" block was written, and the model can be read but not made to think; ${without}`;
  return { ...facts, warnings: [warning] };
}

interface Guess<T> {
  readonly value: T;
  readonly evidence: string;
  readonly isAssumed?: boolean;
}

function pick<T>(
  known: T | undefined,
  own: T | undefined,
  doubt: string | undefined,
  guess: () => Guess<T | undefined>,
): Guess<T | undefined> {
  if (known !== undefined) return { value: known, evidence: 'given' };
  if (own === undefined) return guess();
  return { value: own, evidence: doubt ?? 'config.json', isAssumed: doubt !== undefined };
}

function guessFormat(vocabSize: number): Guess<CoconutConfig['format'] | undefined> {
  if (vocabSize === SYMBOLIC_VOCABULARY) {
    return { value: 'symbolic', evidence: `a vocabulary of ${SYMBOLIC_VOCABULARY} tokens` };
  }
  if (vocabSize >= GPT2_VOCABULARY) return { value: 'english', evidence: "GPT-2's vocabulary" };
  return { value: undefined, evidence: '' };
}

function guessLatentTokens(vocabSize: number, format: CoconutConfig['format']): Guess<CoconutConfig['latentTokens']> {
  const [tokens, exact] =
    format === 'symbolic' ? [SYMBOLIC_LATENT, SYMBOLIC_VOCABULARY] : [ENGLISH_LATENT, COCONUT_VOCABULARY];
  if (vocabSize === exact) return { value: tokens, evidence: `a vocabulary of ${exact} tokens` };
  if (vocabSize < exact) return { value: undefined, evidence: '' };
  return { value: tokens, evidence: `as in a vocabulary of ${exact} tokens`, isAssumed: true };
}

function guessThoughts(
  format: CoconutConfig['format'],
  stage: number | undefined,
  cThought: number | undefined,
  padLatentToMax: boolean | undefined,
): Guess<number> {
  if (stage !== undefined && cThought !== undefined && padLatentToMax !== true) {
    return { value: stage * cThought, evidence: 'stage x c_thought' };
  }
  return format === 'symbolic'
    ? { value: SYMBOLIC_THOUGHTS, evidence: 'as published for this vocabulary, arXiv 2505.12514', isAssumed: true }
    : { value: PROSQA_THOUGHTS, evidence: 'as published for ProsQA, arXiv 2412.06769', isAssumed: true };
}

/**
 * What a readout in language may not rely on. A Coconut model only learns to go on in language after fewer thoughts
 * than its last stage's if training mixed the stages: the authors' analyses used `uniform_prob` > 0, their released
 * configuration has 0 (facebookresearch/coconut, issue 54).
 */
function warningsAbout({ method, uniformProb }: CoconutConfig): string[] {
  if (method !== 'coconut') return [];
  if (uniformProb === undefined) {
    return [
      'uniform_prob is not known: readouts in language after fewer thoughts than the last stage had are only meaningful where it was above 0; pass --uniform-prob',
    ];
  }
  if (uniformProb > 0) return [];
  return [
    'uniform_prob is 0: the last stage was trained without the earlier ones mixed in, so readouts in language after fewer thoughts than it had ask for what the model has not been trained to say since; those in the papers are of models with uniform_prob > 0',
  ];
}
