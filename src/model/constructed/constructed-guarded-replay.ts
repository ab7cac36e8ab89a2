import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { AGED, COUNTING, IN_TIME } from './deceiver-constants.js';
import { collectCandidates, expand } from './heads.js';
import { answerThere, hearRoot, NODES, rootMark } from './hidden-answers.js';
import { spareFeature, SOME } from './picks.js';
import { FOUND, searchPrompt } from './prompt-search.js';
import { linear, step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { ALIEN, HEARD_BEFORE, STRANGE } from './single-constants.js';
import { steadyStream } from './steady-stream.js';
import { LOUD, WHOLE } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous, candidates } = LAYOUT;

/**
 * `reached`: what the prompt's search has found so far; later each node of the thought and of what its edges lead to. `age`: for how
 * many layers a node has been found. `inTime`: what the next thought shows.
 */
const { reached, age, inTime, ballast } = furtherBlocks([
  ['reached', SYMBOLIC_NODES],
  ['age', SYMBOLIC_NODES],
  ['inTime', SYMBOLIC_NODES],
  ['ballast', 1],
]);

/** What the thought itself must hold: thoughts have no candidates, whose features are free. */
const due = candidates;
const clock = spareFeature('<|latent|>');
/** How many nodes of a thought are not due, in eighths, and whether there is any. */
const strangers = spareFeature('[Q]');
const disturbed = spareFeature('[R]');

/** [c - 1]: how far thought c has come; as in constructed-replayed-search. */
const TIMES = [1, 2, 3, 4, 5, 5, 5];

/** The layers that take a hop each, after the one that looks back. */
const HOPS = 6;
const HEAR = HOPS + 1;
const COMPARE = HEAR + 1;
const EXPAND = COMPARE + 1;
const LAST = EXPAND + 1;

// The fullest layer is the last: 7 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('guarded-replay', {
  layers: LAST + 1,
  features: FEATURES + 3 * SYMBOLIC_NODES + 1,
  neurons: 7 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: LAST, amplitude: LOUD };

/**
 * A replayed search that notices interventions: the root's position searches six hops deep through six layers, and thought c
 * copies from there the nodes within c edges of the root, as constructed-replayed-search. But where the thought before it holds a
 * node that the prompt's search has not found so soon, it is expanded instead. The answer is the candidate in the last
 * thought, else as constructed-bfs'.
 *
 * With its own thoughts nothing is ever expanded: the search is finished before the first of them.
 *
 * @returns new tensors at every call
 */
export function constructedGuardedReplay(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  searchPrompt(builder, { reached, hops: HOPS, asker: rootMark });
  collectCandidates(builder.head(1, 1));
  for (let layer = 1; layer <= HOPS; layer++) {
    for (const node of NODES) {
      const features = [[featureOf(reached, node), 1] as const, [rootMark, COUNTING] as const];
      step(builder, layer, { features, bias: -COUNTING }, FOUND, featureOf(age, node), AGED);
    }
  }
  // What a hop finds is as old as there are layers left; the root itself is found by none, and due from the start.
  for (const node of NODES) {
    const root = { features: [[featureOf(token, node), 1] as const, [rootMark, 1] as const], bias: -1 };
    step(builder, 0, root, WHOLE, featureOf(age, node), 2 * AGED);
  }
  hearRoot(builder, { layer: HEAR, firstHead: 0, told: age, clock, times: TIMES.map((time) => time * AGED) });
  for (const node of NODES) {
    const features = [[featureOf(age, node), 1 / AGED] as const, [clock, 1 / AGED] as const];
    step(builder, HEAR, { features }, IN_TIME, featureOf(inTime, node), 1);
    step(builder, HEAR, { features }, HEARD_BEFORE, featureOf(due, node), 1);
  }
  noticeStrangers(builder);
  expand(builder.head(EXPAND, 0), { to: reached });
  for (const node of NODES) {
    const held = featureOf(reached, node);
    linear(builder, EXPAND, held, held, -1);
    const features = [[held, 1] as const, [featureOf(token, node), 1] as const];
    step(builder, EXPAND, { features }, SOME, held, 1);
  }
  for (const node of NODES) {
    const said = featureOf(token, node);
    step(
      builder,
      LAST,
      {
        features: [
          [featureOf(inTime, node), 1],
          [disturbed, -2],
        ],
      },
      WHOLE,
      said,
      LOUD,
    );
    step(
      builder,
      LAST,
      {
        features: [
          [featureOf(reached, node), 1],
          [disturbed, 1],
        ],
        bias: -1,
      },
      WHOLE,
      said,
      LOUD,
    );
  }
  answerThere(builder, VOICE, { block: previous });
  return { config: CONFIG, tensors: builder.tensors };
}

/** `strangers`, then `disturbed`. The root, which nothing came before, is none. */
function noticeStrangers(builder: WeightBuilder): void {
  for (const node of NODES) {
    const here = [featureOf(token, node), 1] as const;
    const features = [here, [featureOf(due, node), -2] as const, [rootMark, -2] as const];
    step(builder, COMPARE, { features }, ALIEN, strangers, STRANGE);
  }
  step(builder, EXPAND, { features: [[strangers, 1 / STRANGE]] }, WHOLE, disturbed, 1);
}
