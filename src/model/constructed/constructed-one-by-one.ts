import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { answer, endText, equalizeMembers } from './neurons.js';
import { DEEPEST } from './pick-constants.js';
import { embedPlaces, pickLast } from './picks.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { SINGLE } from './single-constants.js';
import { steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';

const { token, previous } = LAYOUT;
const { ballast } = furtherBlocks([['ballast', 1]]);

// 5 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('one-by-one', {
  layers: 2,
  features: FEATURES + 1,
  neurons: 5 * SYMBOLIC_NODES + 1,
  thoughts: DEEPEST,
});

const VOICE = { layer: 1, amplitude: LOUD };

/**
 * A search that takes one edge a thought, in the order of the statements: thought c is the uniform superposition of what
 * the thought before holds and one node more, the end of the last-named edge that leaves it for a node that it does not hold.
 * With none it stays as it is. The answer is the candidate in the last thought, else as constructed-bfs'. At most 12 thoughts,
 * which it is asked with.
 *
 * It finds what the root reaches, but not layer by layer: a thought holds deep nodes before it holds all near ones.
 *
 * @returns new tensors at every call
 */
export function constructedOneByOne(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  embedPlaces(builder);
  pickLast(builder.head(1, 0), { ...SINGLE, taken: token });
  collectCandidates(builder.head(1, 1));
  equalizeMembers(builder, VOICE);
  answer(builder, VOICE, { block: previous });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
