import type { Estimate } from '../statistics/index.js';
import type { Alignment } from './alignment.js';
import type { PredictionResult } from './correct-for-tests.js';
import type { CONCLUSIONS, Criterion, Prediction, PredictionId, PredictionText } from './prediction.js';
import { EXPANDED_AGAINST_FRONTIER } from './predictions/f04-breadth.js';
import { lastStepsWords, layerWords } from './kind-words.js';
import { BEAMS, BEYOND_BEAM } from './beams.js';
import { blindBeamName } from './predictions/f17-blind-beams.js';
import { beamName } from './scrubbed-criteria.js';
import { OTHER_WAYS, searchedShare } from './searched-share.js';
import { LEAST_GRAPHS } from './settings.js';
import { SEARCHED } from './thresholds.js';

/** What kind of search it is, where breadth-first search is supported. */
export interface SearchKind {
  /** What the thoughts keep, as the LM head reads it: all that was reached, or the frontier alone. */
  readonly memory: 'cumulative' | 'frontier' | 'unclear';
  /** How far the search is at each thought. Null in results of versions before 4. */
  readonly alignment: Alignment | null;
  /** The share of right answers that all tests together leave to the search (`searchedShare`). */
  readonly share: Estimate | null;
  /** The widest beam that is ruled out; null where none could be told from a search on these items. */
  readonly widerThan: number | null;
  /** Whether the LM head reads what the thoughts hold (F4, F5); null where that is open. */
  readonly readByHead: boolean | null;
}

/** The overall answer. */
export interface Conclusion {
  readonly verdict: (typeof CONCLUSIONS)[number];
  /** The rule that gave it. */
  readonly rule: RuleName;
  /** The predictions that the rule looked at and that decided. */
  readonly because: readonly PredictionId[];
  /** Null unless breadth-first search is supported. */
  readonly kind: SearchKind | null;
  /** Where it is open for want of items: about how many would decide, if estimates stayed as they are; else null. */
  readonly itemsNeeded: number | null;
  readonly sentence: string;
}

/** What can decide the overall answer, in the order in which it is looked for. */
export const RULE_NAMES = [
  'thoughtsUnused',
  'rivalAlgorithm',
  'noPropagation',
  'otherContents',
  'noBreadth',
  'noAdvance',
  'predictionFails',
  'noCompetence',
  'search',
  'open',
] as const;

/**
 * The rule by which a battery comes to its conclusion.
 *
 * @useDeclaredType
 */
export type RuleName = (typeof RULE_NAMES)[number];

/** Contradictions that have a name of their own, in the order in which they are looked for. */
const CONTRADICTIONS: readonly { readonly rule: RuleName; readonly id: PredictionId; readonly plain: string }[] = [
  { rule: 'thoughtsUnused', id: 'F1', plain: 'its answers do not need its thoughts' },
  { rule: 'rivalAlgorithm', id: 'F9', plain: 'its answers go the way of a rival algorithm' },
  { rule: 'noPropagation', id: 'F16', plain: 'what is put into its thoughts is not searched on' },
  { rule: 'otherContents', id: 'F15', plain: 'its thoughts hold something else than the layers of a search' },
  { rule: 'noBreadth', id: 'F4', plain: 'its thoughts do not show the breadth of the frontier' },
  { rule: 'noAdvance', id: 'F5', plain: 'its thoughts do not move outwards step by step' },
];

/** The interventions that find a search whatever the head reads. */
const SEARCHING: readonly PredictionId[] = ['F6', 'F15', 'F16'];

/** What the LM head reads of thoughts. */
const READ_BY_HEAD: readonly PredictionId[] = ['F4', 'F5'];

/** What alignments are fitted to. */
const ALIGNED_BY: readonly PredictionId[] = ['F6', 'F15'];

/** The tests whose criteria bound the share that is searched for. */
const SHARES: readonly PredictionId[] = [...new Set(OTHER_WAYS.map(({ test }) => test))];

/** What a conclusion needs beside the findings. */
export interface ConclusionContext {
  /** The alignment that both halves of the graphs found. */
  readonly alignment: Alignment | undefined;
  /** How many items were asked. */
  readonly items: number;
}

