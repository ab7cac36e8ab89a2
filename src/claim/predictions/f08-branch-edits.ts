import { branchEdits as editBranches, type BranchEdit } from '../branch-edits.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { T_DEFINITION } from '../settings.js';
import { averageOf, meanOf, type Values } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

interface Edited {
  readonly graph: string;
  readonly edits: readonly BranchEdit[];
}

const THRESHOLDS = {
  branchEffect: {
    direction: 'above',
    support: 10,
    contradict: -5,
    why: 'Fall of T, in its points of 100, by an edit of the branch that decides, less that by the same edit of another branch. An exact search has 50; an edit without effect contradicts nothing.',
  },
} as const satisfies Thresholds;

export const branchEdits = definePrediction<Edited>({
  id: 'F8',
  title: 'Branch patching',
  predicts:
    'A node that leads to the decoy, added to a thought beside the frontier, is expanded and draws the answer towards the decoy. Without the nodes that lead to the target the answer is lost. The same edits with nodes that lead to neither change nothing.',
  falsifiedBy:
    'Edits of the branches that decide do less than edits of others. That they do no more is no support, and contradicts nothing.',
  doesNotShow:
    'That there is no search where an edit fails: the direction along which the LM head reads a node need not be the model’s own.',
  role: 'search',
  evidence: 'intervention',
  thresholds: THRESHOLDS,
  inapplicable: ({ thoughts }) => (thoughts < 2 ? 'the model has fewer than two thoughts' : undefined),
  async observe(batch) {
    const edits = await editBranches(batch);
    return batch.searches.map(({ key }, row) => ({ graph: key, edits: edits[row] }));
  },
  judge(observations) {
    const of = (kind: BranchEdit['kind'], measure: (edit: BranchEdit) => number): Values =>
      observations.map(({ edits }) => averageOf(edits.filter((edit) => edit.kind === kind).map(measure)));
    const edits = {
      added: 'a node that leads to the decoy is added',
      removed: 'the nodes that lead to the target are removed',
    } as const;
    const kinds = ['added', 'removed'] as const;
    return judge(
      observations,
      {
        criteria: kinds.map((kind) => ({
          name: `branch ${kind}`,
          description: `fall of T (${T_DEFINITION}) when ${edits[kind]}, less the fall by the same edit with nodes that lead to neither candidate`,
          statistic: meanOf(
            of(kind, ({ fall, reference }) => fall - reference),
            [-100, 100],
          ),
          reference: 0,
          threshold: THRESHOLDS.branchEffect,
        })),
        measures: kinds.flatMap((kind) => [
          {
            name: `T falls, branch ${kind}`,
            description: `in points of 100, when ${edits[kind]}`,
            statistic: meanOf(
              of(kind, ({ fall }) => fall),
              [-100, 100],
            ),
            reference: 0,
          },
          {
            name: `T falls, reference of branch ${kind}`,
            description: 'in points of 100, by the same edit with nodes that lead to neither',
            statistic: meanOf(
              of(kind, ({ reference }) => reference),
              [-100, 100],
            ),
            reference: 0,
          },
        ]),
      },
      {
        supports: 'single branches of a thought can be edited, and the answer follows',
        contradicts: 'the branches in the thoughts are not what the answer is computed from',
      },
    );
  },
});
