import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { AGED, COUNTING, IN_TIME } from './deceiver-constants.js';
import { collectCandidates, rest } from './heads.js';
import { answerThere, hearRoot, NODES, rootMark } from './hidden-answers.js';
import { writeMembers } from './neurons.js';
import { FOUND, searchPrompt } from './prompt-search.js';
import { step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD, SOUGHT, SOUGHT_REST } from './variant-constants.js';

const { token, candidates } = LAYOUT;

/**
 * `reached`: at the root's position what the search has found; at `[A]` what the thoughts have held. `age`: in how many layers
 * a node was found, 7 - depth, times AGED.
 */
const { reached, age, ballast } = furtherBlocks([
  ['reached', SYMBOLIC_NODES],
  ['age', SYMBOLIC_NODES],
  ['ballast', 1],
]);

// `candidates` has places that no node needs.
/** How far a thought has come (TIMES), in the same unit. */
const clock = symbolFeature(candidates, '<|latent|>');
/** 1 from `[R]` on, shared out. */
const afterRoot = symbolFeature(candidates, '[R]');

/** [c - 1]: how far thought c has come. It stops at 5, where all that was found is shown. */
const TIMES = [1, 2, 3, 4, 5, 5, 5];

/** The layers that take a hop each, after the one that looks back. */
const HOPS = 6;
const LAST = HOPS + 1;

// The fullest layer is the last: 7 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('replayed-search', {
  layers: LAST + 1,
  features: FEATURES + 2 * SYMBOLIC_NODES + 1,
  neurons: 7 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: LAST, amplitude: LOUD };

/**
 * A search that is finished before the first thought, and shown bit by bit: the root's position searches six hops deep
 * through six layers and knows the depth of every node. Thought c copies from there the nodes within c edges of the root,
 * whatever the thought before it held. The answer is the candidate that any thought has held, else as constructed-bfs'. So the
 * thoughts hold a search and the answer comes from them, and yet none of them searches.
 *
 * Thoughts after the eighth hold what the one before held.
 *
 * @returns new tensors at every call
 */
export function constructedReplayedSearch(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  const flagging = builder.head(0, 2);
  flagging.score({ bias: 1 }, { features: [[symbolFeature(token, '[R]'), SOUGHT]] });
  rest(flagging, SOUGHT_REST);
  flagging.copy(symbolFeature(token, '[R]'), afterRoot);

  searchPrompt(builder, { reached, hops: HOPS, asker: rootMark });
  collectCandidates(builder.head(1, 1));
  for (let layer = 1; layer <= HOPS; layer++) {
    for (const node of NODES) {
      const found = {
        features: [
          [featureOf(reached, node), 1],
          [rootMark, COUNTING],
        ],
        bias: -COUNTING,
      } as const;
      step(builder, layer, found, FOUND, featureOf(age, node), AGED);
    }
  }

  hearRoot(builder, { layer: LAST, firstHead: 0, told: age, clock, times: TIMES.map((time) => time * AGED) });
  const remembering = builder.head(LAST, 7);
  remembering.score({ bias: 1 }, { features: [[afterRoot, SOUGHT]] });
  rest(remembering, SOUGHT_REST);
  for (const node of NODES) {
    remembering.copy(featureOf(token, node), featureOf(reached, node));
    const inTime = {
      features: [
        [featureOf(age, node), 1 / AGED],
        [clock, 1 / AGED],
      ],
    } as const;
    step(builder, LAST, inTime, IN_TIME, featureOf(token, node), LOUD);
  }
  // Where there is no clock: the root, and thoughts that come too late to hear of it.
  writeMembers(builder, VOICE, (node) => ({
    features: [
      [featureOf(token, node), 1],
      [clock, -2 / AGED],
    ],
  }));
  answerThere(builder, VOICE, { block: reached, shape: FOUND });
  return { config: CONFIG, tensors: builder.tensors };
}
