import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { LOOK_BACK_SHARPNESS } from './bfs-constants.js';
import { AT_ANSWER, HELD } from './deceiver-constants.js';
import { expand } from './heads.js';
import { answer, endText, equalizeMembers, type Evidence, type Voice } from './neurons.js';
import { lookBack } from './position-code.js';
import { step } from './ramps.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import type { Head, Reading, WeightBuilder } from './weight-builder.js';

const { token, previous } = LAYOUT;

/** 1 at the root's position. */
export const rootMark = symbolFeature(previous, '[R]');
/** 1 at `[A]`. */
export const answerMark = symbolFeature(token, '[A]');

export const NODES: readonly number[] = Array.from({ length: SYMBOLIC_NODES }, (_, node) => node);

/** 0 at `[A]`, far below elsewhere. */
const onlyAtAnswer: Reading = { features: [[answerMark, AT_ANSWER]], bias: -AT_ANSWER };

/** The search that is shown: every node of the thought and the targets of its edges, as in constructed-bfs. */
export function showSearch(builder: WeightBuilder, head: number, voice: Voice): void {
  expand(builder.head(voice.layer, head));
  equalizeMembers(builder, voice);
}

/** What a thought has of `held` the next one gets in `to`. */
export function passOn(builder: WeightBuilder, voice: Voice, held: Block, to: Block): void {
  for (const node of NODES) {
    step(builder, voice.layer, { features: [[featureOf(held, node), 1]] }, HELD, featureOf(to, node), voice.amplitude);
  }
}

/** Every position copies `held` of the one before into `heard`. */
export function hearLast(head: Head, held: Block, heard: Block): void {
  lookBack(head, 1, LOOK_BACK_SHARPNESS);
  for (const node of NODES) head.copy(featureOf(held, node), featureOf(heard, node));
}

/** `[A]` answers by the evidence, and the text ends; other positions that know the candidates keep quiet. */
export function answerThere(builder: WeightBuilder, voice: Voice, evidence: Evidence): void {
  answer(builder, voice, { ...evidence, gate: onlyAtAnswer });
  endText(builder, voice);
}
