import { holm } from '../statistics/index.js';
import type { CONCLUSIONS, Criterion, Finding, Prediction, PredictionId, PredictionText } from './prediction.js';
import { EXPANDED_AGAINST_FRONTIER } from './predictions/f04-breadth.js';
import { LEVEL } from './settings.js';

/** What a prediction says and what its test found, after correction for the number of tests. */
export interface PredictionResult extends PredictionText, Finding {
  /**
   * Of the whole test: all criteria must hold, so the largest of their p (an intersection-union test). Null where there
   * is none.
   */
  readonly p: number | null;
  /** Holm's, over the tests that have a p. */
  readonly correctedP: number | null;
}

/** The overall answer. */
export interface Conclusion {
  readonly verdict: (typeof CONCLUSIONS)[number];
  /** The rule that gave it. */
  readonly rule: RuleName;
  /** The predictions that the rule looked at and that decided. */
  readonly because: readonly PredictionId[];
  /** What the thoughts keep, where breadth-first search is supported. */
  readonly memory: 'cumulative' | 'frontier' | 'unclear' | null;
  readonly sentence: string;
}

/** What can decide the overall answer, in the order in which it is looked for. */
export const RULE_NAMES = [
  'noCompetence',
  'thoughtsUnused',
  'rivalAlgorithm',
  'noBreadth',
  'noAdvance',
  'predictionFails',
  'search',
  'open',
] as const;

/**
 * The rule by which a battery comes to its conclusion.
 *
 * @useDeclaredType
 */
export type RuleName = (typeof RULE_NAMES)[number];

/** So many of the causal tests must support. */
const LEAST_CAUSAL = 2;

/** Contradictions that have a name of their own, in the order in which they are looked for. */
const CONTRADICTIONS: readonly { readonly rule: RuleName; readonly id: PredictionId; readonly plain: string }[] = [
  { rule: 'thoughtsUnused', id: 'F1', plain: 'its answers do not need its thoughts' },
  { rule: 'rivalAlgorithm', id: 'F9', plain: 'its answers go the way of a rival algorithm' },
  { rule: 'noBreadth', id: 'F4', plain: 'its thoughts do not hold the breadth of the frontier' },
  { rule: 'noAdvance', id: 'F5', plain: 'its thoughts do not move outwards step by step' },
];

/**
 * Corrects for the number of tests (Holm 1979): a finding that supports and whose corrected p is not below the level
 * becomes undetermined. Contradictions rest on their intervals.
 */
export function correctForTests(found: readonly Omit<PredictionResult, 'p' | 'correctedP'>[]): PredictionResult[] {
  const ps = found.map(({ criteria }) => {
    const there = criteria.map(({ p }) => p).filter((p) => p !== null);
    return there.length === 0 ? null : Math.max(...there);
  });
  const corrected = holm(ps);
  return found.map((finding, i) => {
    const correctedP = corrected[i];
    const weak = finding.verdict === 'supports' && correctedP !== null && correctedP >= LEVEL;
    return {
      ...finding,
      p: ps[i],
      correctedP,
      ...(weak && {
        verdict: 'undetermined',
        reason: `corrected for the number of tests, p is ${correctedP.toFixed(3)}`,
      }),
    };
  });
}

/**
 * The overall sentence, by named rules tried in order: a contradiction (the named ones first), no competence, support,
 * else open. A prediction that failed is enough against; support needs all necessary predictions and two causal tests.
 *
 * @param competence share of correct answers with all thoughts
 * @param battery all predictions that there are, also those that were not tested
 */
export function concludeAll(
  competence: Criterion,
  results: readonly PredictionResult[],
  battery: readonly Prediction[],
): Conclusion {
  const against = results.filter(({ role, verdict }) => role === 'search' && verdict === 'contradicts');
  const guesses = '; and it answers no better than a guess';
  const not = (rule: RuleName, because: readonly PredictionId[], plain: string): Conclusion => ({
    verdict: 'contradicts',
    rule,
    because,
    memory: null,
    sentence: `Not breadth-first search: ${plain}${because.length > 0 ? ` (${because.join(', ')})` : ''}${
      competence.verdict === 'supports' || rule === 'noCompetence' ? '' : guesses
    }.`,
  });
  for (const { rule, id, plain } of CONTRADICTIONS)
    if (against.some((one) => one.id === id)) return not(rule, [id, ...others(against, id)], plain);
  if (against.length > 0) return not('predictionFails', ids(against), against.map(({ reason }) => reason).join('; '));
  if (competence.verdict === 'contradicts')
    return not('noCompetence', [], 'it answers no better than a guess, so there is nothing to explain');

  const supporting = new Set(ids(results.filter(({ verdict }) => verdict === 'supports')));
  const necessary = ids(battery.filter((one) => one.necessary === true));
  const causal = ids(battery.filter((one) => one.causal === true));
  const missing = necessary.filter((id) => !supporting.has(id));
  const supportingCausal = causal.filter((id) => supporting.has(id));
  if (missing.length === 0 && supportingCausal.length >= LEAST_CAUSAL) {
    const memory = memoryOf(results);
    const because = [...necessary, ...supportingCausal];
    return {
      verdict: 'supports',
      rule: 'search',
      because,
      memory,
      sentence: `Breadth-first search is supported: the thoughts are needed, hold the frontier in its breadth, advance with it and carry the answer (${because.join(', ')}); ${MEMORY_SENTENCES[memory]}.`,
    };
  }
  const lacking = missing.length > 0 ? missing : causal.filter((id) => !supporting.has(id));
  return {
    verdict: 'undetermined',
    rule: 'open',
    because: lacking,
    memory: null,
    sentence: `Undetermined: nothing contradicts breadth-first search, but ${lackingSentence(lacking, results)}.`,
  };
}

/** `F1, F4 were not run, F9 does not support it` */
function lackingSentence(lacking: readonly PredictionId[], results: readonly PredictionResult[]): string {
  const isRun = (id: PredictionId): boolean => results.some((one) => one.id === id && one.verdict !== 'notApplicable');
  const [silent, missing] = [lacking.filter(isRun), lacking.filter((id) => !isRun(id))];
  const part = (some: readonly PredictionId[], one: string, several: string): string[] =>
    some.length === 0 ? [] : [`${some.join(', ')} ${some.length === 1 ? one : several}`];
  return [
    ...part(missing, 'was not run', 'were not run'),
    ...part(silent, 'does not support it', 'do not support it'),
  ].join(', ');
}

const MEMORY_SENTENCES = {
  cumulative: 'they keep what has been expanded',
  frontier: 'they hold the frontier alone and forget what has been expanded',
  unclear: 'whether they keep what has been expanded is unclear',
} as const;

function memoryOf(results: readonly PredictionResult[]): keyof typeof MEMORY_SENTENCES {
  const measure = results.flatMap(({ measures }) => measures).find(({ name }) => name === EXPANDED_AGAINST_FRONTIER);
  const { low = null, high = null } = measure?.estimate ?? {};
  if (low !== null && low > 0.5) return 'cumulative';
  return high !== null && high < 0.5 ? 'frontier' : 'unclear';
}

function ids(some: readonly Pick<PredictionText, 'id'>[]): PredictionId[] {
  return some.map(({ id }) => id);
}

function others(results: readonly PredictionResult[], id: PredictionId): PredictionId[] {
  return ids(results).filter((other) => other !== id);
}
