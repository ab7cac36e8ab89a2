import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { MEET, MEET_REST, WIDE_EDGE, WIDE_MATCH } from './backward-constants.js';
import { BACKWARD, BACKWARD_FEATURES, backwardStream, hold, hopBackward } from './backward-hops.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, expand, rest } from './heads.js';
import { endText, nameCandidate } from './neurons.js';
import { onlyAtAnswer, spareFeature } from './picks.js';
import { step } from './ramps.js';
import { featureOf, FEATURES, LAYOUT, symbolFeature } from './residual-layout.js';
import { LOUD, SOUGHT, SOUGHT_REST, WHOLE } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous, beforePrevious, candidates } = LAYOUT;
const { toFirst, toSecond } = BACKWARD;

// 11 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('bidirectional', {
  layers: 2,
  features: FEATURES + BACKWARD_FEATURES,
  neurons: 11 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: 1, amplitude: LOUD };

/**
 * Bidirectional search: thought c shows all nodes within c edges of the root, and in directions that the LM head does not read
 * it holds for each candidate all nodes from which that can be reached within c edges. The answer is the candidate whose set has
 * met the root's in the last thought, after half as many thoughts as its depth; else as constructed-bfs'.
 *
 * @returns new tensors at every call
 */
export function constructedBidirectional(): ConstructedModel {
  const builder = backwardStream(CONFIG);
  hopBackward(builder);
  expand(builder.head(1, 2), { match: WIDE_MATCH, edge: WIDE_EDGE });
  hold(builder, [token], token);
  collectCandidates(builder.head(1, 3));
  answerWhereSetsMeet(builder);
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}

/**
 * `[A]` has what the last thought shows in `previous`, and looks at all thoughts whose backward set has a node of that. Sets only
 * grow: one that meets it early has met it in the last thought. With none the head rests, and says so. At `[A]` the blocks
 * of the backward sets are free: they get the candidates, each its own.
 */
function answerWhereSetsMeet(builder: WeightBuilder): void {
  for (const [index, set, mark, unmet] of [
    [4, toFirst, previous, spareFeature('[Q]')],
    [6, toSecond, beforePrevious, spareFeature('[R]')],
  ] as const) {
    const meeting = builder.head(1, index);
    rest(meeting, MEET_REST);
    meeting.copy(symbolFeature(token, '<eos>'), unmet);
    const naming = builder.head(1, index + 1);
    const asker = { features: [[symbolFeature(token, '[A]'), 1] as const] };
    naming.score(asker, { features: [[symbolFeature(mark, '[Q]'), SOUGHT]] });
    rest(naming, SOUGHT_REST);
    const { features: gates = [], bias = 0 } = onlyAtAnswer;
    for (let node = 0; node < SYMBOLIC_NODES; node++) {
      const held = featureOf(set, node);
      meeting.score({ features: [[featureOf(previous, node), 1]] }, { features: [[held, MEET]] });
      naming.copy(featureOf(token, node), held);
      const met = { features: [[held, 1] as const, [unmet, -1] as const, ...gates], bias };
      step(builder, VOICE.layer, met, WHOLE, featureOf(token, node), VOICE.amplitude);
    }
  }
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    nameCandidate(builder, VOICE, { features: [[featureOf(candidates, node), 1]] }, featureOf(token, node));
  }
}
