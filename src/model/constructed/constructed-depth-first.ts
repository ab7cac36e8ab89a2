import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { POSITIONS } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, rest } from './heads.js';
import { answer, endText } from './neurons.js';
import {
  DEEPEST,
  DEPTH_EDGE,
  DEPTH_MATCH,
  DEPTH_REST,
  FARTHEST,
  INDEX,
  INDEXED,
  NO_PICK,
  REVISITED,
} from './pick-constants.js';
import { afterRoot, embedPlaces, flagAfterRoot, notAtAnswer, pickLast, place, SOME, spareFeature } from './picks.js';
import { ramp, step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { sayEndByDefault, steadyStream } from './steady-stream.js';
import { LOUD, SOUGHT, SOUGHT_REST, WHOLE } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token } = LAYOUT;

/**
 * `index`: of a thought, its number (in quarters, 1 for the root) in the feature of its node. `visited`: the mean of that over
 * all positions from `[R]` on; the node that is picked gets 1.
 */
const { index, visited, ballast } = furtherBlocks([
  ['index', SYMBOLIC_NODES],
  ['visited', SYMBOLIC_NODES],
  ['ballast', 1],
]);

/** The place of `[R]`; 1 before it. */
const began = spareFeature('[A]');

const answerMark = symbolFeature(token, '[A]');
const eos = symbolFeature(token, '<eos>');

// 5 neurons for each node, one for the end of the text and one for the end of the search.
const CONFIG = constructedConfig('depth-first', {
  layers: 3,
  features: FEATURES + 2 * SYMBOLIC_NODES + 1,
  neurons: 5 * SYMBOLIC_NODES + 2,
  thoughts: DEEPEST,
});

const VOICE = { layer: 2, amplitude: LOUD };

/**
 * Depth-first search with backtracking: every thought is one node, the next that the search visits, and `<|end-latent|>` when
 * nothing is left. Of the nodes visited so far it takes the last that has a child that was not visited, and that child of it
 * that the prompt names last. The answer is the candidate that any thought has held, else as constructed-bfs'. At most 12
 * thoughts, which it is asked with.
 *
 * In the first layer every thought gets its number. In the second a position looks at all thoughts so far. In the third one
 * edge is picked: the number of its source decides, then its place.
 *
 * @returns new tensors at every call
 */
export function constructedDepthFirst(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  embedPlaces(builder);
  numberThoughts(builder);

  collectCandidates(builder.head(1, 0));
  const remembering = builder.head(1, 1);
  remembering.score({ bias: 1 }, { features: [[afterRoot, SOUGHT]] });
  rest(remembering, SOUGHT_REST);
  for (let node = 0; node < SYMBOLIC_NODES; node++) remembering.copy(featureOf(index, node), featureOf(visited, node));

  const picking = builder.head(2, 0);
  const search = { from: visited, taken: visited, match: DEPTH_MATCH, charge: REVISITED };
  pickLast(picking, { ...search, edge: DEPTH_EDGE, rested: DEPTH_REST });
  picking.score({ features: [[answerMark, 1]] }, { features: [[eos, NO_PICK]] });

  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const picked = { features: [[featureOf(visited, node), 1] as const, notAtAnswer] };
    step(builder, VOICE.layer, picked, WHOLE, featureOf(token, node), VOICE.amplitude);
  }
  sayEndByDefault(builder, VOICE.layer);
  answer(builder, VOICE, { block: visited, shape: SOME });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}

/** The number of a thought: its distance from `[R]`. */
function numberThoughts(builder: WeightBuilder): void {
  const flagging = builder.head(0, 2);
  flagAfterRoot(flagging);
  flagging.copy(place, began);
  flagging.copy(eos, began);
  const distance = (INDEX * POSITIONS) / FARTHEST;
  const at = { threshold: 0, slope: 64 };
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const features = [
      [place, distance] as const,
      [began, -distance] as const,
      [featureOf(token, node), INDEXED] as const,
    ];
    ramp(builder, 0, { features, bias: -INDEXED }, at, [[featureOf(index, node), 1 / at.slope]]);
  }
}
