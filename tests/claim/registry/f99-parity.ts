import { definePrediction } from '../../../src/claim/index.js';
import { judge } from '../../../src/claim/judge.js';
import { shareOf } from '../../../src/claim/statistic.js';
import type { Thresholds } from '../../../src/claim/thresholds.js';

interface Parity {
  readonly graph: string;
  /** 1 where a made-up effect is there. */
  readonly odd: number;
}

const THRESHOLDS = {
  oddShare: {
    direction: 'below',
    support: 0.4,
    contradict: 0.6,
    why: 'Made up for the test of how a prediction is added.',
  },
} as const satisfies Thresholds;

/** A prediction as a newcomer would add it. */
export const parity = definePrediction<Parity>({
  id: 'F99',
  title: 'Parity of the thoughts',
  predicts: 'Few thoughts are odd.',
  falsifiedBy: 'Most thoughts are odd.',
  doesNotShow: 'Anything.',
  role: 'control',
  evidence: 'behaviour',
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  observe: (batch) => Promise.resolve(batch.searches.map(({ key }) => ({ graph: key, odd: 0 }))),
  judge: (observations) =>
    judge(
      observations,
      {
        criteria: [
          {
            name: 'odd thoughts',
            description: 'share of items whose thoughts are odd',
            statistic: shareOf(observations.map(({ odd }) => odd)),
            reference: 0.5,
            threshold: THRESHOLDS.oddShare,
          },
        ],
      },
      { supports: 'few thoughts are odd', contradicts: 'most thoughts are odd' },
    ),
});
