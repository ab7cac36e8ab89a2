import type { Gpt2Config } from '../checkpoint/index.js';
import { GPT2_LATENT_TOKENS, SYMBOLIC_TOKENS, symbolicTokenizer } from '../tokenizer/index.js';
import { LensError } from '../errors.js';
import { methodOf, type TrainingConfig } from './config.js';

const SYMBOLIC_LATENT = {
  start: SYMBOLIC_TOKENS['<|start-latent|>'],
  latent: SYMBOLIC_TOKENS['<|latent|>'],
  end: SYMBOLIC_TOKENS['<|end-latent|>'],
};

/**
 * The config.json of the model that a training makes: its shape, and the `coconut` block with its training facts.
 *
 * @param start the configuration of the model that training starts from, if it does
 * @throws LensError if there is neither such a model nor a shape in the configuration, or its vocabulary is not the
 * wording's
 */
export function modelConfigOf(config: TrainingConfig, start?: Gpt2Config): Gpt2Config {
  const { model, thoughts, wording, phases } = config;
  const method = methodOf(config);
  if (start === undefined && model === undefined) {
    throw new LensError(
      'training',
      'has no model to start from',
      'describe one under "model", or pass --init-from',
      'usage',
    );
  }
  const shape =
    withVocabulary(config, start) ??
    (model === undefined
      ? undefined
      : {
          vocabSize: symbolicTokenizer.vocabularySize,
          nPositions: model.positions,
          nEmbd: model.width,
          nLayer: model.layers,
          nHead: model.heads,
          nInner: 4 * model.width,
          layerNormEpsilon: 1e-5,
          tieWordEmbeddings: true,
        });
  if (shape === undefined) throw new RangeError('no shape');
  const stage = Math.max(...phases.map((phase) => phase.stage));
  const latents = method.input === undefined ? 0 : thoughts.perStep * thoughts.stages;
  return {
    ...shape,
    coconut: {
      format: wording,
      method: method.name,
      thoughts: latents,
      latentTokens: wording === 'symbolic' ? SYMBOLIC_LATENT : GPT2_LATENT_TOKENS,
      uniformProb: phases.at(-1)?.uniformProb ?? 0,
      ...(method.curriculum && { stage }),
      ...(latents > 0 && { cThought: thoughts.perStep, padLatentToMax: thoughts.padToMax }),
    },
  };
}

/** Tokens of GPT-2 without the latent ones. */
const GPT2_TOKENS = GPT2_LATENT_TOKENS.start;

/** The configuration of the model to start from, with room for the latent tokens, which GPT-2 itself does not have. */
function withVocabulary(config: TrainingConfig, start: Gpt2Config | undefined): Gpt2Config | undefined {
  if (start === undefined) return undefined;
  const english = config.wording === 'english';
  const least = english ? GPT2_TOKENS : symbolicTokenizer.vocabularySize;
  if (start.vocabSize < least) {
    throw new LensError(
      'model to start from',
      `has fewer tokens than the ${config.wording} wording (${start.vocabSize}, ${least})`,
      'start from another',
      'usage',
    );
  }
  const { start: opening, end, latent } = GPT2_LATENT_TOKENS;
  const latents = english && methodOf(config).input !== undefined ? Math.max(opening, end, latent) + 1 : 0;
  return { ...start, vocabSize: Math.max(start.vocabSize, latents) };
}
