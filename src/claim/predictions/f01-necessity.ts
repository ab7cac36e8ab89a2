import { isCorrect, isFlip, otherMass, preference, type Answer } from '../../intervention/index.js';
import { ablatedAnswers } from '../ablated-answers.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { T_DEFINITION } from '../settings.js';
import { keptOf, meanOf, shareOf, type Values } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

interface Ablated {
  readonly name: string;
  readonly description: string;
  readonly informative: boolean;
  readonly answer: Answer | undefined;
}

interface Necessity {
  readonly graph: string;
  readonly own: Answer;
  readonly ablated: readonly Ablated[];
}

const THRESHOLDS = {
  retainedWithoutThoughts: {
    direction: 'below',
    support: 0.5,
    contradict: 0.5,
    why: 'Share of the excess over chance that is kept without the thoughts; above half, they explain the smaller part.',
  },
} as const satisfies Thresholds;

export const necessity = definePrediction<Necessity>({
  id: 'F1',
  title: 'Necessity of the thoughts',
  predicts: 'An ablation of the thoughts that knows nothing of the item brings the answers down to chance.',
  falsifiedBy: 'Under some uninformative ablation more than half of the excess over chance is kept.',
  doesNotShow:
    'What the thoughts are needed for. Zeros, noise and pads are also unlike anything that the model was trained on, so resampling and the mean weigh more.',
  role: 'search',
  evidence: 'intervention',
  necessary: true,
  thresholds: THRESHOLDS,
  inapplicable: ({ thoughts }) => (thoughts === 0 ? 'the model has no thoughts' : undefined),
  async observe(batch) {
    const [own, ablated] = [await batch.answers(), await ablatedAnswers(batch)];
    return batch.searches.map(({ key }, row) => ({
      graph: key,
      own: own[row],
      ablated: ablated.map(({ ablation: { name, words, informative }, answers }) => ({
        name,
        description: words,
        informative,
        answer: answers[row],
      })),
    }));
  },
  judge(observations) {
    const ablations = new Map(observations.flatMap(({ ablated }) => ablated.map((one) => [one.name, one] as const)));
    const of = (name: string, measure: (answer: Answer, own: Answer) => number): Values =>
      observations.map(({ own, ablated }) => {
        const answer = ablated.find((one) => one.name === name)?.answer;
        return answer === undefined ? undefined : measure(answer, own);
      });
    const right = observations.map(({ own }) => isCorrect(own));
    const kept = (name: string): ReturnType<typeof keptOf> => keptOf(of(name, isCorrect), right);
    const all = [...ablations.values()];
    return judge(
      observations,
      {
        gate: {
          statistic: shareOf(right),
          reason: 'too few answers are correct for anything to be lost',
        },
        criteria: all
          .filter(({ informative }) => !informative)
          .map(({ name, description }) => ({
            name: `kept with ${name}`,
            description: `share of the excess over chance that is kept with ${description}`,
            statistic: kept(name),
            reference: 1,
            threshold: THRESHOLDS.retainedWithoutThoughts,
          })),
        measures: [
          ...all
            .filter(({ informative }) => informative)
            .map(({ name, description }) => ({
              name: `kept with ${name}`,
              description: `the same with ${description}`,
              statistic: kept(name),
              reference: 1,
            })),
          ...all.flatMap(({ name, description }) => [
            {
              name: `right with ${name}`,
              description: `share of correct answers with ${description}`,
              statistic: shareOf(of(name, isCorrect)),
              reference: 0.5,
            },
            {
              name: `T with ${name}`,
              description: `T: ${T_DEFINITION}`,
              statistic: meanOf(of(name, preference), [0, 100]),
              reference: 50,
            },
            {
              name: `escape with ${name}`,
              description: 'probability of neither candidate',
              statistic: shareOf(of(name, otherMass)),
              reference: null,
            },
            {
              name: `flips with ${name}`,
              description: 'share of items whose T falls by 50 or more',
              statistic: shareOf(of(name, (answer, own) => Number(isFlip(own, answer)))),
              reference: 0,
            },
          ]),
        ],
      },
      {
        supports: 'answers fall towards chance without their own thoughts',
        contradicts: 'answers do not need their own thoughts',
      },
    );
  },
});
