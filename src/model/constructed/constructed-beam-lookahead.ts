import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { expandBackward } from './backward-hops.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { answer, endText } from './neurons.js';
import { PREFERRED_EDGE } from './pick-constants.js';
import { afterRoot, embedPlaces, flagAfterRoot, onlyAtAnswer, pickLast, remember, SOME, writePicked } from './picks.js';
import { linear, step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { candidates } = LAYOUT;

/** `next`: the children that are taken; at `[A]`: what root and thoughts hold. `promising`: what leads to a candidate. */
const { next, promising, ballast } = furtherBlocks([
  ['next', SYMBOLIC_NODES],
  ['promising', SYMBOLIC_NODES],
  ['ballast', 1],
]);

/** So far a child of the root is from a candidate at a depth of 6. A layer each, after the one that finds the candidates. */
const HOPS = 5;
const FOUND = 1;
const LAST = FOUND + HOPS + 1;

// 5 neurons for each node and one for the end of the text.
const CONFIG = constructedConfig('beam-lookahead', {
  layers: LAST + 1,
  features: FEATURES + 2 * SYMBOLIC_NODES + 1,
  neurons: 5 * SYMBOLIC_NODES + 1,
});

const VOICE = { layer: LAST, amplitude: LOUD };

/**
 * A beam of three with lookahead: of the children of the nodes of the thought before, thought c holds the two that the prompt
 * names last, and of the others the last that leads to a candidate within five edges, or else the last. Where none has a
 * child, the thought stays as it is. So one node of three is on the way, and the answer, the candidate that any thought has
 * held (else as constructed-bfs'), is nearly always right, though few of the nodes at its depth have been thought of.
 *
 * From the root on, each position searches backward from both candidates through the layers; the last layer's pick prefers
 * what it has found.
 *
 * @returns new tensors at every call
 */
export function constructedBeamLookahead(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  embedPlaces(builder);
  flagAfterRoot(builder.head(0, 2));

  collectCandidates(builder.head(FOUND, 1), afterRoot);
  remember(builder.head(FOUND, 2), next);
  lookAhead(builder);

  pickLast(builder.head(LAST - 2, 0), { taken: next, first: true });
  pickLast(builder.head(LAST - 1, 0), { taken: next });
  pickLast(builder.head(LAST, 0), { taken: next, preferred: { block: promising, score: PREFERRED_EDGE } });
  writePicked(builder, VOICE, next);
  answer(builder, VOICE, { block: next, shape: SOME, gate: onlyAtAnswer });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}

/** From the candidates a hop backward in each layer; every node found has the amplitude 1. */
function lookAhead(builder: WeightBuilder): void {
  for (let layer = FOUND; layer <= FOUND + HOPS; layer++) {
    const first = layer === FOUND;
    if (!first) expandBackward(builder.head(layer, 1), { from: promising });
    for (let node = 0; node < SYMBOLIC_NODES; node++) {
      const found = featureOf(promising, node);
      if (!first) linear(builder, layer, found, found, -1);
      const here = first ? featureOf(candidates, node) : found;
      step(builder, layer, { features: [[here, 1]] }, SOME, found, 1);
    }
  }
}
