import { holm } from '../statistics/index.js';
import type { CONCLUSIONS, Criterion, Finding, Measure, PredictionId } from './prediction.js';
import { EXPANDED_AGAINST_FRONTIER } from './predictions/f04-breadth.js';
import { LEVEL } from './settings.js';

/** A prediction with what its test found, after correction for the number of tests. */
export interface Judged extends Finding {
  readonly id: PredictionId;
  readonly role: 'search' | 'control' | 'character';
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

export type RuleName = (typeof RULE_NAMES)[number];

/** What must support before breadth-first search is said to be supported. */
const NECESSARY: readonly PredictionId[] = ['F1', 'F4', 'F5', 'F9', 'F10'];
/** Of these causal tests so many must support too. */
const CAUSAL: readonly PredictionId[] = ['F6', 'F7', 'F8', 'F13'];
const LEAST_CAUSAL = 2;

/** Contradictions that have a name of their own, in the order in which they are looked for. */
const CONTRADICTIONS: readonly { readonly rule: RuleName; readonly id: PredictionId; readonly words: string }[] = [
  { rule: 'thoughtsUnused', id: 'F1', words: 'its answers do not need its thoughts' },
  { rule: 'rivalAlgorithm', id: 'F9', words: 'its answers go the way of a rival algorithm' },
  { rule: 'noBreadth', id: 'F4', words: 'its thoughts do not hold the breadth of the frontier' },
  { rule: 'noAdvance', id: 'F5', words: 'its thoughts do not move outwards step by step' },
];

/**
 * Corrects for the number of tests (Holm 1979): a finding that supports and whose corrected p is not below the level
 * becomes undetermined. Contradictions rest on their intervals.
 */
export function correct(found: readonly (Finding & Pick<Judged, 'id' | 'role'>)[]): Judged[] {
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
 * else open. A prediction that failed is enough against; support needs all of {@link NECESSARY} and two causal tests.
 *
 * @param competence share of right answers with all thoughts
 */
export function concludeAll(competence: Criterion, judged: readonly Judged[]): Conclusion {
  const against = judged.filter(({ role, verdict }) => role === 'search' && verdict === 'contradicts');
  const guesses = '; and it answers no better than a guess';
  const not = (rule: RuleName, because: readonly PredictionId[], words: string): Conclusion => ({
    verdict: 'contradicts',
    rule,
    because,
    memory: null,
    sentence: `Not breadth-first search: ${words}${because.length > 0 ? ` (${because.join(', ')})` : ''}${
      competence.verdict === 'supports' || rule === 'noCompetence' ? '' : guesses
    }.`,
  });
  for (const { rule, id, words } of CONTRADICTIONS)
    if (against.some((one) => one.id === id)) return not(rule, [id, ...others(against, id)], words);
  if (against.length > 0) return not('predictionFails', ids(against), against.map(({ reason }) => reason).join('; '));
  if (competence.verdict === 'contradicts')
    return not('noCompetence', [], 'it answers no better than a guess, so there is nothing to explain');

  const supporting = new Set(ids(judged.filter(({ verdict }) => verdict === 'supports')));
  const missing = NECESSARY.filter((id) => !supporting.has(id));
  const causal = CAUSAL.filter((id) => supporting.has(id));
  if (missing.length === 0 && causal.length >= LEAST_CAUSAL) {
    const memory = memoryOf(judged);
    return {
      verdict: 'supports',
      rule: 'search',
      because: [...NECESSARY, ...causal],
      memory,
      sentence: `Breadth-first search is supported: the thoughts are needed, hold the frontier in its breadth, advance with it and carry the answer (${[...NECESSARY, ...causal].join(', ')}); ${MEMORY_WORDS[memory]}.`,
    };
  }
  const lacking = missing.length > 0 ? missing : CAUSAL.filter((id) => !supporting.has(id));
  return {
    verdict: 'undetermined',
    rule: 'open',
    because: lacking,
    memory: null,
    sentence: `Undetermined: nothing contradicts breadth-first search, but ${lackingWords(lacking, judged)}.`,
  };
}

/** `F1, F4 were not run, F9 does not support it` */
function lackingWords(lacking: readonly PredictionId[], judged: readonly Judged[]): string {
  const run = (id: PredictionId): boolean => judged.some((one) => one.id === id && one.verdict !== 'notApplicable');
  const [silent, missing] = [lacking.filter(run), lacking.filter((id) => !run(id))];
  const say = (some: readonly PredictionId[], one: string, several: string): string[] =>
    some.length === 0 ? [] : [`${some.join(', ')} ${some.length === 1 ? one : several}`];
  return [
    ...say(missing, 'was not run', 'were not run'),
    ...say(silent, 'does not support it', 'do not support it'),
  ].join(', ');
}

const MEMORY_WORDS = {
  cumulative: 'they keep what has been expanded',
  frontier: 'they hold the frontier alone and forget what has been expanded',
  unclear: 'whether they keep what has been expanded is unclear',
} as const;

function memoryOf(judged: readonly Judged[]): keyof typeof MEMORY_WORDS {
  const measure = judged
    .find(({ id }) => id === 'F4')
    ?.measures.find(({ name }: Measure) => name === EXPANDED_AGAINST_FRONTIER);
  const { low = null, high = null } = measure?.estimate ?? {};
  if (low !== null && low > 0.5) return 'cumulative';
  return high !== null && high < 0.5 ? 'frontier' : 'unclear';
}

function ids(judged: readonly Judged[]): PredictionId[] {
  return judged.map(({ id }) => id);
}

function others(judged: readonly Judged[], id: PredictionId): PredictionId[] {
  return ids(judged).filter((other) => other !== id);
}
