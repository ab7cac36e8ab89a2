import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import {
  CANDIDATE_GATE,
  CANDIDATE_SHARE,
  CANDIDATE_THRESHOLD,
  END_AMPLITUDE,
  END_THRESHOLD,
  GATE_SLOPE,
  REACHED_HIGH,
  REACHED_LOW,
  REACHED_SLOPE,
  STEP_AMPLITUDE,
  STEP_HIGH,
  STEP_LOW,
  STEP_SLOPE,
} from './bfs-constants.js';
import { squareRoot } from './portable-math.js';
import { featureOf, LAYOUT, symbolFeature } from './residual-layout.js';
import type { Reading, WeightBuilder, Writing } from './weight-builder.js';

const { token, previous, candidates } = LAYOUT;

/** All neurons work in the second layer; the first layer's MLP is off. */
const LAYER = 1;

/** gelu(slope (reading - threshold)): 0 well below the threshold, slope (reading - threshold) well above it. */
interface Ramp {
  readonly threshold: number;
  readonly slope: number;
}

function ramp(builder: WeightBuilder, { features = [], bias = 0 }: Reading, at: Ramp, writing: Writing): void {
  const scaled = features.map(([feature, weight]) => [feature, at.slope * weight] as const);
  builder.neuron(LAYER, { features: scaled, bias: at.slope * (bias - at.threshold) }, writing);
}

/** From 0 below `low` to 1 above `high`, rounded at the corners. */
interface Step {
  readonly low: number;
  readonly high: number;
  readonly slope: number;
}

/** The difference of two ramps: writes `amplitude` to `feature` where the reading is above the step. */
function step(
  builder: WeightBuilder,
  reading: Reading,
  { low, high, slope }: Step,
  feature: number,
  amplitude: number,
): void {
  const weight = amplitude / (slope * (high - low));
  ramp(builder, reading, { threshold: low, slope }, [[feature, weight]]);
  ramp(builder, reading, { threshold: high, slope }, [[feature, -weight]]);
}

/** Every node that the thought holds or the expansion head has just added weighs the same. */
export function equalizeMembers(builder: WeightBuilder): void {
  const shape = { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE };
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const member = featureOf(token, node);
    step(builder, { features: [[member, 1]] }, shape, member, STEP_AMPLITUDE);
  }
}

/**
 * At `[A]`: both candidates are written, and the one that the last thought (the previous position) holds is written
 * once more. Elsewhere the candidate features are 0 and these neurons are silent.
 *
 * @param excess squared norm of the residual stream at `[A]` over the one that this layer's LayerNorm is set for
 */
export function answer(builder: WeightBuilder, excess: number): void {
  const unit = squareRoot(excess);
  const shape = { low: REACHED_LOW, high: REACHED_HIGH, slope: REACHED_SLOPE };
  const present = { threshold: CANDIDATE_THRESHOLD, slope: GATE_SLOPE };
  const height = GATE_SLOPE * (CANDIDATE_SHARE - CANDIDATE_THRESHOLD);
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const candidate = featureOf(candidates, node);
    const said = featureOf(token, node);
    ramp(builder, { features: [[candidate, unit]] }, present, [[said, STEP_AMPLITUDE / height]]);
    const reached = {
      features: [
        [featureOf(previous, node), unit],
        [candidate, CANDIDATE_GATE * unit],
      ],
      bias: -CANDIDATE_GATE * CANDIDATE_SHARE,
    } as const;
    step(builder, reached, shape, said, STEP_AMPLITUDE);
  }
}

/** One position after `[A]`, where the answer stands, the end of the text outweighs all nodes. */
export function endText(builder: WeightBuilder): void {
  const at = { threshold: END_THRESHOLD, slope: GATE_SLOPE };
  const height = GATE_SLOPE * (1 - END_THRESHOLD);
  const writing = [[symbolFeature(token, '<eos>'), END_AMPLITUDE / height]] as const;
  ramp(builder, { features: [[symbolFeature(previous, '[A]'), 1]] }, at, writing);
}
