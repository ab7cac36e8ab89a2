import { isCorrect, isFlip, otherMass, preference, type Answer } from '../../intervention/index.js';
import { ablatedAnswers } from '../ablated-answers.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { meanOf, ratioOf, type Values } from '../statistic.js';

interface Replaced {
  readonly name: string;
  readonly words: string;
  readonly informative: boolean;
  readonly answer: Answer | undefined;
}

interface Necessity {
  readonly graph: string;
  readonly own: Answer;
  readonly replaced: readonly Replaced[];
}

export const necessity = definePrediction<Necessity>({
  id: 'F1',
  title: 'Necessity of the thoughts',
  predicts: 'Whatever takes the place of the thoughts and knows nothing of the item brings the answers down to chance.',
  falsifiedBy: 'More than half of what is right beyond chance stays right with some uninformative substitute.',
  doesNotShow:
    'What the thoughts are needed for: zeros, noise and pads are also unlike anything that the model was trained on, so the donors and the mean weigh more than these.',
  role: 'search',
  inapplicable: ({ thoughts }) => (thoughts === 0 ? 'the model has no thoughts' : undefined),
  async observe(batch) {
    const [own, substituted] = [await batch.answers(), await ablatedAnswers(batch)];
    return batch.searches.map(({ key }, row) => ({
      graph: key,
      own: own[row],
      replaced: substituted.map(({ ablation: { name, words, informative }, answers }) => ({
        name,
        words,
        informative,
        answer: answers[row],
      })),
    }));
  },
  judge(observations, settings) {
    const substitutes = new Map(
      observations.flatMap(({ replaced }) => replaced.map((one) => [one.name, one] as const)),
    );
    const of = (name: string, measure: (answer: Answer, own: Answer) => number): Values =>
      observations.map(({ own, replaced }) => {
        const answer = replaced.find((one) => one.name === name)?.answer;
        return answer === undefined ? undefined : measure(answer, own);
      });
    const excess = observations.map(({ own }) => isCorrect(own) - 0.5);
    const kept = (name: string): ReturnType<typeof ratioOf> =>
      ratioOf(
        of(name, (answer) => isCorrect(answer) - 0.5),
        excess,
        1,
      );
    const all = [...substitutes.values()];
    return judge(
      observations,
      {
        gate: {
          statistic: meanOf(
            observations.map(({ own }) => isCorrect(own)),
            0.5,
          ),
          words: 'too few answers are right for anything to be lost',
        },
        criteria: all
          .filter(({ informative }) => !informative)
          .map(({ name, words }) => ({
            name: `kept with ${name}`,
            words: `share of the excess over chance that is kept with ${words}`,
            statistic: kept(name),
            reference: 1,
            threshold: 'retainedWithoutThoughts' as const,
          })),
        measures: [
          ...all
            .filter(({ informative }) => informative)
            .map(({ name, words }) => ({
              name: `kept with ${name}`,
              words: `the same with ${words}`,
              statistic: kept(name),
              reference: 1,
            })),
          ...all.flatMap(({ name, words }) => [
            {
              name: `right with ${name}`,
              words: `share of right answers with ${words}`,
              statistic: meanOf(of(name, isCorrect), 0.5),
              reference: 0.5,
            },
            {
              name: `T with ${name}`,
              words: 'preference for the target over the decoy, of 100',
              statistic: meanOf(of(name, preference), 50),
              reference: 50,
            },
            {
              name: `escape with ${name}`,
              words: 'probability of neither candidate',
              statistic: meanOf(of(name, otherMass), 0),
              reference: null,
            },
            {
              name: `flips with ${name}`,
              words: 'share of items whose T falls by 50 or more',
              statistic: meanOf(
                of(name, (answer, own) => Number(isFlip(own, answer))),
                0,
              ),
              reference: 0,
            },
          ]),
        ],
      },
      settings,
      {
        supports: 'answers fall towards chance without their own thoughts',
        contradicts: 'answers do not need their own thoughts',
      },
    );
  },
});
