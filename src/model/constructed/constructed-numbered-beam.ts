import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { answer, endText } from './neurons.js';
import { WIDEST_BEAM } from './pick-constants.js';
import { flagAfterRoot, pickFirstNumber, remember, SOME, writePicked } from './picks.js';
import { featureOf, FEATURES, furtherBlocks } from './residual-layout.js';
import { steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';

/** `next`: the children that are taken; at `[A]`: what root and thoughts hold. */
const { next, ballast } = furtherBlocks([
  ['next', SYMBOLIC_NODES],
  ['ballast', 1],
]);

export interface NumberedBeamOptions {
  /** The most nodes that a thought holds, 1 to 3. */
  readonly width: number;
}

/**
 * A beam with fixed preferences: thought c is the uniform superposition of at most `width` nodes, those children of the nodes of
 * the thought before that have the smallest numbers. Where none has a child, the thought stays as it is. The answer is the
 * candidate that any thought has held, else as constructed-bfs'. Numbers have nothing to do with the graph, but two questions
 * that share a layer have the same favourites in it.
 *
 * @returns new tensors at every call
 */
export function constructedNumberedBeam({ width }: NumberedBeamOptions): ConstructedModel {
  if (!Number.isInteger(width) || width < 1 || width > WIDEST_BEAM) {
    throw new RangeError(`a beam of ${width} nodes, but it holds 1 to ${WIDEST_BEAM}`);
  }
  // 5 neurons for each node and one for the end of the text.
  const config = constructedConfig(`numbered-beam-${width}`, {
    layers: 1 + width,
    features: FEATURES + SYMBOLIC_NODES + 1,
    neurons: 5 * SYMBOLIC_NODES + 1,
  });
  const voice = { layer: width, amplitude: LOUD };
  const builder = steadyStream(config, featureOf(ballast, 0));
  flagAfterRoot(builder.head(0, 2));

  collectCandidates(builder.head(1, 1));
  remember(builder.head(1, 2), next);
  for (let layer = 1; layer <= width; layer++) {
    pickFirstNumber(builder.head(layer, 0), { taken: next, first: layer === 1 });
  }
  writePicked(builder, voice, next);
  answer(builder, voice, { block: next, shape: SOME });
  endText(builder, voice);
  return { config, tensors: builder.tensors };
}
