import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { LOOK_BACK_SHARPNESS } from './bfs-constants.js';
import { AT_ANSWER, HELD, NOT_LATE } from './deceiver-constants.js';
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

/** What the thoughts hear from the root's position. */
export interface Hearing {
  readonly layer: number;
  readonly firstHead: number;
  /** What the root's position knows of the nodes; 0 at the thoughts, which hear it in the same features. */
  readonly told: Block;
  /** The feature that says how far a thought has come. */
  readonly clock: number;
  /** [c - 1]: what the clock says at thought c. Later thoughts hear nothing. */
  readonly times: readonly number[];
}

/** Thought c hears, by a head that looks c positions back, what the root's position knows, and how far it has come. */
export function hearRoot(builder: WeightBuilder, { layer, firstHead, told, clock, times }: Hearing): void {
  times.forEach((time, i) => {
    const head = builder.head(layer, firstHead + i);
    lookBack(head, i + 1, LOOK_BACK_SHARPNESS);
    const late = {
      features: [
        [answerMark, 1],
        [symbolFeature(previous, '[A]'), 1],
      ],
    } as const;
    head.score(late, { features: [[symbolFeature(token, '<eos>'), NOT_LATE]] });
    for (const node of NODES) head.copy(featureOf(told, node), featureOf(told, node));
    head.copy(rootMark, clock, time);
  });
}
