import { permuteEdgeOrder, permuteIds, permuteNames } from '../../dataset/index.js';
import { isCorrect, readAnswers } from '../../intervention/index.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { keptOf } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

const PERMUTED = {
  'order of the sentences': permuteEdgeOrder,
  'node numbers': permuteIds,
  names: permuteNames,
} as const;

type Permuted = keyof typeof PERMUTED;

interface Invariance {
  readonly graph: string;
  /** Whether every edge leads to a higher node number, as where nodes are numbered as they are created. */
  readonly ascending: boolean;
  /** Correct about the item itself, and about it permuted. */
  readonly correct: number;
  readonly permuted: Readonly<Partial<Record<Permuted, number>>>;
}

const THRESHOLDS = {
  invariance: {
    direction: 'above',
    support: 0.9,
    contradict: 0.75,
    why: 'Share of the excess over chance that is kept when sentences or node numbers are permuted; 1 for a search, however often it errs.',
  },
} as const satisfies Thresholds;

export const invariance = definePrediction<Invariance>({
  id: 'F14',
  title: 'Invariances',
  predicts: 'Answers stay as correct when the sentences are stated in another order and the nodes are named otherwise.',
  falsifiedBy: 'Answers suffer from what a search does not look at.',
  doesNotShow:
    'Search: every rule that looks at the graph alone is as invariant. Where all items number nodes in the order of creation, a model may never have seen other numbers; that it fails with them contradicts nothing.',
  role: 'search',
  evidence: 'behaviour',
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const own = await batch.answers();
    // The English wording has no node numbers, the symbolic one no names.
    const permuted: readonly Permuted[] =
      batch.wording.answering.kind === 'token'
        ? ['order of the sentences', 'node numbers']
        : ['order of the sentences', 'names'];
    const correct: Partial<Record<Permuted, number>>[] = batch.items.map(() => ({}));
    for (const name of permuted) {
      const edited = batch.edited((item, row) => PERMUTED[name](batch.randomOf(name, row), item));
      const rows = [...edited.keys()].filter((row) => edited[row] !== undefined);
      if (rows.length === 0) continue;
      const items = edited.filter((item) => item !== undefined);
      const answers = await readAnswers(await batch.runOf(items), batch.thoughts, items, batch.wording);
      answers.forEach((answer, i) => {
        correct[rows[i]][name] = isCorrect(answer);
      });
    }
    return batch.searches.map(({ key, item }, row) => ({
      graph: key,
      ascending: item.edges.every(([from, to]) => from < to),
      correct: isCorrect(own[row]),
      permuted: correct[row],
    }));
  },
  judge(observations) {
    const names = (Object.keys(PERMUTED) as Permuted[]).filter((name) =>
      observations.some(({ permuted }) => permuted[name] !== undefined),
    );
    const exemption = observations.every(({ ascending }) => ascending)
      ? 'answers suffer, but all items number nodes as they were created, and the model may never have seen other numbers'
      : undefined;
    return judge(
      observations,
      {
        criteria: names.map((name) => ({
          name: `another ${name}`
            .replace('another names', 'other names')
            .replace('another node numbers', 'other node numbers'),
          description: 'share of the excess over chance that is kept',
          statistic: keptOf(
            observations.map(({ permuted }) => permuted[name]),
            observations.map(({ correct }) => correct),
          ),
          reference: 0,
          threshold: THRESHOLDS.invariance,
          ...(name === 'node numbers' && { exemption }),
        })),
      },
      {
        supports: 'answers are as correct under permutations',
        contradicts: 'answers suffer from another order or other names',
      },
    );
  },
});
