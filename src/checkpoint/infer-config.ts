import { LensError } from '../errors.js';
import { refuseForeignLayout } from './foreign-layouts.js';
import type { InferredSetting, InferredSettings } from './inferred-setting.js';
import { withAssumptions } from './assumptions.js';
import type { Assumable } from './assumptions.js';
import { countLayers } from './gpt2-check.js';
import type { TensorKind } from './gpt2-check.js';
import type { Gpt2Config } from './gpt2-config.js';
import { quote } from './messages.js';
import { HEAD } from './parameter-names.js';

/** Width of one head in every GPT-2 that OpenAI released. */
const GPT2_HEAD_WIDTH = 64;
const GPT2_EPSILON = 1e-5;
const NAMES_SHOWN = 5;

/** The model of reasoning-by-superposition (arXiv 2505.12514), by what its shapes show, and its heads. */
const SUPERPOSITION = { vocabSize: 40, nLayer: 2, nEmbd: 768, nHead: 8 };

/** A configuration, and where its parts come from. */
export interface InferredConfig extends InferredSettings {
  readonly config: Gpt2Config;
}

interface Guess<T> {
  readonly value: T;
  readonly evidence: string;
}

/** What no shape shows and somebody says. */
export interface KnownGpt2 {
  readonly nHead?: number | undefined;
  readonly layerNormEpsilon?: number | undefined;
  readonly activation?: 'gelu_new' | undefined;
}

/**
 * The hyperparameters of a GPT-2 from the shapes of its tensors. What shapes cannot show is `known`, else `given`, else
 * GPT-2's convention or a published model's, and then it is listed as assumed: the number of heads (which splits the width
 * without changing any shape), the LayerNorm epsilon and the activation. Where shapes and `given` both know, `given`
 * stands, so that a configuration of another model is found out when the tensors are checked; only the vocabulary follows
 * the shapes, since Coconut adds tokens to it.
 *
 * @param subject the file, for messages
 * @param found by own name
 * @throws LensError if the tensors that show the sizes are not there, or the heads cannot be told
 */
export function inferGpt2Config(
  subject: string,
  found: ReadonlyMap<string, TensorKind>,
  given?: Gpt2Config,
  known: KnownGpt2 = {},
): InferredConfig {
  refuseForeignLayout(subject, found);
  const [vocabSize, nEmbd] = matrix(subject, found, 'wte.weight');
  const [nPositions] = matrix(subject, found, 'wpe.weight');
  const [, nInner] = matrix(subject, found, 'h.0.mlp.c_fc.weight');
  const nLayer = countLayers(found.keys());
  const resized = given !== undefined && given.vocabSize !== vocabSize;
  const inferred: InferredSetting[] = [
    {
      name: 'vocab_size',
      value: `${vocabSize}`,
      evidence: `rows of wte.weight${resized ? `; config.json says ${given.vocabSize}` : ''}`,
    },
    { name: 'n_positions', value: `${nPositions}`, evidence: 'rows of wpe.weight' },
    { name: 'n_embd', value: `${nEmbd}`, evidence: 'columns of wte.weight' },
    { name: 'n_layer', value: `${nLayer}`, evidence: 'layers among the names' },
    { name: 'n_inner', value: `${nInner}`, evidence: 'columns of h.0.mlp.c_fc.weight' },
  ];
  const assumed: InferredSetting[] = [];
  const settle = <T extends string | number>(
    name: Assumable,
    said: T | undefined,
    own: T | undefined,
    convention: () => Guess<T>,
  ): T => {
    const doubt = given?.assumed?.[name];
    if (said !== undefined) {
      inferred.push({ name, value: `${said}`, evidence: 'given' });
      return said;
    }
    if (own !== undefined && doubt === undefined) {
      inferred.push({ name, value: `${own}`, evidence: 'config.json' });
      return own;
    }
    const guess: Guess<T> = own === undefined ? convention() : { value: own, evidence: doubt ?? '' };
    assumed.push({ name, value: `${guess.value}`, evidence: guess.evidence });
    return guess.value;
  };
  const sizes = { vocabSize, nPositions, nEmbd, nLayer, nInner };
  const config: Gpt2Config = {
    ...sizes,
    ...given,
    vocabSize,
    nHead: settle('n_head', known.nHead, given?.nHead, () => conventionalHeads(subject, sizes)),
    layerNormEpsilon: settle('layer_norm_epsilon', known.layerNormEpsilon, given?.layerNormEpsilon, () => ({
      value: GPT2_EPSILON,
      evidence: 'as in GPT-2',
    })),
    tieWordEmbeddings: given?.tieWordEmbeddings ?? !found.has(HEAD),
  };
  // A config.json that had another would not have been read.
  if (known.activation !== undefined || given === undefined || given.assumed?.activation_function !== undefined) {
    settle<string>('activation_function', known.activation, given && 'gelu_new', () => ({
      value: 'gelu_new',
      evidence: 'as in GPT-2',
    }));
  }
  if (config.nEmbd % config.nHead !== 0) {
    throw new LensError(
      subject,
      `a width of ${config.nEmbd} cannot be split into ${config.nHead} heads`,
      'give a number of heads that divides it',
    );
  }
  return { config: withAssumptions(config, assumed, given?.assumed), inferred, assumed };
}

function conventionalHeads(
  subject: string,
  { vocabSize, nLayer, nEmbd }: Pick<Gpt2Config, 'vocabSize' | 'nLayer' | 'nEmbd'>,
): Guess<number> {
  const published = SUPERPOSITION;
  if (vocabSize === published.vocabSize && nLayer === published.nLayer && nEmbd === published.nEmbd) {
    return { value: published.nHead, evidence: 'as published for a model of these sizes, arXiv 2505.12514' };
  }
  const value = nEmbd / GPT2_HEAD_WIDTH;
  if (Number.isInteger(value)) {
    return { value, evidence: `n_embd / ${GPT2_HEAD_WIDTH}, as in GPT-2; no shape shows it` };
  }
  throw new LensError(
    subject,
    `the number of heads cannot be told from shapes, and a width of ${nEmbd} is no multiple of GPT-2's ${GPT2_HEAD_WIDTH}`,
    'give --heads, or a config.json with n_head',
  );
}

function matrix(subject: string, found: ReadonlyMap<string, TensorKind>, name: string): readonly [number, number] {
  const shape = found.get(name)?.shape;
  if (shape?.length === 2 && shape.every((n) => n > 0)) return [shape[0], shape[1]];
  const names = [...found.keys()];
  const shown = names.slice(0, NAMES_SHOWN).map(quote);
  throw new LensError(
    subject,
    `not the tensors of a GPT-2 (no matrix ${name} among ${names.length} names: ${shown.join(', ')}${names.length > shown.length ? ', ...' : ''})`,
    'save the state dict of a GPT2LMHeadModel, or of a Coconut module around one',
  );
}
