import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { CANDIDATE_REST, CANDIDATE_SHARE, POSITIONS, STEP_AMPLITUDE, UNIT } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, copyFrom, expand, rest } from './heads.js';
import { answer, endText, equalizeMembers } from './neurons.js';
import { embedPositions, POSITION_SQUARED_NORM } from './position-code.js';
import { featureOf, FEATURES, LAYOUT } from './residual-layout.js';
import { WeightBuilder } from './weight-builder.js';

const { token, previous, beforePrevious } = LAYOUT;

// 5 neurons for each node and one for the end.
const CONFIG = constructedConfig('bfs', { layers: 2, features: FEATURES, neurons: 5 * SYMBOLIC_NODES + 1 });

const VOICE = { layer: 1, amplitude: STEP_AMPLITUDE };

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
  equalizeMembers(builder, VOICE);
  // The last thought is what stands before [A].
  answer(builder, VOICE, { block: previous, excess: SQUARED_NORM_AT_ANSWER / SQUARED_NORM_LAYER_1 });
  endText(builder, VOICE);

  builder.project('ln_f', token);
  return { config: CONFIG, tensors: builder.tensors };
}
