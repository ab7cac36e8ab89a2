import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { AT_ROOT, AT_ROOT_MATCH, AT_ROOT_REST, NO_LOOK_BACK, NOT_ASKED } from './backward-constants.js';
import { BACKWARD, BACKWARD_FEATURES, backwardStream, hold, hopBackward } from './backward-hops.js';
import { LOOK_BACK_SHARPNESS } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, rest } from './heads.js';
import { answer, endText } from './neurons.js';
import { lookBack } from './position-code.js';
import { featureOf, FEATURES, LAYOUT, symbolFeature } from './residual-layout.js';
import { LOUD } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous, beforePrevious } = LAYOUT;
const { toFirst, toSecond, third } = BACKWARD;

// 9 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('backward', {
  layers: 2,
  features: FEATURES + BACKWARD_FEATURES,
  neurons: 9 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: 1, amplitude: LOUD };

const asked = symbolFeature(token, '[A]');
const eos = symbolFeature(token, '<eos>');

/**
 * Breadth-first search against the edges, from the candidates: thought c shows all nodes from which a candidate can be reached
 * within c edges. For each candidate alone it holds them as well, in directions that the LM head does not read. The answer is the
 * candidate whose set in the last thought holds the root, else as constructed-bfs'.
 *
 * `[A]` looks at the root's position if a set of the last thought holds what stands there, and copies the candidate, which that
 * position has.
 *
 * @returns new tensors at every call
 */
export function constructedBackward(): ConstructedModel {
  const builder = backwardStream(CONFIG);
  recallSets(builder);
  hopBackward(builder);
  hold(builder, [toFirst, toSecond], token);
  collectCandidates(builder.head(1, 2));
  findRoot(builder);
  answer(builder, VOICE, { block: third });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}

/** In the first layer `[A]` gets the sets of the thought before it; all else rests. */
function recallSets(builder: WeightBuilder): void {
  const recalling = builder.head(0, 3);
  lookBack(recalling, 1, LOOK_BACK_SHARPNESS);
  recalling.score({ features: [[asked, -1]], bias: 1 }, { features: [[eos, NO_LOOK_BACK]] });
  for (const block of [toFirst, toSecond]) {
    for (let node = 0; node < SYMBOLIC_NODES; node++) recalling.copy(featureOf(block, node), featureOf(block, node));
  }
}

/** At `[A]`, where it holds nothing else, `third` gets the candidate whose set holds the root. */
function findRoot(builder: WeightBuilder): void {
  for (const [index, set, candidate] of [
    [3, toFirst, third],
    [4, toSecond, beforePrevious],
  ] as const) {
    const finding = builder.head(1, index);
    finding.score({ bias: 1 }, { features: [[symbolFeature(previous, '[R]'), AT_ROOT]] });
    finding.score({ features: [[asked, -1]], bias: 1 }, { features: [[eos, NOT_ASKED]] });
    rest(finding, AT_ROOT + AT_ROOT_REST);
    for (let node = 0; node < SYMBOLIC_NODES; node++) {
      finding.score({ features: [[featureOf(set, node), 1]] }, { features: [[featureOf(token, node), AT_ROOT_MATCH]] });
      finding.copy(featureOf(candidate, node), featureOf(third, node));
    }
  }
}
