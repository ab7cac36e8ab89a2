import type { Item } from '../dataset/index.js';
import {
  CONSTRUCTED,
  createLeanCoconut,
  NOISE_LEVELS,
  randomInit,
  withNoise,
  type ConstructedModel,
  type ConstructedName,
} from '../model/index.js';
import { symbolicWording } from '../tokenizer/index.js';
import { isSameAlignment, PLAIN, type Alignment } from './alignment.js';
import { judgeModel, observeModel, type BatteryResult, type ObserveOptions } from './battery.js';
import type { CALIBRATION_NAMES } from './names.js';
import type { Criterion, PredictionId } from './prediction.js';
import { PREDICTIONS } from './predictions/index.js';
import { claimFindings, type ClaimFindings } from './result.js';
import { LEAST_GRAPHS } from './settings.js';
import type { Conclusion, SearchKind } from './verdict.js';

/** A model of known algorithm: built by hand, or not trained at all. */
export type CalibrationModel = (typeof CALIBRATION_NAMES)[number];

/** What each of them does, in words. */
export function truthOf(name: CalibrationModel): string {
  if (name === 'random-init') return 'random weights: no algorithm at all';
  const noise = noiseOf(name);
  return noise === undefined
    ? CONSTRUCTED[name as ConstructedName].truth
    : `constructed-bfs with noise on its weights, right in about ${noise.right} of the items`;
}

/** Its weights. @param seed of what is drawn: noise, or all of them */
export function buildCalibrationModel(name: CalibrationModel, seed: number): ConstructedModel {
  if (name === 'random-init') return randomInit({}, seed);
  const noise = noiseOf(name);
  return noise === undefined
    ? CONSTRUCTED[name as ConstructedName].build()
    : withNoise(CONSTRUCTED.bfs.build(), noise.deviation, seed);
}

/** `noise-95`: the level that leaves it right in .95. */
function noiseOf(name: CalibrationModel): (typeof NOISE_LEVELS)[number] | undefined {
  return NOISE_LEVELS.find(({ right }) => name === `noise-${Math.round(100 * right)}`);
}

/** What the battery must say of a model whose algorithm is known. */
export interface Expected {
  /** Any of these is right. */
  readonly verdicts: readonly Conclusion['verdict'][];
  /** For searches: what their thoughts keep, and how far each has come; default one layer a thought. */
  readonly memory?: SearchKind['memory'];
  readonly alignment?: Alignment;
  /** The predictions that must contradict, for the right reason; others may as well. */
  readonly contradicted?: readonly PredictionId[];
  /**
   * Whether it is built to look like a search: then at least two interventions must fail with a whole interval on the wrong side of
   * what supports.
   */
  readonly deceives?: boolean;
  /** Whether it answers no better than a guess. */
  readonly guesses?: boolean;
}

const SEARCH = ['supports'] as const;
const NO_SEARCH = ['contradicts', 'undetermined'] as const;
const AGAINST = ['contradicts'] as const;
/** A search that errs: too often to be supported, perhaps, but never another algorithm. */
const NOT_AGAINST = ['supports', 'undetermined'] as const;

