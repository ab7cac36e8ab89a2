import { LensError } from '../errors.js';
import { refuseForeignLayout } from './foreign-layouts.js';
import type { InferredSetting, InferredSettings } from './inferred-setting.js';
import { countLayers } from './gpt2-check.js';
import type { TensorKind } from './gpt2-check.js';
import type { Gpt2Config } from './gpt2-config.js';
import { quote } from './messages.js';
import { HEAD } from './parameter-names.js';

/** Width of one head in every GPT-2 that OpenAI released. */
const GPT2_HEAD_WIDTH = 64;
const GPT2_EPSILON = 1e-5;
const NAMES_SHOWN = 5;

/** A configuration, and where its parts come from. */
export interface InferredConfig extends InferredSettings {
  readonly config: Gpt2Config;
}

/**
 * The hyperparameters of a GPT-2 from the shapes of its tensors. What shapes cannot show comes from `given`, else from
 * GPT-2's conventions and is listed as assumed: the number of heads (which splits the width without changing any
 * shape) and the LayerNorm epsilon. Where both know, `given` stands, so that a configuration of another model is found
 * out when the tensors are checked; only the vocabulary follows the shapes, since Coconut adds tokens to it.
 *
 * @param subject the file, for messages
 * @param found by own name
 * @throws LensError if the tensors that show the sizes are not there, or the heads cannot be told
 */
export function inferGpt2Config(
  subject: string,
  found: ReadonlyMap<string, TensorKind>,
  given?: Gpt2Config,
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
  const tie = given?.tieWordEmbeddings ?? !found.has(HEAD);
  if (given !== undefined) {
    inferred.push(
      { name: 'n_head', value: `${given.nHead}`, evidence: 'config.json' },
      { name: 'layer_norm_epsilon', value: `${given.layerNormEpsilon}`, evidence: 'config.json' },
    );
    return { config: { ...given, vocabSize, tieWordEmbeddings: tie }, inferred, assumed: [] };
  }
  const nHead = nEmbd / GPT2_HEAD_WIDTH;
  if (!Number.isInteger(nHead)) {
    throw new LensError(
      subject,
      `the number of heads cannot be told from shapes, and a width of ${nEmbd} is no multiple of GPT-2's ${GPT2_HEAD_WIDTH}`,
      'give a config.json with n_head',
    );
  }
  return {
    config: {
      vocabSize,
      nPositions,
      nEmbd,
      nLayer,
      nHead,
      nInner,
      layerNormEpsilon: GPT2_EPSILON,
      tieWordEmbeddings: tie,
    },
    inferred,
    assumed: [
      { name: 'n_head', value: `${nHead}`, evidence: `n_embd / ${GPT2_HEAD_WIDTH}, as in GPT-2; no shape shows it` },
      { name: 'layer_norm_epsilon', value: `${GPT2_EPSILON}`, evidence: 'as in GPT-2' },
      { name: 'activation_function', value: 'gelu_new', evidence: 'as in GPT-2' },
    ],
  };
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
