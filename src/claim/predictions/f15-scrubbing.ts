import { BEYOND_BEAM } from '../beams.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { astrayAnswers, type AstrayQuestion } from '../astray-answers.js';
import { notScrubbed, ownStalled, sameLayers, type OwnStalled, type Scrubbed } from '../scrubbed-answers.js';
import { beyondBeams, inTime, SHARE_SUPPORTED } from '../scrubbed-criteria.js';
import type { Thresholds } from '../thresholds.js';
import { foundWithout, tooFew } from '../unsearched-criteria.js';

const THRESHOLDS = {
  scrubbingRetained: {
    direction: 'above',
    support: SHARE_SUPPORTED,
    contradict: 0.25,
    why: 'Of answers that own and donor’s thoughts get right: 1 if all stay right, as in a search; 0 where they are lost, -1 where they are the donor’s. At .7, at most three in ten come about otherwise.',
  },
  foundTooEarly: {
    direction: 'below',
    support: 0.3,
    contradict: 0.5,
    why: 'Of right answers to items and their twins, an own thought held: 1 if all are there with no thought left, or with as many as lack one step, 0 if as many as a coin gets. At .3, at most three in ten come about otherwise; above half, most come from elsewhere.',
  },
  foundWithout: {
    direction: 'below',
    support: 0.3,
    contradict: 0.5,
    why: 'Of right answers to items and their twins, with thoughts that lack what leads there: 1 if all are there all the same, 0 if as many as a coin gets. At .3, at most three in ten come about otherwise; above half, most do.',
  },
  beyondBeam: {
    direction: 'above',
    support: BEYOND_BEAM,
    contradict: -0.5,
    why: 'From 0, what the best beam of a width keeps, to 1, what an exact search keeps: nearer to the search. A search that errs keeps less; answers that are lost, or follow the donor, contradict.',
  },
} as const satisfies Thresholds;

/** Criteria of answers that are kept begin so. */
export const KEPT = 'kept';

interface Held extends Scrubbed {
  /** The item itself, and its twin. */
  readonly held: readonly OwnStalled[];
  /** Likewise. */
  readonly astray: readonly AstrayQuestion[];
}

export const scrubbing = definePrediction<Held>({
  id: 'F15',
  title: 'Causal scrubbing: the same layers, another question',
  predicts:
    'A thought is the set of nodes that the search has reached. Thoughts of a question with the same breadth-first layers that differs in all else (which nodes lead on to which, sentences, the answer is the other candidate) change nothing, up to whichever thought they are put in, if just as many thoughts follow as a search needs. If fewer of its own do, the answer is lost. It is lost as well after thoughts of the same question whose paths are cut and lead to the decoy, which hold the rest of the layers.',
  falsifiedBy:
    'The answer is lost, as where a thought holds a path or a few branches, or becomes the donor’s, as where it holds an answer; or it is there with too few thoughts, or without what leads to it, as where it comes from the prompt.',
  doesNotShow:
    'That the thought is used at all: one that nobody reads may keep the answer as well (F16). A search that holds positions in the prompt instead of nodes fails.',
  role: 'search',
  evidence: 'intervention',
  necessary: true,
  thresholds: THRESHOLDS,
  inapplicable: ({ thoughts }) => (thoughts < 2 ? 'the model has fewer than two thoughts' : undefined),
  async observe(batch) {
    const [held, astray] = [await ownStalled(batch), await astrayAnswers(batch)];
    const scrubbed = new Map((await sameLayers(batch)).map((one) => [one.row, one.scrubbed]));
    return batch.searches.map((search, row) => ({
      ...(scrubbed.get(row) ?? notScrubbed(search)),
      held: held.get(row) ?? [],
      astray: astray.get(row) ?? [],
    }));
  },
  judge(observations, settings) {
    const kept = inTime(
      observations,
      settings.alignment,
      {
        name: KEPT,
        description: 'how far answers stay right after a donor’s thoughts, with as many left as a search needs',
      },
      THRESHOLDS.scrubbingRetained,
    );
    const early = tooFew(observations, settings.alignment, THRESHOLDS.foundTooEarly);
    const without = foundWithout(observations, settings.alignment, THRESHOLDS.foundWithout);
    const beams = beyondBeams(observations, settings.alignment, THRESHOLDS.beyondBeam);
    const all = [kept, early, { criteria: [without], measures: [] }, beams];
    return judge(
      observations,
      {
        criteria: all.flatMap((some) => some.criteria),
        measures: all.flatMap((some) => some.measures),
      },
      {
        supports: 'a thought is the layers of the search and nothing else that the answer depends on',
        contradicts: 'answers do not come from the layers that thoughts hold',
      },
    );
  },
});
