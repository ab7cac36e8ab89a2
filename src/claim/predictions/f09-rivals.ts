import { cutRootSide, exchangeCandidates, orphanDecoy, type Item } from '../../dataset/index.js';
import { isCorrect, readAnswers } from '../../intervention/index.js';
import type { Batch } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { graphsOf } from '../observed-graphs.js';
import { LEAST_GRAPHS } from '../settings.js';
import { averageOf, keptOf, shareOf, type Values } from '../statistic.js';
import { twinsOf } from '../twins.js';
import type { Thresholds } from '../thresholds.js';

/** What its criteria are called. */
export const ORPHANED = 'orphaned decoy';
export const DEEPER_DECOY = 'deeper decoy';
export const NO_PATH = 'no path to either';

interface Rivals {
  readonly graph: string;
  readonly correct: number;
  /** Correct where the decoy hangs on no entity; undefined where the item cannot be edited so. */
  readonly orphaned: number | undefined;
  /**
   * Correct about the same graph asked from the other root, where the old decoy is the target at a depth that items ask
   * about, and the deeper old target the decoy.
   */
  readonly twin: number | undefined;
  /** Names the former target where the root reaches neither candidate: the mean of that question and the one with exchanged candidates. */
  readonly cut: number | undefined;
}

const THRESHOLDS = {
  rivalRetained: {
    direction: 'above',
    support: 0.7,
    contradict: 0.5,
    why: 'Share of the excess over chance kept where a rival algorithm breaks: 0 or less for the rival, 1 for the search. At .7, at most three in ten right answers are a rival’s.',
  },
  cutPreference: {
    direction: 'below',
    support: 0.65,
    contradict: 0.75,
    why: 'Share of answers that still name the former target when no path leads to it: .5 for a search, 1 for elimination. At .65, at most three in ten.',
  },
} as const satisfies Thresholds;

export const rivals = definePrediction<Rivals>({
  id: 'F9',
  title: 'Rival algorithms',
  predicts:
    'Answers stay correct where the decoy hangs on no entity and where it is deeper than the target. They fall to chance where the root reaches neither candidate.',
  falsifiedBy:
    'Accuracy falls where elimination or depth is misled, or the former target is still named when no path leads to it. (Elimination within three hops is correct on 98.6 % of the official items, so accuracy there tells nothing.)',
  doesNotShow: 'That no rival outside these families is at work.',
  role: 'search',
  evidence: 'behaviour',
  necessary: true,
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const own = await batch.answers();
    const orphaned = await correctOn(batch, 'orphan', (row, item) => orphanDecoy(batch.randomOf('orphan', row), item));
    const twins = await twinsOf(batch);
    const twin = batch.items.map((_, row) => {
      const i = twins?.rows.indexOf(row) ?? -1;
      return twins !== undefined && i >= 0 && misleadsByDepth(batch, row, twins.items[i])
        ? isCorrect(twins.answers[i])
        : undefined;
    });
    const cutOf = (row: number, item: Item): Item | undefined => cutRootSide(batch.randomOf('cut', row), item);
    const cut = [
      await correctOn(batch, 'cut', cutOf),
      // A coin that falls by the candidates' names or places falls the other way here.
      await correctOn(batch, 'cut, exchanged', (row, item) => {
        const question = cutOf(row, item);
        return question && exchangeCandidates(question);
      }),
    ];
    return batch.searches.map(({ key }, row) => ({
      graph: key,
      correct: isCorrect(own[row]),
      orphaned: orphaned[row],
      twin: twin[row],
      cut: averageOf(cut.flatMap((of) => of[row] ?? [])),
    }));
  },
  judge(observations) {
    const own = observations.map(({ correct }) => correct);
    const kept = (values: Values): ReturnType<typeof keptOf> => keptOf(values, own);
    // Where targets are all about as deep as each other, hardly any graph has a twin whose decoy is deeper; F3 has what items
    // of matched depth say of the same rival.
    const twins = graphsOf(observations.filter(({ twin }) => twin !== undefined));
    const deeper = {
      name: DEEPER_DECOY,
      description: 'the same for the question from the other root, whose decoy is the deeper candidate',
      statistic: kept(observations.map(({ twin }) => twin)),
      reference: 0,
      threshold: THRESHOLDS.rivalRetained,
    } as const;
    return judge(
      observations,
      {
        gate: {
          statistic: shareOf(observations.map((one) => one.correct)),
          reason: 'too few answers are correct for a rival to be looked for',
        },
        criteria: [
          {
            name: ORPHANED,
            description: 'share of the excess over chance that is kept where elimination finds neither candidate',
            statistic: kept(observations.map(({ orphaned }) => orphaned)),
            reference: 0,
            threshold: THRESHOLDS.rivalRetained,
          },
          ...(twins >= LEAST_GRAPHS ? [deeper] : []),
          {
            name: NO_PATH,
            description:
              'share of answers that name the former target, each question asked with its candidates exchanged as well',
            statistic: shareOf(observations.map(({ cut }) => cut)),
            reference: null,
            threshold: THRESHOLDS.cutPreference,
          },
        ],
        measures: twins >= LEAST_GRAPHS ? [] : [deeper],
      },
      {
        supports: `no rival algorithm that is tried explains the answers${twins >= LEAST_GRAPHS ? '' : ` (with a deeper decoy there are only ${twins} graphs, too few to tell)`}`,
        contradicts: 'answers follow a rival algorithm',
      },
    );
  },
});

/** Whether a twin asks at a depth that items ask about, and its decoy, the deeper candidate, misleads a rival. */
function misleadsByDepth(batch: Batch, row: number, twin: Item): boolean {
  const { item, depth, otherDepths } = batch.searches[row];
  return batch.asksAtUsualDepth(twin) && otherDepths[item.decoy] < depth;
}

/** How correct the model is on edited items, by row of the batch. */
async function correctOn(
  batch: Batch,
  name: string,
  edit: (row: number, item: Item) => Item | undefined,
): Promise<(number | undefined)[]> {
  const edited = batch.edited((item, row) => edit(row, item));
  const items = edited.filter((item) => item !== undefined);
  if (items.length === 0) return edited.map(() => undefined);
  const answers = await batch.once(name, async () =>
    readAnswers(await batch.runOf(items), batch.thoughts, items, batch.wording),
  );
  let next = 0;
  return edited.map((item) => (item === undefined ? undefined : isCorrect(answers[next++])));
}
