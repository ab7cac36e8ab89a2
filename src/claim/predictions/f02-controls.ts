import { isCorrect } from '../../intervention/index.js';
import { layerAt, type CrossFittedAlignment } from '../alignment.js';
import { ablatedAnswers } from '../ablated-answers.js';
import { judge } from '../judge.js';
import { definePrediction, type ControlObservations } from '../prediction.js';
import { averageOf, meanOf, type Values } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';
import { breadth } from './f04-breadth.js';

interface Compared {
  readonly graph: string;
  /** Correct with its own thoughts, less correct under each uninformative ablation, by its name. */
  readonly falls: Readonly<Record<string, number>>;
  /** [t - 1][d - 1], AUC of the layer's nodes off every shortest path against unreachable ones. */
  readonly breadth: readonly (readonly (number | undefined)[])[];
}

const THRESHOLDS = {
  beyondControl: {
    direction: 'above',
    support: 0,
    contradict: 0.02,
    why: 'Difference from a control on the same items. .02 is the margin of equivalence for accuracies.',
  },
} as const satisfies Thresholds;

export const controls = definePrediction<Compared>({
  id: 'F2',
  title: 'Matched controls',
  predicts: 'Dependence on the thoughts and their breadth exceed those of control models on the same items.',
  falsifiedBy: 'A control model without recurrence or without training does as well.',
  doesNotShow: 'More than the controls allow: they must have been trained alike but for one thing.',
  role: 'control',
  evidence: 'behaviour',
  thresholds: THRESHOLDS,
  inapplicable: ({ controls: count }) => (count === 0 ? 'no control models were given (--controls)' : undefined),
  async observe(batch) {
    const [own, ablated, held] = [await batch.answers(), await ablatedAnswers(batch), await breadth.observe(batch)];
    return batch.searches.map(({ key }, row) => ({
      graph: key,
      falls: Object.fromEntries(
        ablated.flatMap(({ ablation: { name, informative }, answers }) => {
          const answer = answers[row];
          return informative || answer === undefined ? [] : [[name, isCorrect(own[row]) - isCorrect(answer)]];
        }),
      ),
      breadth: held[row].thoughts.map((layers) => layers.map(({ auc }) => auc)),
    }));
  },
  judge(observations, settings, others) {
    // Over the ablations that both have: a model of learned tokens has no donors, and no mean of thoughts.
    const dependenceBeyond = (one: ControlObservations<Compared>): Values =>
      observations.map(({ falls }, i) => {
        const theirs = one.observations.at(i)?.falls ?? {};
        return averageOf(
          Object.entries(falls).flatMap(([name, fall]) => (name in theirs ? [fall - theirs[name]] : [])),
        );
      });
    const breadthBeyond = (one: ControlObservations<Compared>): Values =>
      observations.map((own, i) => {
        const control = one.observations.at(i);
        const [mine, theirs] = [own, control].map((some) => some && shownBreadth(some, settings.alignment));
        return mine === undefined || theirs === undefined ? undefined : mine - theirs;
      });
    return judge(
      observations,
      {
        criteria: others.flatMap((one) => [
          {
            name: `dependence beyond ${one.name}`,
            description:
              'fall of the share correct when thoughts are ablated, less that of the control, paired by item and ablation',
            // A fall is between -1 and 1 on either side.
            statistic: meanOf(dependenceBeyond(one), [-2, 2]),
            reference: 0,
            threshold: THRESHOLDS.beyondControl,
          },
          {
            name: `breadth beyond ${one.name}`,
            description:
              'AUC of the non-optimal frontier against unreachable nodes, less that of the control, paired by item',
            statistic: meanOf(breadthBeyond(one), [-1, 1]),
            reference: 0,
            threshold: THRESHOLDS.beyondControl,
          },
        ]),
      },
      {
        supports: 'the thoughts are needed more, and hold more of the frontier, than those of the controls',
        contradicts: 'a control does as well',
      },
    );
  },
});

/** Mean over the thoughts, each read for the layer that the tested model has reached there. */
function shownBreadth({ graph, breadth: aucs }: Compared, alignment: CrossFittedAlignment): number | undefined {
  return averageOf(
    aucs.flatMap((layers, t) => {
      const layer = layerAt(alignment.of(graph), t + 1);
      const value = layer >= 1 ? layers.at(layer - 1) : undefined;
      return value === undefined ? [] : [value];
    }),
  );
}
