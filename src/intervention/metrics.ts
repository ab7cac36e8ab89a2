/**
 * How probable the two answers of an item are, as natural logarithms: exp(target) is the probability of the target. In
 * logarithms because a sure model leaves the other answer less than the smallest number there is.
 */
export interface Answer {
  readonly target: number;
  readonly decoy: number;
}

/** By how much T must drop for an answer to count as flipped, in percentage points. */
export const FLIP = 50;

/** From which share of the probability on neither candidate an answer counts as mostly other. */
export const MOSTLY_OTHER = 0.5;

/**
 * The logit difference: ln p(target) - ln p(decoy), in nats. Positive where the target is the more probable answer; 0 for
 * two impossible answers.
 */
export function logitDifference({ target, decoy }: Answer): number {
  // Two infinities, as of logits that were masked, have no difference.
  return target === decoy ? 0 : target - decoy;
}

/**
 * T, the preference for the target: the sigmoid of {@link logitDifference} in percent, 100 p(target) / (p(target) +
 * p(decoy)), as in the public audit notes of latent reasoning on ProsQA (star2vec, 2026). Chance level 50, which is also
 * what two impossible answers get.
 */
export function preference(answer: Answer): number {
  return 100 / (1 + Math.exp(-logitDifference(answer)));
}

/** e, the probability of anything but the two answers: 1 - p(target) - p(decoy), in [0, 1] (rounding aside). */
export function otherMass({ target, decoy }: Answer): number {
  return Math.max(0, 1 - Math.exp(target) - Math.exp(decoy));
}

/** Whether the preference for the target dropped by {@link FLIP} points or more, of the same item. */
export function isFlip(before: Answer, after: Answer): boolean {
  return preference(before) - preference(after) >= FLIP;
}

/** Whether at least {@link MOSTLY_OTHER} of the probability is on neither answer: then T says little. */
export function isMostlyOther(answer: Answer): boolean {
  return otherMass(answer) >= MOSTLY_OTHER;
}

/** 1 where the target is the more probable answer, 1/2 for a tie, else 0; the mean is the share of right answers. */
export function isCorrect({ target, decoy }: Answer): number {
  if (target === decoy) return 0.5;
  return target > decoy ? 1 : 0;
}
