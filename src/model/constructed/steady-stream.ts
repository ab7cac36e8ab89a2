import type { Gpt2Config } from '../../checkpoint/index.js';
import { POSITIONS, UNIT } from './bfs-constants.js';
import { copyFrom } from './heads.js';
import { ramp } from './ramps.js';
import { embedPositions, POSITION_SQUARED_NORM } from './position-code.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import { BALLAST, QUIET } from './variant-constants.js';
import { WeightBuilder } from './weight-builder.js';

const { token, previous, beforePrevious } = LAYOUT;

/** The squared norm that every LayerNorm is set for: ballast, token or thought, previous, before previous, position. */
export const STEADY_SQUARED_NORM = BALLAST * BALLAST + 3 + POSITION_SQUARED_NORM;

/**
 * Begins a variant: embeddings with ballast, LayerNorms that all have the same gain, the first layer's two heads that look
 * back, and a last norm that lets through `token` alone. What remains is to build further heads and the neurons.
 *
 * @param ballast the feature that holds it
 * @param hidden features that the last norm lets through too: thoughts have them, and the head reads nothing of them
 */
export function steadyStream(config: Gpt2Config, ballast: number, hidden?: Block): WeightBuilder {
  const builder = new WeightBuilder(config, UNIT);
  for (let id = 0; id < config.vocabSize; id++) builder.embed('wte', id, [[featureOf(token, id), 1]]);
  embedPositions(builder, POSITIONS);
  for (let t = 0; t < POSITIONS; t++) builder.embed('wpe', t, [[ballast, BALLAST]]);
  for (let layer = 0; layer < config.nLayer; layer++) {
    for (const norm of ['ln_1', 'ln_2']) builder.normalize(`h.${layer}.${norm}`, STEADY_SQUARED_NORM);
  }
  copyFrom(1, previous, builder.head(0, 0));
  copyFrom(2, beforePrevious, builder.head(0, 1));
  builder.project('ln_f', token);
  if (hidden !== undefined) builder.project('ln_f', hidden);
  return builder;
}

/** Where nothing louder is written, a position says `<|end-latent|>`: there is nothing to think of. */
export function sayEndByDefault(builder: WeightBuilder, layer: number): void {
  // gelu(8) = 8 in float32.
  const always = { threshold: -8, slope: 1 };
  ramp(builder, layer, {}, always, [[symbolFeature(token, '<|end-latent|>'), QUIET / 8]]);
}
