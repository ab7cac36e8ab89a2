import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, expand } from './heads.js';
import { answer, endText } from './neurons.js';
import { linear, ramp } from './ramps.js';
import { flagFromRoot, remember } from './remembered.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import {
  COUNT_CORNER,
  COUNT_PIECES,
  COUNT_RATIO,
  LEAST_COUNT,
  LOG_COUNT_RATIO,
  SCORE_UNIT,
  WALK,
  WALK_EDGE,
  WALK_REST,
} from './search-constants.js';
import { sayEndByDefault, steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token } = LAYOUT;

/**
 * `logarithm`: of a node's amplitude in the thought, on top of what makes its edges be followed; `expanded`: where the walks
 * lead; `visited`: what root and thoughts so far hold.
 */
const { logarithm, expanded, visited, fromRoot, ballast } = furtherBlocks([
  ['logarithm', SYMBOLIC_NODES],
  ['expanded', SYMBOLIC_NODES],
  ['visited', SYMBOLIC_NODES],
  ['fromRoot', 1],
  ['ballast', 1],
]);

// The fullest layer has the corners of the logarithm, one at each end of each piece and one more, for each node.
const CONFIG = constructedConfig('walk-counts', {
  layers: 3,
  features: FEATURES + 3 * SYMBOLIC_NODES + 2,
  neurons: (COUNT_PIECES + 2) * SYMBOLIC_NODES,
});

const VOICE = { layer: 2, amplitude: LOUD };

/**
 * A search that counts: in thought c a node's amplitude is the number of walks of exactly c edges that lead to it from the
 * root, over the norm of all these numbers; `<|end-latent|>` where there is none. The answer is the candidate that any
 * thought has held, else as constructed-bfs'.
 *
 * Attention adds what it looks at with weights that are exponential in the scores. If an edge's score is the logarithm of
 * its source's amplitude, its weight is that amplitude, and targets get the sums over their edges. The second layer's neurons
 * take the logarithm, piece by piece.
 *
 * @returns new tensors at every call
 */
export function constructedWalkCounts(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  const flag = featureOf(fromRoot, 0);
  flagFromRoot(builder.head(0, 2), flag);
  collectCandidates(builder.head(1, 0));
  takeLogarithms(builder, 1);

  expand(builder.head(VOICE.layer, 0), {
    from: logarithm,
    to: expanded,
    match: SCORE_UNIT,
    edge: WALK_EDGE,
    resting: WALK_REST,
  });
  // Every node that a thought holds has at least 1 there.
  remember(builder.head(VOICE.layer, 1), flag, visited, logarithm);
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    linear(builder, VOICE.layer, featureOf(expanded, node), featureOf(token, node), LOUD);
  }
  sayEndByDefault(builder, VOICE.layer);
  answer(builder, VOICE, { block: visited, shape: { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE } });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}

/** WALK + ln(amplitude / LEAST_COUNT) where a node has at least that, 0 where it has less than half of it. */
function takeLogarithms(builder: WeightBuilder, layer: number): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    let before = 0;
    const bendTo = (slope: number, at: number): void => {
      const steepness = COUNT_CORNER / at;
      const reading = { features: [[featureOf(token, node), 1] as const] };
      const weight = (slope - before) / (steepness * SCORE_UNIT);
      ramp(builder, layer, reading, { threshold: at, slope: steepness }, [[featureOf(logarithm, node), weight]]);
      before = slope;
    };
    bendTo(WALK / (LEAST_COUNT / 2), LEAST_COUNT / 2);
    let from = LEAST_COUNT;
    for (let piece = 0; piece < COUNT_PIECES; piece++) {
      const to = from * COUNT_RATIO;
      bendTo(LOG_COUNT_RATIO / (to - from), from);
      from = to;
    }
  }
}
