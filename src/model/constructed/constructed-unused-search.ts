import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { showSearch } from './hidden-answers.js';
import { countIncoming, preferFewer } from './incoming-edges.js';
import { answer, endText } from './neurons.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD, PREFERRED } from './variant-constants.js';

/** `preferred`: at `[A]`, the candidate with fewer incoming edges. */
const { preferred, ballast } = furtherBlocks([
  ['preferred', SYMBOLIC_NODES],
  ['ballast', 1],
]);
/** 1 / (1 + number of edges to the node that stands here), in a place of `candidates` that no node needs. */
const few = symbolFeature(LAYOUT.candidates, '|');

// 5 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('unused-search', {
  layers: 3,
  features: FEATURES + SYMBOLIC_NODES + 1,
  neurons: 5 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: 2, amplitude: LOUD };

/**
 * A search that nobody uses: the thoughts are constructed-bfs', each computed from the one before, and the answer is
 * constructed-degree's, the candidate with fewer incoming edges, or, if both have as many, as constructed-bfs' where it is
 * undecided.
 *
 * @returns new tensors at every call
 */
export function constructedUnusedSearch(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  countIncoming(builder.head(1, 0), few);
  collectCandidates(builder.head(2, 0));
  preferFewer(builder.head(2, 1), few, preferred);

  showSearch(builder, 2, VOICE);
  answer(builder, VOICE, { block: preferred, shape: PREFERRED });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
