import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { countParents, preferFewer } from './degrees.js';
import { collectCandidates } from './heads.js';
import { answer, endText } from './neurons.js';
import { step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD, PREFERRED, WHOLE } from './variant-constants.js';

const { token } = LAYOUT;

/** `few`: 1 / (1 + number of edges to the node that stands here); `preferred`: at `[A]`, the candidate with fewer. */
const { preferred, few, ballast } = furtherBlocks([
  ['preferred', SYMBOLIC_NODES],
  ['few', 1],
  ['ballast', 1],
]);

// 5 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('degree', {
  layers: 3,
  features: FEATURES + SYMBOLIC_NODES + 2,
  neurons: 5 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: 2, amplitude: LOUD };

/**
 * The degree shortcut: the answer is the candidate with fewer incoming edges, or, if both have as many, as constructed-bfs'
 * where it is undecided. It does not depend on the thoughts, which are all the root, again and again.
 *
 * In the second layer every node looks at the edges that lead to it and, with the same score, at `<eos>`, which so gets
 * 1 / (1 + number of edges). The candidates stand after all edges; `[A]` looks at the one where that is more.
 *
 * @returns new tensors at every call
 */
export function constructedDegree(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));

  countParents(builder.head(1, 0), featureOf(few, 0));
  collectCandidates(builder.head(2, 0));
  preferFewer(builder.head(2, 1), featureOf(few, 0), preferred);
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const here = featureOf(token, node);
    step(builder, VOICE.layer, { features: [[here, 1]] }, WHOLE, here, VOICE.amplitude);
  }
  answer(builder, VOICE, { block: preferred, shape: PREFERRED });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
