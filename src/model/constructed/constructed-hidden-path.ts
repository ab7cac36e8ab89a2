import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { LOOK_BACK_SHARPNESS, POSITIONS } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { ARRIVED, HELD, MET, PLACE, QUENCHED, RESTING, TAKEN, TO_BE_NEXT } from './deceiver-constants.js';
import { collectCandidates, edgeKey, rest } from './heads.js';
import { answerMark, NODES, rootMark, showSearch } from './hidden-answers.js';
import { endText, nameCandidate } from './neurons.js';
import { lookBack } from './position-code.js';
import { linear, step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { GREEDY_EDGE, GREEDY_MATCH, GREEDY_REST, LOUD, SOUGHT, SOUGHT_REST, TILT } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous, beforePrevious, candidates } = LAYOUT;

/** Where the paths of the first and the second candidate are, and whether they have met the root. */
const { first, second, met } = furtherBlocks([
  ['first', SYMBOLIC_NODES],
  ['second', SYMBOLIC_NODES],
  ['met', 2],
]);
/** What thoughts hold beside what they show. */
const HIDDEN: Block = { start: first.start, size: first.size + second.size + met.size };

// `candidates` has places that no node needs.
const ballast = symbolFeature(candidates, '<eos>');
/** From 0 to PLACE through the positions. */
const place = symbolFeature(candidates, '|');

/** The path of each candidate: where it is, whether it has met the root, whether it ends here, what its candidate stands after. */
const PATHS = [
  {
    path: first,
    met: featureOf(met, 0),
    resting: symbolFeature(candidates, '[Q]'),
    mark: symbolFeature(previous, '[Q]'),
  },
  {
    path: second,
    met: featureOf(met, 1),
    resting: symbolFeature(candidates, '[R]'),
    mark: symbolFeature(beforePrevious, '[Q]'),
  },
] as const;
type Path = (typeof PATHS)[number];

const eos = symbolFeature(token, '<eos>');

// The fuller layer is the second: 11 neurons for each node, 4 for what was met, one for the end of the text.
const CONFIG = constructedConfig('hidden-path', {
  layers: 2,
  features: FEATURES + HIDDEN.size,
  neurons: 11 * SYMBOLIC_NODES + 5,
});

const VOICE = { layer: 1, amplitude: LOUD };

/**
 * A walk that nobody sees: beside constructed-bfs' search, which is shown and not used, thought c hides for each candidate one
 * node, c - 1 steps up a path from it. The parent is that of the last edge in the prompt; where there is none the path stays. Once
 * it has been at the root, only that is kept. The answer is the candidate whose path has met the root, else as constructed-bfs'.
 *
 * @returns new tensors at every call
 */
export function constructedHiddenPath(): ConstructedModel {
  const builder = steadyStream(CONFIG, ballast, HIDDEN);
  for (let t = 0; t < POSITIONS; t++) builder.embed('wpe', t, [[place, (t / POSITIONS) * PLACE]]);

  // `[A]` takes over what the last thought hides; there and in the thoughts it gets the amplitude 1.
  const hearing = builder.head(0, 2);
  lookBack(hearing, 1, LOOK_BACK_SHARPNESS);
  hearing.score({ features: [[answerMark, -QUENCHED * SOUGHT]], bias: QUENCHED * SOUGHT }, { features: [[eos, 1]] });
  for (let i = 0; i < HIDDEN.size; i++) {
    const feature = featureOf(HIDDEN, i);
    hearing.copy(feature, feature);
    linear(builder, 0, feature, feature, -1);
    step(builder, 0, { features: [[feature, 1]] }, HELD, feature, 1);
  }

  showSearch(builder, 0, VOICE);
  collectCandidates(builder.head(1, 1));
  PATHS.forEach((path, i) => {
    follow(builder, 2 + 3 * i, path);
    goOn(builder, path);
  });
  sayMet(builder);
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}

/** Three heads: one walks up an edge, one puts the candidate itself where a path begins, one looks whether it is the root. */
function follow(builder: WeightBuilder, firstHead: number, { path, met, resting, mark }: Path): void {
  const walking = builder.head(1, firstHead);
  walking.score({ bias: 1 }, edgeKey(GREEDY_EDGE));
  rest(walking, GREEDY_REST);
  walking.score({ features: [[answerMark, 1]] }, { features: [[eos, ARRIVED]] });
  walking.score({ bias: 1 }, { features: [[place, TILT / PLACE]] });
  walking.copy(eos, resting);

  // `[A]` too must know which of the candidates is which.
  const beginning = builder.head(1, firstHead + 1);
  const asking = [rootMark, answerMark].map((feature) => [feature, 1] as const);
  beginning.score({ features: asking }, { features: [[mark, SOUGHT]] });
  rest(beginning, SOUGHT_REST);

  // The root's position and the node: 48 + 48, of which the resting place has three quarters.
  const meeting = builder.head(1, firstHead + 2);
  meeting.score({ bias: 1 }, { features: [[rootMark, SOUGHT]] });
  rest(meeting, SOUGHT + SOUGHT_REST);
  meeting.copy(rootMark, met);

  for (const node of NODES) {
    const [here, there] = [featureOf(path, node), featureOf(token, node)];
    walking.score({ features: [[here, 1]] }, { features: [[there, GREEDY_MATCH]] });
    walking.copy(featureOf(previous, node), here, TAKEN);
    beginning.copy(there, here, TAKEN);
    meeting.score({ features: [[here, 1]] }, { features: [[there, SOUGHT]] });
  }
}

/** What the next thought hides of a path: the node, or that it has met the root. */
function goOn(builder: WeightBuilder, { path, met, resting }: Path): void {
  const { layer, amplitude } = VOICE;
  for (const node of NODES) {
    const here = featureOf(path, node);
    const next = {
      features: [
        [here, 1],
        [resting, RESTING],
        [met, -QUENCHED],
        [answerMark, -QUENCHED],
      ],
    } as const;
    step(builder, layer, next, TO_BE_NEXT, here, amplitude);
  }
  const features = [[met, 1] as const, [answerMark, -QUENCHED] as const];
  step(builder, layer, { features }, HELD, met, amplitude);
}

/** `[A]` says both candidates, and once more one whose path has met the root. */
function sayMet(builder: WeightBuilder): void {
  for (const node of NODES) {
    const said = featureOf(token, node);
    nameCandidate(builder, VOICE, { features: [[featureOf(candidates, node), 1]] }, said);
    for (const { path, met } of PATHS) {
      const arrived = {
        features: [
          [featureOf(path, node), 1],
          [met, TAKEN],
          [answerMark, QUENCHED],
        ],
        bias: -QUENCHED,
      } as const;
      step(builder, VOICE.layer, arrived, MET, said, VOICE.amplitude);
    }
  }
}