/**
 * The overall sentence, by named rules tried in order: a contradiction (the named ones first), no competence, support,
 * else open. A prediction that failed is enough against, but for a readout where interventions find the search; support
 * needs all necessary predictions.
 *
 * @param competence share of correct answers with all thoughts
 * @param battery all predictions that there are, also those that were not tested
 */
export function concludeAll(
  competence: Criterion,
  results: readonly PredictionResult[],
  battery: readonly Prediction[],
  { alignment, items }: ConclusionContext,
): Conclusion {
  const supporting = new Set(ids(results.filter(({ verdict }) => verdict === 'supports')));
  // Where interventions find the search, or only lack items for it, the head may just not read it.
  const readoutsDecide = results.some(
    ({ id, verdict, growth }) =>
      SEARCHING.includes(id) && (verdict === 'contradicts' || (verdict === 'undetermined' && growth === null)),
  );
  const against = results.filter(
    ({ role, verdict, evidence }) =>
      role === 'search' && verdict === 'contradicts' && (evidence !== 'readout' || readoutsDecide),
  );
  const guesses = '; and it answers no better than a guess';
  const open = { kind: null, itemsNeeded: null };
  const not = (rule: RuleName, because: readonly PredictionId[], plain: string): Conclusion => ({
    verdict: 'contradicts',
    rule,
    because,
    ...open,
    sentence: `Not breadth-first search: ${plain}${because.length > 0 ? ` (${because.join(', ')})` : ''}${
      competence.verdict === 'supports' || rule === 'noCompetence' ? '' : guesses
    }.`,
  });
  for (const { rule, id, plain } of CONTRADICTIONS)
    if (against.some((one) => one.id === id)) return not(rule, [id, ...others(against, id)], plain);
  if (against.length > 0) return not('predictionFails', ids(against), against.map(({ reason }) => reason).join('; '));
  if (competence.verdict === 'contradicts')
    return not('noCompetence', [], 'it answers no better than a guess, so there is nothing to explain');

  const necessary = ids(battery.filter((one) => one.necessary === true));
  const missing = necessary.filter((id) => !supporting.has(id));
  // A battery that does not look at single thoughts needs none.
  if (missing.length === 0 && alignment === undefined && necessary.some((id) => ALIGNED_BY.includes(id)))
    return {
      verdict: 'undetermined',
      rule: 'open',
      because: ALIGNED_BY,
      ...open,
      sentence:
        'Undetermined: all that a search must show is there, but the two halves of the graphs do not agree on how far each thought has come (F6, F15).',
    };
  const share = searchedShare(results) ?? null;
  if (missing.length === 0 && share !== null && (share.low ?? 0) <= SEARCHED.support) return tooMuchElse(share, items);
  if (missing.length === 0) {
    const kind = kindOf(results, alignment, share, supporting);
    return {
      verdict: 'supports',
      rule: 'search',
      because: necessary,
      ...open,
      kind,
      sentence: `Breadth-first search is supported (${necessary.join(', ')}): ${searchSentence(kind)}.`,
    };
  }
  const itemsNeeded = itemsNeededFor(missing, results, items);
  return {
    verdict: 'undetermined',
    rule: 'open',
    because: missing,
    kind: null,
    itemsNeeded,
    sentence: `Undetermined: nothing contradicts breadth-first search, but ${lackingSentence(missing, results)}${moreItems(itemsNeeded)}.`,
  };
}

/** Items that would let all missing predictions support; null where one was not run or more items would not help. */
function itemsNeededFor(
  missing: readonly PredictionId[],
  results: readonly PredictionResult[],
  items: number,
): number | null {
  const factors = missing.map((id) => results.find((one) => one.id === id)?.growth ?? null);
  const most = factors.includes(null) ? null : Math.max(...factors.map((factor) => factor ?? 1));
  return most === null ? null : roundedItems(items * most);
}

/** Two digits: it is no more than a guide. */
function roundedItems(items: number): number {
  return Number(items.toPrecision(2));
}

