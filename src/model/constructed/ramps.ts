import type { Reading, WeightBuilder, Writing } from './weight-builder.js';

/** gelu(slope (reading - threshold)): 0 well below the threshold, slope (reading - threshold) well above it. */
export interface Ramp {
  readonly threshold: number;
  readonly slope: number;
}

/** A neuron of this shape. */
export function ramp(
  builder: WeightBuilder,
  layer: number,
  { features = [], bias = 0 }: Reading,
  at: Ramp,
  writing: Writing,
): void {
  const scaled = features.map(([feature, weight]) => [feature, at.slope * weight] as const);
  builder.neuron(layer, { features: scaled, bias: at.slope * (bias - at.threshold) }, writing);
}

/** From 0 below `low` to 1 above `high`, rounded at the corners. */
export interface Step {
  readonly low: number;
  readonly high: number;
  readonly slope: number;
}

/** The difference of two ramps: writes `amplitude` to `feature` where the reading is above the step. */
export function step(
  builder: WeightBuilder,
  layer: number,
  reading: Reading,
  { low, high, slope }: Step,
  feature: number,
  amplitude: number,
): void {
  const weight = amplitude / (slope * (high - low));
  ramp(builder, layer, reading, { threshold: low, slope }, [[feature, weight]]);
  ramp(builder, layer, reading, { threshold: high, slope }, [[feature, -weight]]);
}

/** Writes weight times the feature itself: gelu(x) - gelu(-x) = x for every x. */
export function linear(builder: WeightBuilder, layer: number, from: number, to: number, weight: number): void {
  builder.neuron(layer, { features: [[from, 1]] }, [[to, weight]]);
  builder.neuron(layer, { features: [[from, -1]] }, [[to, -weight]]);
}
