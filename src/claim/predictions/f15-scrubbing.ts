import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { beyondBeams, byThoughtsToGo, sameLayers, SHARE_SUPPORTED, type Scrubbed } from '../scrubbed-answers.js';
import type { Thresholds } from '../thresholds.js';

const THRESHOLDS = {
  scrubbingRetained: {
    direction: 'above',
    support: SHARE_SUPPORTED,
    contradict: 0.25,
    why: 'Share of the donors’ excess over chance that is kept: 1 for a search, 0 where the answer is lost, -1 where it is the donor’s. At .7, at most three in ten right answers come about otherwise.',
  },
  beyondBeam: {
    direction: 'above',
    support: 0.5,
    contradict: -0.5,
    why: 'From 0, what the best beam of a width keeps, to 1, what an exact search keeps: nearer to the search. A search that errs keeps less, so that only answers that follow the donor contradict.',
  },
} as const satisfies Thresholds;

export const scrubbing = definePrediction<Scrubbed>({
  id: 'F15',
  title: 'Causal scrubbing: the same layers, another question',
  predicts:
    'A thought is the set of nodes that the search has reached. Put in from a question that has the same breadth-first layers and differs in all else (which nodes lead on to which, sentences, the answer is the other candidate), it changes nothing, however many thoughts are still to go.',
  falsifiedBy:
    'The answer is lost, as where a thought holds a path or a few branches, or becomes the donor’s, as where it holds an answer.',
  doesNotShow:
    'That the thought is used at all: one that nobody reads keeps the answer as well (F16). A search that holds positions in the prompt instead of nodes fails.',
  role: 'search',
  evidence: 'intervention',
  necessary: true,
  thresholds: THRESHOLDS,
  inapplicable: ({ thoughts }) => (thoughts < 2 ? 'the model has fewer than two thoughts' : undefined),
  observe: async (batch) => [...(await sameLayers(batch))],
  judge(observations, settings) {
    const kept = byThoughtsToGo(
      observations,
      settings.alignment,
      {
        name: 'kept',
        description: 'share of the donors’ excess over chance that answers keep when one thought is the donor’s',
      },
      THRESHOLDS.scrubbingRetained,
    );
    const beams = beyondBeams(observations, settings.alignment, THRESHOLDS.beyondBeam);
    return judge(
      observations,
      { criteria: [...kept.criteria, ...beams.criteria], measures: [...kept.measures, ...beams.measures] },
      {
        supports: 'a thought is the layers of the search and nothing else that the answer depends on',
        contradicts: 'thoughts hold a path, a few branches or an answer',
      },
    );
  },
});