/** The right verdict on every model of known algorithm. */
export const EXPECTED: Readonly<Record<CalibrationModel, Expected>> = {
  bfs: { verdicts: SEARCH, memory: 'cumulative' },
  frontier: { verdicts: SEARCH, memory: 'frontier' },
  greedy: { verdicts: AGAINST, contradicted: ['F4'] },
  degree: { verdicts: AGAINST, contradicted: ['F7'] },
  elimination: { verdicts: AGAINST, contradicted: ['F9'] },
  'copy-through': { verdicts: AGAINST, contradicted: ['F1', 'F16'], deceives: true },
  'head-start': { verdicts: SEARCH, memory: 'cumulative', alignment: { ...PLAIN, offset: 1 } },
  stride: { verdicts: SEARCH, memory: 'cumulative', alignment: { ...PLAIN, stride: 2 } },
  'hidden-search': { verdicts: SEARCH, memory: 'unclear' },
  'hidden-search-other-root': { verdicts: SEARCH, memory: 'unclear' },
  'walk-counts': { verdicts: SEARCH },
  'carried-answer': { verdicts: AGAINST, deceives: true },
  'late-answer': { verdicts: AGAINST, deceives: true },
  'late-answer-in-sight': { verdicts: AGAINST, deceives: true },
  'constant-holder': { verdicts: AGAINST, deceives: true },
  'unused-search': { verdicts: AGAINST, deceives: true },
  'beam-2': { verdicts: NO_SEARCH },
  'beam-3': { verdicts: NO_SEARCH },
  'beam-lookahead': { verdicts: NO_SEARCH },
  'depth-first': { verdicts: NO_SEARCH },
  'hidden-path': { verdicts: NO_SEARCH, deceives: true },
  'replayed-search': { verdicts: AGAINST, deceives: true },
  backward: { verdicts: NO_SEARCH },
  bidirectional: { verdicts: NO_SEARCH },
  'mixture-elimination': { verdicts: NO_SEARCH },
  scratchpad: { verdicts: SEARCH, memory: 'cumulative' },
  'one-by-one': { verdicts: NO_SEARCH },
  'numbered-beam-3': { verdicts: NO_SEARCH },
  'guarded-replay': { verdicts: NO_SEARCH },
  'noise-95': { verdicts: NOT_AGAINST },
  'noise-90': { verdicts: NOT_AGAINST },
  'noise-80': { verdicts: NOT_AGAINST },
  'noise-70': { verdicts: NOT_AGAINST },
  'random-init': { verdicts: AGAINST, guesses: true },
};

/** One model's battery on one seed's items, as `calibrate --json` has it. */
export interface CalibrationCell extends ClaimFindings {
  readonly model: CalibrationModel;
  /** What the model does, in words. */
  readonly truth: string;
  readonly seed: number;
  readonly expected: Expected;
  /** What is not as expected, in words; empty where all is. */
  readonly wrong: readonly string[];
}

/**
 * The battery on one model of known algorithm.
 *
 * @throws the reason of `signal`
 */
export async function calibrateModel(
  name: CalibrationModel,
  items: readonly Item[],
  options: ObserveOptions,
): Promise<CalibrationCell> {
  const built = buildCalibrationModel(name, options.seed);
  const model = createLeanCoconut(built);
  try {
    const thoughts = built.config.coconut?.thoughts ?? 0;
    const observations = await observeModel({ model, wording: symbolicWording, thoughts }, items, PREDICTIONS, options);
    // Where there are none, the signal stopped it.
    if (observations === undefined) throw options.signal?.reason;
    const result = judgeModel(observations, [], PREDICTIONS);
    const expected = EXPECTED[name];
    const wrong = differences(result, expected);
    return { model: name, truth: truthOf(name), seed: options.seed, expected, wrong, ...claimFindings(result) };
  } finally {
    model.dispose();
  }
}

/** So many interventions must see through a deceiver. */
const SEEN_THROUGH = 2;

/** How a battery's result departs from what is right. */
export function differences({ competence, conclusion, findings }: BatteryResult, expected: Expected): string[] {
  const { verdict, kind } = conclusion;
  const { verdicts, memory, alignment = PLAIN, contradicted = [] } = expected;
  const missed = contradicted.filter((id) => findings.find((finding) => finding.id === id)?.verdict !== 'contradicts');
  const failed = findings.filter(
    ({ evidence, criteria }) => evidence === 'intervention' && criteria.some(isClearFailure),
  );
  return [
    ...(verdicts.includes(verdict) ? [] : [`${verdict}, not ${verdicts.join(' or ')}`]),
    ...(kind === null || memory === undefined || kind.memory === memory
      ? []
      : [`memory ${kind.memory}, not ${memory}`]),
    ...(kind === null || (kind.alignment !== null && isSameAlignment(kind.alignment, alignment))
      ? []
      : [`alignment ${JSON.stringify(kind.alignment)}, not ${JSON.stringify(alignment)}`]),
    ...(expected.guesses === true && competence.verdict === 'supports' ? ['it answers better than a guess'] : []),
    ...missed.map((id) => `${id} does not contradict`),
    ...(expected.deceives === true && failed.length < SEEN_THROUGH
      ? [`only ${failed.map(({ id }) => id).join(', ') || 'no intervention'} sees through it`]
      : []),
  ];
}

/** Whether a whole interval lies on the wrong side of what supports. */
function isClearFailure({ estimate: { low, high, clusters }, direction, support }: Criterion): boolean {
  if (low === null || high === null || clusters < LEAST_GRAPHS) return false;
  return direction === 'above' ? high < support : low > support;
}
