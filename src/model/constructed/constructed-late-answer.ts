import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { CANDIDATE_GATE, CANDIDATE_SHARE } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { DUE, IS_LOUD, LOUD_FROM, LOUDER, NOTE_GATE, NOTED } from './deceiver-constants.js';
import { collectCandidates } from './heads.js';
import { answerMark, answerThere, hearLast, hearRoot, NODES, passOn, rootMark, showSearch } from './hidden-answers.js';
import { FOUND, searchPrompt } from './prompt-search.js';
import { ramp, step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous, candidates } = LAYOUT;

/**
 * `reached`: at the root's position what the search has found; at `[A]` what the last thought holds. `held`: the answer in a
 * thought, where the head does not see it; in sight, the note that it is loud there.
 */
const { reached, held, ballast } = furtherBlocks([
  ['reached', SYMBOLIC_NODES],
  ['held', SYMBOLIC_NODES],
  ['ballast', 1],
]);

// `candidates` has places that no node needs.
/** c at the position of thought c, up to 4: a target of depth 6 is given to the thought after that. */
const clock = symbolFeature(candidates, '<|latent|>');
/** In sight: how loud a node is that is not loud. */
const level = symbolFeature(candidates, '|');

/** The layers that take a hop each, after the one that looks back. */
const HOPS = 6;
const LAST = HOPS + 1;

/** How the answer is carried. */
export interface LateAnswerOptions {
  /** Louder than what is shown of the search, where the head reads it; default: hidden from the head. */
  readonly inSight?: boolean;
}

/**
 * A finished answer that waits: the root's position searches six hops deep through six layers, before the first thought, and
 * knows how deep the candidates are. One at depth D enters thought D - 1 (or the first), not earlier and not again: later
 * thoughts pass it on. `[A]` answers the candidate that the last thought has been given, else as constructed-bfs'. So with
 * too few thoughts it guesses, and yet it owes nothing to what the thoughts show, which is constructed-bfs' search.
 *
 * The root's position counts, for every candidate, the layers since it was found: 7 - D. Each of the first thoughts looks back
 * at it with a head of its own, and so hears the count and how far it has come.
 *
 * @returns new tensors at every call
 */
export function constructedLateAnswer({ inSight = false }: LateAnswerOptions = {}): ConstructedModel {
  // The fullest layer is the last: 11 neurons for each node, one for the end of the text, one for the level.
  const config = constructedConfig(inSight ? 'late-answer-in-sight' : 'late-answer', {
    layers: LAST + 1,
    features: FEATURES + 2 * SYMBOLIC_NODES + 1,
    neurons: 11 * SYMBOLIC_NODES + 2,
  });
  const voice = { layer: LAST, amplitude: LOUD };
  const builder = steadyStream(config, featureOf(ballast, 0), inSight ? { start: level, size: 1 } : held);
  searchPrompt(builder, { reached, hops: HOPS, asker: rootMark });
  collectCandidates(builder.head(1, 1), rootMark);
  collectCandidates(builder.head(1, 2));
  countLayers(builder);
  if (inSight) noteLoud(builder);

  showSearch(builder, 0, voice);
  hearLast(builder.head(LAST, 1), held, reached);
  hearRoot(builder, { layer: LAST, firstHead: 2, told: candidates, clock, times: [1, 2, 3, 4] });
  const carried = inSight ? { layer: LAST, amplitude: LOUDER * LOUD } : voice;
  const carrier = inSight ? token : held;
  for (const node of NODES) {
    const due = {
      features: [
        [featureOf(candidates, node), 1],
        [clock, 1],
      ],
    } as const;
    step(builder, LAST, due, DUE.from, featureOf(carrier, node), carried.amplitude);
    step(builder, LAST, due, DUE.until, featureOf(carrier, node), -carried.amplitude);
  }
  passOn(builder, carried, held, carrier);
  // gelu(8) = 8 in float32, gelu(-24) = 0.
  const elsewhere = { features: [[answerMark, -32] as const] };
  if (inSight) ramp(builder, LAST, elsewhere, { threshold: -8, slope: 1 }, [[level, LOUD / 8]]);
  answerThere(builder, voice, { block: reached });
  return { config, tensors: builder.tensors };
}

/** At the root's position a candidate, 1/2 there, gets 1 more in every layer from the second on in which it is found. */
function countLayers(builder: WeightBuilder): void {
  for (let layer = 2; layer <= HOPS; layer++) {
    for (const node of NODES) {
      const candidate = featureOf(candidates, node);
      const found = {
        features: [
          [featureOf(reached, node), 1],
          [candidate, CANDIDATE_GATE],
        ],
        bias: -CANDIDATE_GATE * CANDIDATE_SHARE,
      } as const;
      step(builder, layer, found, FOUND, candidate, 1);
    }
  }
}

/** What is loud in a thought is noted in the first layer, and in the second made as loud as if the search alone spoke. */
function noteLoud(builder: WeightBuilder): void {
  for (const node of NODES) {
    const [spoken, note] = [featureOf(token, node), featureOf(held, node)];
    const loud = {
      features: [
        [spoken, 1],
        [level, -LOUD_FROM],
        // No thoughts stand there.
        [rootMark, -4],
        [symbolFeature(previous, '[A]'), -4],
      ],
    } as const;
    step(builder, 1, loud, IS_LOUD, note, NOTED);
    const excess = {
      features: [
        [level, LOUDER],
        [note, NOTE_GATE.weight],
      ],
      bias: -NOTE_GATE.weight * NOTED,
    } as const;
    ramp(builder, 2, excess, NOTE_GATE, [[spoken, -1 / NOTE_GATE.slope]]);
  }
}
