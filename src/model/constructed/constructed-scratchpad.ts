import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { takeSecondHop } from './hops.js';
import { answer, endText, writeMembers } from './neurons.js';
import { notAtAnswer, SOME } from './picks.js';
import { step } from './ramps.js';
import { flagFromRoot, remember } from './remembered.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';

/** `visited`: the mean of what root and thoughts so far hold; `reached`: each node of that, and what the hop adds. */
const { visited, reached, afterRoot, ballast } = furtherBlocks([
  ['visited', SYMBOLIC_NODES],
  ['reached', SYMBOLIC_NODES],
  ['afterRoot', 1],
  ['ballast', 1],
]);

// The last layer has 5 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('scratchpad', {
  layers: 3,
  features: FEATURES + 2 * SYMBOLIC_NODES + 2,
  neurons: 5 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: 2, amplitude: LOUD };

/**
 * Breadth-first search that reads all of its thoughts: thought c is the uniform superposition of all nodes within c edges of the
 * root, and the next one holds what root and thoughts so far hold, and all that edges lead to from there. The answer is the
 * candidate in the last thought, else as constructed-bfs'.
 *
 * A single thought that is exchanged takes nothing away: the others are still read.
 *
 * @returns new tensors at every call
 */
export function constructedScratchpad(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  const flag = featureOf(afterRoot, 0);
  flagFromRoot(builder.head(0, 2), flag);

  collectCandidates(builder.head(1, 1));
  remember(builder.head(1, 2), flag, visited);
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    step(builder, 1, { features: [[featureOf(visited, node), 1]] }, SOME, featureOf(reached, node), 1);
  }
  takeSecondHop(builder, VOICE.layer, reached);
  // `[A]` looks at all thoughts as well, but says a candidate.
  writeMembers(builder, VOICE, (node) => ({ features: [[featureOf(reached, node), 1], notAtAnswer] }));
  answer(builder, VOICE, { block: LAYOUT.previous });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
