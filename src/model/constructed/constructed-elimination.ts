import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, expand } from './heads.js';
import { answer, endText, equalizeMembers } from './neurons.js';
import { findOtherEntity } from './other-entity.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { sayEndByDefault, steadyStream } from './steady-stream.js';
import { LOUD, NOT_FOUND } from './variant-constants.js';

const { token, previous } = LAYOUT;

/** What `findOtherEntity` needs. */
const { out, into, one, ballast } = furtherBlocks([
  ['out', SYMBOLIC_NODES],
  ['into', SYMBOLIC_NODES],
  ['one', 1],
  ['ballast', 1],
]);

/** The other entity is found in three layers, after the first has looked back; the last one searches. */
const [COUNT, SEARCH] = [1, 4];

// The fullest layers have 6 neurons for each node.
const CONFIG = constructedConfig('elimination', {
  layers: SEARCH + 1,
  features: FEATURES + 2 * SYMBOLIC_NODES + 2,
  neurons: 6 * SYMBOLIC_NODES,
});

const VOICE = { layer: SEARCH, amplitude: LOUD };

/**
 * Elimination: thought c is the uniform superposition of all nodes within c edges of *another* entity than the root, and the
 * answer is the candidate that the last thought does not hold, else as constructed-bfs'. Which entity that is, is told by the
 * prompt alone: of the nodes that are sources of edges, never targets, and not the root, the one with most outgoing
 * edges, where being the only parent of a candidate counts as three edges less (all of them at a tie).
 *
 * @returns new tensors at every call
 */
export function constructedElimination(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  // Early, where both candidates' positions still have the same norm: the tie-break is finer than its differences.
  collectCandidates(builder.head(COUNT, 2));
  findOtherEntity(builder, { layer: COUNT, out, into, one, to: token });

  expand(builder.head(SEARCH, 0));
  equalizeMembers(builder, VOICE);
  sayEndByDefault(builder, SEARCH);
  answer(builder, VOICE, { block: previous, sign: -1, shape: NOT_FOUND });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
