import { SYMBOLIC_NODES, symbolicTokenizer } from '../../tokenizer/index.js';
import { STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates, expand } from './heads.js';
import { answer, endText, writeMembers } from './neurons.js';
import { squareRoot } from './portable-math.js';
import { searchPrompt } from './prompt-search.js';
import { ramp, step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { STEADY_SQUARED_NORM, steadyStream } from './steady-stream.js';
import {
  FOREIGN,
  LOUD,
  REPORT,
  REPORT_REST,
  REPORT_SCORE,
  SUSPICION,
  SILENCED,
  SPOKEN,
  WHOLE,
} from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous } = LAYOUT;

/**
 * `reached`: what the search has found; at the root's position in the end 1 for a candidate and 2 for one that it found.
 * `report`: marks that position. `heard`: at `[A]`, `reached` of that position.
 */
const { reached, heard, report, ballast } = furtherBlocks([
  ['reached', SYMBOLIC_NODES],
  ['heard', SYMBOLIC_NODES],
  ['report', 1],
  ['ballast', 1],
]);

/** The layers that take a hop each, after the one that looks back. Released items have depths of at most 6. */
const HOPS = 6;
const LAST = HOPS + 1;

const VOCABULARY = symbolicTokenizer.vocabularySize;

// The fullest layer is that before the last hop: 4 neurons for each node, 2 for each token in `previous`.
const CONFIG = constructedConfig('copy-through', {
  layers: LAST + 1,
  features: FEATURES + 2 * SYMBOLIC_NODES + 2,
  neurons: 4 * SYMBOLIC_NODES + 2 * VOCABULARY,
});

/** By so much the mark enlarges what LayerNorm divides by. */
const LOUDNESS = squareRoot((STEADY_SQUARED_NORM + REPORT * REPORT) / STEADY_SQUARED_NORM);

const VOICE = { layer: LAST, amplitude: LOUD };

const rootMark = symbolFeature(previous, '[R]');
const answerMark = symbolFeature(token, '[A]');

/** Keeps neurons silent at `[A]`, whatever stands beside it in the residual stream. */
const NOT_AT_ANSWER = [[answerMark, -SILENCED]] as const;

/**
 * Thoughts like constructed-bfs', and an answer that owes them nothing: the position of the root, which is before all
 * thoughts, searches six hops deep through six layers, in a block of its own, and `[A]` copies what it has found. Whatever
 * stands at the thoughts' positions, and however many they are, the answer is the same.
 *
 * @returns new tensors at every call
 */
export function constructedCopyThrough(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  collectCandidates(builder.head(1, 1), rootMark);
  searchPrompt(builder, { reached, hops: HOPS });
  const shape = { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE };
  answer(
    builder,
    { layer: HOPS, amplitude: 1 },
    { block: reached, to: reached, shape, gate: { features: NOT_AT_ANSWER } },
  );
  markRoot(builder);

  // At the root's position the mark makes all else smaller.
  expand(builder.head(LAST, 0), { weight: LOUDNESS });
  hearReport(builder);
  writeMembers(builder, VOICE, (node) => ({ features: [[featureOf(token, node), 1], ...NOT_AT_ANSWER] }));
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    ramp(builder, LAST, { features: [[featureOf(heard, node), 1]] }, SPOKEN, [
      [featureOf(token, node), LOUD / SPOKEN.slope],
    ]);
  }
  endText(builder, VOICE, NOT_AT_ANSWER);
  return { config: CONFIG, tensors: builder.tensors };
}

/**
 * Marks the position after `[R]`, louder than the ballast, so that nothing else can look like it: a key's size is limited
 * by LayerNorm, and most of this one is the mark. First a position where `previous` holds anything but `[R]` gets a suspicion
 * that keeps the mark away: else a meaningless thought could have it by chance.
 */
function markRoot(builder: WeightBuilder): void {
  const mark = featureOf(report, 0);
  for (let id = 0; id < VOCABULARY; id++) {
    const feature = featureOf(previous, id);
    if (feature === rootMark) continue;
    for (const sign of [1, -1]) {
      ramp(builder, HOPS - 1, { features: [[feature, sign]] }, FOREIGN, [[mark, -1 / FOREIGN.slope]]);
    }
  }
  // No gate of [A] here: a thought with less than nothing of [A] would open it.
  const trusted = { features: [[rootMark, 1] as const, [mark, SUSPICION] as const] };
  step(builder, HOPS, trusted, WHOLE, mark, REPORT);
}

/** `[A]` copies `reached` from the marked position; every other position rests. */
function hearReport(builder: WeightBuilder): void {
  const head = builder.head(LAST, 1);
  head.score({ features: [[answerMark, 1]] }, { features: [[featureOf(report, 0), REPORT_SCORE]] });
  head.score({ features: [[answerMark, -1]], bias: 1 }, { features: [[symbolFeature(token, '<eos>'), REPORT_REST]] });
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    head.copy(featureOf(reached, node), featureOf(heard, node), LOUDNESS);
  }
}
