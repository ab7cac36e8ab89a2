import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { CANDIDATE_GATE, CANDIDATE_SHARE } from './bfs-constants.js';
import { AT_ANSWER } from './deceiver-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { answerMark, answerThere, hearLast, NODES, passOn, rootMark, showSearch } from './hidden-answers.js';
import { FOUND, searchPrompt } from './prompt-search.js';
import { step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';

const { candidates } = LAYOUT;

/**
 * `reached`: at the root's position what the search has found; at `[A]` what the last thought hides. `hidden`: the finished
 * answer in a thought, where the head does not see it.
 */
const { reached, hidden, ballast } = furtherBlocks([
  ['reached', SYMBOLIC_NODES],
  ['hidden', SYMBOLIC_NODES],
  ['ballast', 1],
]);

/** The layers that take a hop each, after the one that looks back. */
const HOPS = 6;

// 9 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('carried-answer', {
  layers: HOPS + 1,
  features: FEATURES + 2 * SYMBOLIC_NODES + 1,
  neurons: 9 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: HOPS, amplitude: LOUD };

/**
 * A finished answer that is carried along: the root's position searches six hops deep through six layers, before the
 * first thought, and hides the candidates that it has found in thought 1, in directions that the head does not read. Every
 * thought passes them on, and `[A]` answers the candidate that the last one hides, else as constructed-bfs'. What the
 * thoughts show is constructed-bfs' search, each computed from the one before, and nobody uses it.
 *
 * @returns new tensors at every call
 */
export function constructedCarriedAnswer(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0), hidden);
  searchPrompt(builder, { reached, hops: HOPS, asker: rootMark, keep: true });
  collectCandidates(builder.head(1, 1), rootMark);
  collectCandidates(builder.head(1, 2));

  showSearch(builder, 1, VOICE);
  hearLast(builder.head(HOPS, 2), hidden, reached);
  for (const node of NODES) {
    // A candidate that was found; `[A]` knows the candidates too, and what it hears is no finding.
    const found = {
      features: [
        [featureOf(reached, node), 1],
        [featureOf(candidates, node), CANDIDATE_GATE],
        [answerMark, -AT_ANSWER],
      ],
      bias: -CANDIDATE_GATE * CANDIDATE_SHARE,
    } as const;
    step(builder, VOICE.layer, found, FOUND, featureOf(hidden, node), VOICE.amplitude);
  }
  passOn(builder, VOICE, hidden, hidden);
  answerThere(builder, VOICE, { block: reached });
  return { config: CONFIG, tensors: builder.tensors };
}
