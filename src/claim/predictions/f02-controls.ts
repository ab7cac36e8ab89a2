import { right } from '../../intervention/index.js';
import { judge } from '../judge.js';
import { definePrediction, type ControlObservations } from '../prediction.js';
import { averageOf, meanOf, type Values } from '../statistic.js';
import { substitutedAnswers } from '../substituted.js';
import { breadth } from './f04-breadth.js';

interface Compared {
  readonly graph: string;
  /** Right with its own thoughts, less right with uninformative ones, mean over these. */
  readonly dependence: number | undefined;
  /** AUC of the non-optimal frontier against unreachable nodes, mean over the item's thoughts. */
  readonly breadth: number | undefined;
}

export const controls = definePrediction<Compared>({
  id: 'F2',
  title: 'Matched controls',
  predicts: 'Dependence on the thoughts and their breadth exceed those of control models on the same items.',
  falsifiedBy: 'A control model without recurrence or without training does as well.',
  doesNotShow: 'More than the controls given allow: they must have been trained alike but for one thing.',
  role: 'control',
  inapplicable: ({ controls: count }) => (count === 0 ? 'no control models were given (--controls)' : undefined),
  async observe(batch) {
    const [own, substituted, held] = [
      await batch.answers(),
      await substitutedAnswers(batch),
      await breadth.observe(batch),
    ];
    return batch.views.map(({ key }, row) => ({
      graph: key,
      dependence: averageOf(
        substituted.flatMap(({ substitute, answers }) => {
          const answer = answers[row];
          return substitute.informative || answer === undefined ? [] : [right(own[row]) - right(answer)];
        }),
      ),
      breadth: averageOf(held[row].thoughts.flatMap(({ auc }) => (auc === undefined ? [] : [auc]))),
    }));
  },
  judge(observations, settings, others) {
    const less = (one: ControlObservations<Compared>, key: 'dependence' | 'breadth'): Values =>
      observations.map((own, i) => {
        const [a, b] = [own[key], one.observations.at(i)?.[key]];
        return a === undefined || b === undefined ? undefined : a - b;
      });
    return judge(
      observations,
      {
        criteria: others.flatMap((one) => [
          {
            name: `dependence beyond ${one.name}`,
            words: 'fall of the share right when thoughts are replaced, less that of the control, paired by item',
            statistic: meanOf(less(one, 'dependence'), 0),
            reference: 0,
            threshold: 'beyondControl' as const,
          },
          {
            name: `breadth beyond ${one.name}`,
            words:
              'AUC of the non-optimal frontier against unreachable nodes, less that of the control, paired by item',
            statistic: meanOf(less(one, 'breadth'), 0),
            reference: 0,
            threshold: 'beyondControl' as const,
          },
        ]),
      },
      settings,
      {
        supports: 'the thoughts are needed more, and hold more of the frontier, than those of the controls',
        contradicts: 'a control does as well',
      },
    );
  },
});
