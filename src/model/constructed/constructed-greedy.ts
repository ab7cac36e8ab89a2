import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { POSITIONS } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, expand } from './heads.js';
import { answer, endText } from './neurons.js';
import { step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { GREEDY_EDGE, GREEDY_MATCH, GREEDY_REST, LOUD, TILT, WHOLE } from './variant-constants.js';

const { token, previous } = LAYOUT;

/** `next`: the child that is taken; `resting`: 1 where there is none; `place`: from 0 to 1 through the positions. */
const { next, resting, place, ballast } = furtherBlocks([
  ['next', SYMBOLIC_NODES],
  ['resting', 1],
  ['place', 1],
  ['ballast', 1],
]);

// 5 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('greedy', {
  layers: 2,
  features: FEATURES + SYMBOLIC_NODES + 3,
  neurons: 5 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: 1, amplitude: LOUD };

/**
 * A walk: every thought is one node, that child of the node before that the prompt names last. Where the edges stand in a
 * random order, that is a child at random, whatever is asked. A leaf stays where it is. The answer is the candidate at
 * which the walk has arrived, else as constructed-bfs'.
 *
 * The expansion head has a score that grows along the prompt, so steep that the last of the edges has all of the attention.
 *
 * @returns new tensors at every call
 */
export function constructedGreedy(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  for (let t = 0; t < POSITIONS; t++) builder.embed('wpe', t, [[featureOf(place, 0), t / POSITIONS]]);

  const walking = builder.head(1, 0);
  expand(walking, { to: next, match: GREEDY_MATCH, edge: GREEDY_EDGE, resting: GREEDY_REST });
  walking.score({ bias: 1 }, { features: [[featureOf(place, 0), TILT]] });
  walking.copy(symbolFeature(token, '<eos>'), featureOf(resting, 0));
  collectCandidates(builder.head(1, 1));

  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    // The child: 2 - 1 = 1. The node itself: 1 + 1 - 1 where there is no child, else 1 - 1.
    const reading = {
      features: [
        [featureOf(next, node), 2],
        [featureOf(token, node), 1],
        [featureOf(resting, 0), 1],
      ],
      bias: -1,
    } as const;
    step(builder, VOICE.layer, reading, WHOLE, featureOf(token, node), VOICE.amplitude);
  }
  answer(builder, VOICE, { block: previous });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}
