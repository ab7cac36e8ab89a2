import { insertBranch, swapEdges } from '../../dataset/index.js';
import { isCorrect, readAnswers } from '../../intervention/index.js';
import { thoughtReaching } from '../alignment.js';
import { aucOf } from '../auc-of.js';
import type { NodeReading } from '../../recording/index.js';
import { logitsAt, type Batch } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { keptOf, shareOf, type Values } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

/** Depths at which a dead branch is inserted, and at which edges are exchanged. */
const DEPTHS = [1, 2] as const;
const EXCHANGED = [1, 2, 3] as const;

interface Inserted {
  readonly depth: number;
  /** [t - 1], rank of the node that the branch leads to among those that the root does not reach, at thought t. */
  readonly rank: readonly (number | undefined)[];
  /** The same before it was connected. */
  readonly before: readonly (number | undefined)[];
  /** Correct with the branch, as correct without. */
  readonly correct: number;
}

interface Branches {
  readonly graph: string;
  /** Correct about the item itself. */
  readonly correct: number;
  /** Whether the answer follows an exchange of two edges; undefined where there is none, or the item itself is not answered correctly. */
  readonly follows: number | undefined;
  readonly inserted: Inserted | undefined;
}

const THRESHOLDS = {
  insertedRank: {
    direction: 'above',
    support: 0.75,
    contradict: 0.65,
    why: 'AUC of a node just connected against the unreachable ones; a single path gives up to .65.',
  },
  insertedRetained: {
    direction: 'above',
    support: 0.8,
    contradict: 0.5,
    why: 'Share of the excess over chance that is kept with a dead branch; 1 for a search, however often it errs.',
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
    'A dead branch at depth d leaves answers as correct as they were, and appears in the thought that reaches it. An exchange of two edges that turns the correct answer turns the model’s.',
  falsifiedBy: 'Answers suffer from a branch that leads nowhere, or are correct and yet do not follow the graph.',
  doesNotShow: 'By which algorithm the answer follows: elimination from the other root follows exchanges too (F9).',
  role: 'search',
  evidence: 'behaviour',
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const inserted = await insertBranches(batch);
    const own = await batch.answers();
    const follows = await exchangeEdges(batch);
    return batch.searches.map(({ key }, row) => ({
      graph: key,
      correct: isCorrect(own[row]),
      follows: isCorrect(own[row]) === 1 ? follows[row] : undefined,
      inserted: inserted[row],
    }));
  },
  judge(observations, settings) {
    const ranks = (which: 'rank' | 'before'): Values =>
      observations.map(({ graph, inserted }) =>
        inserted?.[which].at(thoughtReaching(settings.alignment.of(graph), inserted.depth) - 1),
      );
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'a new branch appears',
            description:
              'rank (AUC) of a node just connected, at the thought that reaches it, among the nodes never reachable',
            statistic: shareOf(ranks('rank')),
            reference: 0.5,
            threshold: THRESHOLDS.insertedRank,
            exemption: 'the LM head need not read what the thoughts hold',
          },
          {
            name: 'a dead branch changes nothing',
            description: 'share of the excess over chance that is kept with a dead branch',
            statistic: keptOf(
              observations.map(({ inserted }) => inserted?.correct),
              observations.map(({ correct }) => correct),
            ),
            reference: 0,
            threshold: THRESHOLDS.insertedRetained,
          },
          {
            name: 'answers follow exchanged edges',
            description: 'share of exchanges, original answered correctly, in which the answer is the other candidate',
            statistic: shareOf(observations.map(({ follows }) => follows)),
            reference: 0.5,
            threshold: THRESHOLDS.followsSwap,
          },
        ],
        measures: [
          {
            name: 'the same node before',
            description: 'its rank before it was connected',
            statistic: shareOf(ranks('before')),
            reference: 0.5,
          },
        ],
      },
      {
        supports: 'thoughts and answers follow the edges that are stated',
        contradicts: 'thoughts or answers do not follow the edges that are stated',
      },
    );
  },
});

/** How correct answers are to the items with two edges exchanged at one of the depths, drawn for each, that allows it. */
async function exchangeEdges(batch: Batch): Promise<(number | undefined)[]> {
  const edited = batch.edited((item, row) => {
    const random = batch.randomOf('exchanged edges', row);
    const swaps = random.shuffle([...EXCHANGED]).map((depth) => swapEdges(random.fork(`at ${depth}`), item, depth));
    return swaps.find((swapped) => swapped !== undefined && batch.asksAtUsualDepth(swapped));
  });
  const items = edited.filter((item) => item !== undefined);
  if (items.length === 0) return edited.map(() => undefined);
  const answers = await readAnswers(await batch.runOf(items), batch.thoughts, items, batch.wording);
  let next = 0;
  return edited.map((item) => (item === undefined ? undefined : isCorrect(answers[next++])));
}

/** The items with a dead branch, each at the first of the depths, in an order drawn for it, that allows one. */
async function insertBranches(batch: Batch): Promise<(Inserted | undefined)[]> {
  const edited = batch.edited((item, row) => {
    const random = batch.randomOf('dead branch', row);
    const depths = random.shuffle(DEPTHS.filter((depth) => depth <= batch.thoughts));
    return depths.map((depth) => insertBranch(random.fork(`at ${depth}`), item, depth)).find((found) => found);
  });
  const rows = [...edited.keys()].filter((row) => edited[row] !== undefined);
  const found: (Inserted | undefined)[] = batch.items.map(() => undefined);
  if (rows.length === 0) return found;
  const items = edited.filter((item) => item !== undefined);
  const run = await batch.runOf(items);
  const readings = batch.readingsOf(run, items);
  const answers = await readAnswers(run, batch.thoughts, items, batch.wording);
  const before = await batch.readings();
  rows.forEach((row, i) => {
    const { node, depth } = items[i].branch;
    const { candidates } = batch.items[row];
    const others = batch.searches[row].neverReached().filter((other) => other !== node && !candidates.includes(other));
    const rankIn = (reading: NodeReading): (number | undefined)[] =>
      Array.from({ length: batch.thoughts }, (_, t) => aucOf(logitsAt(reading, t + 1), [node], others));
    found[row] = { depth, rank: rankIn(readings[i]), before: rankIn(before[row]), correct: isCorrect(answers[i]) };
  });
  return found;
}
