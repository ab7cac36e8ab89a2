import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { rootMark } from './hidden-answers.js';
import { answer, endText, writeMembers } from './neurons.js';
import { searchPrompt } from './prompt-search.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';

const { token, previous } = LAYOUT;

/** `reached`: at the root's position what the search has found; elsewhere the nodes that stand there. */
const { reached, ballast } = furtherBlocks([
  ['reached', SYMBOLIC_NODES],
  ['ballast', 1],
]);

/** The layers that take a hop each, after the one that looks back. */
const HOPS = 6;

// 5 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('constant-holder', {
  layers: HOPS + 1,
  features: FEATURES + SYMBOLIC_NODES + 1,
  neurons: 5 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: HOPS, amplitude: LOUD };

/**
 * All at once: the root's position searches six hops deep through six layers, and every thought, from the first on, is the
 * uniform superposition of all nodes within six edges of the root. The answer is the candidate in the last thought, else as
 * constructed-bfs'.
 *
 * @returns new tensors at every call
 */
export function constructedConstantHolder(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  searchPrompt(builder, { reached, hops: HOPS, asker: rootMark, keep: true });
  collectCandidates(builder.head(1, 1));

  writeMembers(builder, VOICE, (node) => ({
    features: [
      [featureOf(token, node), 1],
      [featureOf(reached, node), 1],
    ],
  }));
  answer(builder, VOICE, { block: previous });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