function moreItems(itemsNeeded: number | null): string {
  return itemsNeeded === null ? '' : `; about ${itemsNeeded} items would decide, if estimates stay as they are`;
}

/** What a search must show is there, but too much may come about otherwise. */
function tooMuchElse(share: Estimate, items: number): Conclusion {
  const { value, low } = share;
  const otherwise = (left: number | null): string => percent(left === null ? null : 1 - left);
  // Intervals are as wide as the root of the number of items is small.
  const margin = (value ?? 0) - SEARCHED.support;
  const growth = value === null || low === null || margin <= 0 ? null : ((value - low) / margin) ** 2;
  const itemsNeeded = growth === null ? null : roundedItems(items * growth);
  return {
    verdict: 'undetermined',
    rule: 'open',
    because: SHARES,
    kind: null,
    itemsNeeded,
    sentence: `Undetermined: each prediction of breadth-first search holds, but what ${SHARES.join(', ')} leave otherwise, errors among it, adds up to as much as ${otherwise(low)} of the right answers (estimate ${otherwise(value)})${moreItems(itemsNeeded)}.`,
  };
}

function kindOf(
  results: readonly PredictionResult[],
  alignment: Alignment | undefined,
  share: Estimate | null,
  supporting: ReadonlySet<PredictionId>,
): SearchKind {
  const shown = READ_BY_HEAD.map((id) => results.find((one) => one.id === id)?.verdict);
  const isRead = READ_BY_HEAD.every((id) => supporting.has(id));
  return {
    memory: isRead ? memoryOf(results) : 'unclear',
    alignment: alignment ?? null,
    share,
    widerThan: BEAMS.filter((width) => isRuledOut(results, width)).at(-1) ?? null,
    readByHead: isRead ? true : shown.includes('contradicts') ? false : null,
  };
}

/** Whether a beam is ruled out both if it knows the way and, where there are items to tell, if it does not. */
function isRuledOut(results: readonly PredictionResult[], width: number): boolean {
  const numbers = results.flatMap(({ criteria, measures }) => [...criteria, ...measures]);
  const isAbove = (name: string, least: number, fewIs: boolean): boolean => {
    const { low = null, clusters = 0 } = numbers.find((one) => one.name === name)?.estimate ?? {};
    return low === null || clusters < LEAST_GRAPHS ? fewIs : low > least;
  };
  return isAbove(beamName(width), BEYOND_BEAM, false) && isAbove(blindBeamName(width), 0, true);
}

/** What kind of search it is, in words. */
function searchSentence({ memory, alignment, share, widerThan, readByHead }: SearchKind): string {
  return [
    `each thought is computed from the one before and holds what a search has reached, ${widthWords(widerThan)}not a path or an answer`,
    ...(share === null
      ? []
      : [`at least ${percent(share.low)} of the right answers come about so (estimate ${percent(share.value)})`]),
    ...(alignment === null
      ? []
      : [`thought t has come ${layerWords(alignment)} layers far${lastStepsWords(alignment)}`]),
    readByHead === true ? MEMORY_SENTENCES[memory] : HEAD_SENTENCES[readByHead === null ? 'unclear' : 'not'],
  ].join('; ');
}

/** `more than a beam of 3 keeps (one of 4 is not ruled out), ` */
function widthWords(widerThan: number | null): string {
  if (widerThan === null) return '';
  const next = BEAMS.find((width) => width > widerThan);
  const open = next === undefined ? '' : ` (one of ${next} is not ruled out)`;
  return `more than a beam of ${widerThan} keeps${open}, `;
}

function percent(share: number | null): string {
  return share === null ? '?' : `${Math.round(100 * Math.min(1, Math.max(0, share)))} %`;
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

const HEAD_SENTENCES = {
  not: 'the LM head does not read what the thoughts hold',
  unclear: 'whether the LM head reads what the thoughts hold is unclear',
} as const;

const MEMORY_SENTENCES = {
  cumulative: 'they keep what has been expanded',
  frontier: 'they hold the frontier alone and forget what has been expanded',
  unclear: 'whether they keep what has been expanded is unclear',
} as const;

function memoryOf(results: readonly PredictionResult[]): SearchKind['memory'] {
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
