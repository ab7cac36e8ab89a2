import { insertBranch, type BranchedItem } from '../../dataset/index.js';
import { isCorrect, readAnswers } from '../../intervention/index.js';
import { swappedAnswers } from '../swapped-answers.js';
import { aucOf } from '../auc-of.js';
import { logitsAt, type Batch } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { averageOf, meanOf } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

/** Depths at which a dead branch is inserted. */
const DEPTHS = [1, 2] as const;

interface Inserted {
  readonly depth: number;
  /** Rank of the node that the branch leads to among those that the root does not reach, at thought d. */
  readonly rank: number | undefined;
  /** The same before it was connected. */
  readonly before: number | undefined;
  /** Whether the answer is the same as without the branch. */
  readonly unchanged: number;
}

interface Branches {
  readonly graph: string;
  /** Of the swaps whose original is answered correctly: whether the answer follows. */
  readonly follows: readonly number[];
  readonly inserted: readonly Inserted[];
}

const THRESHOLDS = {
  insertedRank: {
    direction: 'above',
    support: 0.75,
    contradict: 0.65,
    why: 'AUC of a node just connected against the unreachable ones; a single path gives up to .65.',
  },
  insertedUnchanged: {
    direction: 'above',
    support: 0.9,
    contradict: 0.75,
    why: 'Share of answers that a dead branch leaves as they are; 1 for a search.',
  },
  followsSwap: {
    direction: 'above',
    support: 0.75,
    contradict: 0.5,
    why: 'Share of answers that follow an exchange of two edges; below half, the stated graph does not decide.',
  },
} as const satisfies Thresholds;

export const branches = definePrediction<Branches>({
  id: 'F7',
  title: 'Branches inserted and exchanged',
  predicts:
    'A dead branch at depth d appears in thought d and leaves the answer as it is. An exchange of two edges that turns the correct answer turns the model’s.',
  falsifiedBy:
    'A node just connected stays among the unreachable, or answers are correct and yet do not follow the graph.',
  doesNotShow: 'By which algorithm the answer follows: elimination from the other root follows exchanges too (F9).',
  role: 'search',
  causal: true,
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const swapped = await swappedAnswers(batch);
    const inserted: Inserted[][] = batch.items.map(() => []);
    for (const depth of DEPTHS) await insertAt(batch, depth, inserted);
    return batch.searches.map(({ key }, row) => ({
      graph: key,
      follows: swapped[row].filter(({ correct }) => correct > 0.5).map(({ follows }) => follows),
      inserted: inserted[row],
    }));
  },
  judge(observations, settings) {
    const there = (values: readonly (number | undefined)[]): number[] => values.filter((value) => value !== undefined);
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'a new branch appears',
            description: 'rank (AUC) at thought d of a node just connected at depth d, among the nodes never reachable',
            statistic: meanOf(
              observations.map(({ inserted }) => averageOf(there(inserted.map(({ rank }) => rank)))),
              0.5,
            ),
            reference: 0.5,
            threshold: THRESHOLDS.insertedRank,
          },
          {
            name: 'a dead branch changes nothing',
            description: 'share of answers that stay',
            statistic: meanOf(
              observations.map(({ inserted }) => averageOf(inserted.map(({ unchanged }) => unchanged))),
              0.5,
            ),
            reference: 0.5,
            threshold: THRESHOLDS.insertedUnchanged,
          },
          {
            name: 'answers follow exchanged edges',
            description: 'share of swaps, original answered correctly, in which the answer is the other candidate',
            statistic: meanOf(
              observations.map(({ follows }) => averageOf(follows)),
              0.5,
            ),
            reference: 0.5,
            threshold: THRESHOLDS.followsSwap,
          },
        ],
        measures: [
          {
            name: 'the same node before',
            description: 'its rank before it was connected',
            statistic: meanOf(
              observations.map(({ inserted }) => averageOf(there(inserted.map(({ before }) => before)))),
              0.5,
            ),
            reference: 0.5,
          },
        ],
      },
      settings,
      {
        supports: 'thoughts and answers follow the edges that are stated',
        contradicts: 'thoughts or answers do not follow the edges that are stated',
      },
    );
  },
});

async function insertAt(batch: Batch, depth: number, found: Inserted[][]): Promise<void> {
  if (depth > batch.thoughts) return;
  const edited = batch.edited((item, row) => insertBranch(batch.randomOf(`branch at ${depth}`, row), item, depth));
  const rows = [...edited.keys()].filter((row) => edited[row] !== undefined);
  if (rows.length === 0) return;
  const items = edited.filter((item): item is BranchedItem => item !== undefined);
  const run = await batch.runOf(items);
  const readings = batch.readingsOf(run, items);
  const answers = await readAnswers(run, batch.thoughts, items, batch.wording);
  const [own, before] = [await batch.answers(), await batch.readings()];
  rows.forEach((row, i) => {
    const { node } = items[i].branch;
    const others = batch.searches[row].neverReached().filter((other) => other !== node);
    found[row].push({
      depth,
      rank: aucOf(logitsAt(readings[i], depth), [node], others),
      before: aucOf(logitsAt(before[row], depth), [node], others),
      unchanged: Number(isCorrect(answers[i]) === isCorrect(own[row])),
    });
  });
}
