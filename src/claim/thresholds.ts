/** A pre-set threshold of one criterion. docs/battery.md shows how the models of known algorithm come out under all of them. */
export interface Threshold {
  /** On which side breadth-first search lies, and so where the criterion supports it. */
  readonly direction: 'above' | 'below';
  /** The criterion supports if its whole 95 % interval lies on the search's side of this... */
  readonly support: number;
  /**
   * ...and contradicts if the interval lies wholly on the other side of this. What lies between is undetermined. Null where
   * failing contradicts nothing.
   */
  readonly contradict: number | null;
  /** The reason for both numbers. */
  readonly why: string;
}

/** Thresholds by name. */
export type Thresholds = Readonly<Record<string, Threshold>>;

/** Of the share of correct answers: for the model as a whole, and for every test that looks at correct answers alone. */
export const COMPETENCE = {
  direction: 'above',
  support: 0.5,
  contradict: 0.65,
  why: 'Share of correct answers, chance .5. A model that is not above chance and lies below .65, which the degree of the candidates alone gives on official items, leaves nothing to explain.',
} as const satisfies Threshold;

/** Of the right answers, how many must be searched for when all that tests leave otherwise is added up. */
export const SEARCHED = {
  direction: 'above',
  support: 0.5,
  contradict: null,
  why: 'Share of the right answers that F6, F9, F15 and F16 leave to the search, if what they leave otherwise has nothing in common and adds up. Each alone may leave three in ten: a mixture of several other ways could have each of them right. More than half must be searched for.',
} as const satisfies Threshold;
