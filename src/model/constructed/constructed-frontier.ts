import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, expand } from './heads.js';
import { answer, endText, writeMembers } from './neurons.js';
import { flagFromRoot, remember } from './remembered.js';
import { featureOf, FEATURES, furtherBlocks } from './residual-layout.js';
import { sayEndByDefault, steadyStream } from './steady-stream.js';
import { AVOIDED, LOUD } from './variant-constants.js';

/** `expanded`: targets of edges that leave the frontier; `visited`: what root and thoughts so far hold. */
const { expanded, visited, afterRoot, ballast } = furtherBlocks([
  ['expanded', SYMBOLIC_NODES],
  ['visited', SYMBOLIC_NODES],
  ['afterRoot', 1],
  ['ballast', 1],
]);

// 5 neurons for each node, one for the end of the text and one for the end of the search.
const CONFIG = constructedConfig('frontier', {
  layers: 2,
  features: FEATURES + 2 * SYMBOLIC_NODES + 2,
  neurons: 5 * SYMBOLIC_NODES + 2,
});

const VOICE = { layer: 1, amplitude: LOUD };

/**
 * Breadth-first search that forgets: thought c is the uniform superposition of the nodes at breadth-first depth c, and
 * `<|end-latent|>` where there is none. The answer is the candidate that any thought has held, else as constructed-bfs'.
 *
 * In the first layer `[R]` gives a flag to every position from itself on. In the second, one head expands, another looks
 * at all flagged positions alike, and a node is written if it is expanded and not among what those hold.
 *
 * @returns new tensors at every call
 */
export function constructedFrontier(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  const flag = featureOf(afterRoot, 0);

  flagFromRoot(builder.head(0, 2), flag);
  expand(builder.head(1, 0), { to: expanded });
  collectCandidates(builder.head(1, 1));
  remember(builder.head(1, 2), flag, visited);

  writeMembers(builder, VOICE, (node) => ({
    features: [
      [featureOf(expanded, node), 1],
      [featureOf(visited, node), -AVOIDED],
    ],
  }));
  sayEndByDefault(builder, VOICE.layer);
  // At [A] a node that a thought held has a share in `visited` of the same order as an edge's in an expansion.
  answer(builder, VOICE, { block: visited, shape: { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE } });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
