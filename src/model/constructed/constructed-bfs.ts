import type { FloatTensor, Gpt2Config } from '../../checkpoint/index.js';
import { SYMBOLIC_TOKENS, symbolicTokenizer } from '../../tokenizer/index.js';
import { CANDIDATE_REST, CANDIDATE_SHARE, POSITIONS, UNIT } from './bfs-constants.js';
import { collectCandidates, copyFrom, expand, rest } from './heads.js';
import { answer, endText, equalizeMembers } from './neurons.js';
import { embedPositions, POSITION_SQUARED_NORM } from './position-code.js';
import { featureOf, FEATURES, LAYOUT } from './residual-layout.js';
import { WeightBuilder } from './weight-builder.js';

/** A model as `writeGpt2` takes it. */
export interface ConstructedModel {
  readonly config: Gpt2Config;
  /** By Hugging Face name without prefix, as in the checkpoint's `Gpt2Weights`. */
  readonly tensors: Readonly<Record<string, FloatTensor>>;
}

const { token, previous, beforePrevious } = LAYOUT;

const CONFIG: Gpt2Config = {
  vocabSize: symbolicTokenizer.vocabularySize,
  nPositions: POSITIONS,
  nEmbd: 2 * FEATURES,
  nLayer: 2,
  // 64 dimensions each: at least one per token, and GPT-2's division by sqrt(64) is exact.
  nHead: 6,
  // 5 neurons for each node and one for the end, up to a multiple of 32.
  nInner: 160,
  layerNormEpsilon: 1e-5,
  tieWordEmbeddings: true,
  coconut: {
    format: 'symbolic',
    method: 'constructed',
    thoughts: 6,
    latentTokens: {
      start: SYMBOLIC_TOKENS['<|start-latent|>'],
      latent: SYMBOLIC_TOKENS['<|latent|>'],
      end: SYMBOLIC_TOKENS['<|end-latent|>'],
    },
    constructed: 'bfs',
  },
};

/** Squared norms of the residual stream, in units: token or thought, previous, before previous, position. */
const SQUARED_NORM_EMBEDDED = 1 + POSITION_SQUARED_NORM;
const SQUARED_NORM_LAYER_1 = 3 + POSITION_SQUARED_NORM;
/** The two candidates' shares at `[A]`. */
const SQUARED_NORM_AT_ANSWER = SQUARED_NORM_LAYER_1 + 2 * CANDIDATE_SHARE * CANDIDATE_SHARE;

/**
 * A two-layer GPT-2 with hand-made weights that runs breadth-first search in superposition on the symbolic wording
 * `<eos> s t | s t | ... [Q] a b [R] root`, k thoughts, `[A]`: thought c is the uniform superposition of all nodes
 * within c edges of the root, and the answer is the candidate in the last thought, or, if neither is in it, one of the
 * two at even odds. It follows the existence proof of "Reasoning by Superposition" (arXiv 2505.12514, section 4) in
 * the exact forward pass of GPT-2; docs/constructed-models.md says how and where it departs from it. The same bytes
 * on every platform.
 *
 * @returns new tensors at every call
 */
export function constructedBfs(): ConstructedModel {
  const builder = new WeightBuilder(CONFIG, UNIT);
  for (let id = 0; id < CONFIG.vocabSize; id++) builder.embed('wte', id, [[featureOf(token, id), 1]]);
  embedPositions(builder, POSITIONS);

  builder.normalize('h.0.ln_1', SQUARED_NORM_EMBEDDED);
  copyFrom(1, previous, builder.head(0, 0));
  copyFrom(2, beforePrevious, builder.head(0, 1));
  for (let head = 2; head < CONFIG.nHead; head++) rest(builder.head(0, head), CANDIDATE_REST);
  builder.normalize('h.0.ln_2', SQUARED_NORM_LAYER_1);

  builder.normalize('h.1.ln_1', SQUARED_NORM_LAYER_1);
  expand(builder.head(1, 0));
  collectCandidates(builder.head(1, 1));
  for (let head = 2; head < CONFIG.nHead; head++) rest(builder.head(1, head), CANDIDATE_REST);
  builder.normalize('h.1.ln_2', SQUARED_NORM_LAYER_1);
  equalizeMembers(builder);
  answer(builder, SQUARED_NORM_AT_ANSWER / SQUARED_NORM_LAYER_1);
  endText(builder);

  builder.project('ln_f', token);
  return { config: CONFIG, tensors: builder.tensors };
}
