import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import {
  CANDIDATE_GATE,
  CANDIDATE_SHARE,
  CANDIDATE_THRESHOLD,
  END_LOUDNESS,
  END_THRESHOLD,
  GATE_SLOPE,
  REACHED_HIGH,
  REACHED_LOW,
  REACHED_SLOPE,
  STEP_HIGH,
  STEP_LOW,
  STEP_SLOPE,
} from './bfs-constants.js';
import { squareRoot } from './portable-math.js';
import { ramp, step, type Step } from './ramps.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import type { Reading, WeightBuilder } from './weight-builder.js';

const { token, previous, candidates } = LAYOUT;

/** Where a circuit works, and how loud it writes. */
export interface Voice {
  readonly layer: number;
  readonly amplitude: number;
}

const STEP: Step = { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE };

/** Writes every node of which `reading` finds some share, however small, with the same amplitude. */
export function writeMembers(
  builder: WeightBuilder,
  { layer, amplitude }: Voice,
  reading: (node: number) => Reading,
): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    step(builder, layer, reading(node), STEP, featureOf(token, node), amplitude);
  }
}

/** Every node that the thought holds or the expansion head has just added weighs the same. */
export function equalizeMembers(builder: WeightBuilder, voice: Voice): void {
  writeMembers(builder, voice, (node) => ({ features: [[featureOf(token, node), 1]] }));
}

/** What speaks for a candidate. */
export interface Evidence {
  /** Its feature there says so. */
  readonly block: Block;
  /** How far it must reach; default is what tells a member of a thought from what is none. */
  readonly shape?: Step;
  /** -1 if it speaks against the candidate. */
  readonly sign?: 1 | -1;
  /** Where the verdict is written; default `token`. */
  readonly to?: Block;
  /** Squared norm of the residual stream at `[A]` over the one that this layer's LayerNorm is set for. Default 1. */
  readonly excess?: number;
  /** Added to everything that is read: keeps the circuit silent elsewhere. */
  readonly gate?: Reading;
}

const REACHED: Step = { low: REACHED_LOW, high: REACHED_HIGH, slope: REACHED_SLOPE };

/**
 * Both candidates are written, and the one that the evidence speaks for is written once more. Where the candidate
 * features are 0, that is everywhere but at `[A]`, these neurons are silent.
 */
export function answer(
  builder: WeightBuilder,
  { layer, amplitude }: Voice,
  { block, shape = REACHED, sign = 1, to = token, excess = 1, gate = {} }: Evidence,
): void {
  const unit = squareRoot(excess);
  const { features: gates = [], bias = 0 } = gate;
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const candidate = featureOf(candidates, node);
    const said = featureOf(to, node);
    sayCandidate(builder, { layer, amplitude }, { features: [[candidate, unit], ...gates], bias }, said);
    const reached = {
      features: [[featureOf(block, node), sign * unit] as const, [candidate, CANDIDATE_GATE * unit] as const, ...gates],
      bias: bias - CANDIDATE_GATE * CANDIDATE_SHARE,
    };
    step(builder, layer, reached, shape, said, amplitude);
  }
}

/** A candidate is written, linear in its share, to keep the tie-break. */
export function sayCandidate(builder: WeightBuilder, { layer, amplitude }: Voice, share: Reading, said: number): void {
  const height = GATE_SLOPE * (CANDIDATE_SHARE - CANDIDATE_THRESHOLD);
  const present = { threshold: CANDIDATE_THRESHOLD, slope: GATE_SLOPE };
  ramp(builder, layer, share, present, [[said, amplitude / height]]);
}

/**
 * One position after `[A]`, where the answer stands, the end of the text outweighs all nodes.
 *
 * @param voice its amplitude is that of the nodes
 */
export function endText(
  builder: WeightBuilder,
  { layer, amplitude }: Voice,
  gates: NonNullable<Reading['features']> = [],
): void {
  const at = { threshold: END_THRESHOLD, slope: GATE_SLOPE };
  const height = GATE_SLOPE * (1 - END_THRESHOLD);
  const writing = [[symbolFeature(token, '<eos>'), (END_LOUDNESS * amplitude) / height]] as const;
  ramp(builder, layer, { features: [[symbolFeature(previous, '[A]'), 1], ...gates] }, at, writing);
}
