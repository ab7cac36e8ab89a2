import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { takeFirstHop, takeSecondHop } from './hops.js';
import { answer, endText, writeMembers } from './neurons.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';

/** `reached`: what the thought holds and the hops add. */
const { reached, ballast } = furtherBlocks([
  ['reached', SYMBOLIC_NODES],
  ['ballast', 1],
]);

// The last layer has 5 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('stride', {
  layers: 3,
  features: FEATURES + SYMBOLIC_NODES + 1,
  neurons: 5 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: 2, amplitude: LOUD };

/**
 * Breadth-first search with long strides: thought c is the uniform superposition of all nodes within 2 c edges of the root,
 * and the answer is the candidate in the last thought, else as constructed-bfs'. A target at depth d takes d / 2 thoughts,
 * rounded up.
 *
 * @returns new tensors at every call
 */
export function constructedStride(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  // Before any hop, where both candidates' positions have the same norm: the tie-break is finer than its differences.
  collectCandidates(builder.head(1, 1));
  takeFirstHop(builder, { layer: 1, reached, onlyAtRoot: false });
  takeSecondHop(builder, VOICE.layer, reached);
  writeMembers(builder, VOICE, (node) => ({ features: [[featureOf(reached, node), 1]] }));
  answer(builder, VOICE, { block: LAYOUT.previous });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
