import { branchEdits as editBranches, type BranchEdit } from '../branch-edits.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { averageOf, meanOf, type Values } from '../statistic.js';

interface Edited {
  readonly graph: string;
  readonly edits: readonly BranchEdit[];
}

export const branchEdits = definePrediction<Edited>({
  id: 'F8',
  title: 'Branches are operands',
  predicts:
    'A node that leads to the decoy, put into a thought beside the frontier, is expanded and draws the answer towards the decoy; without the nodes that lead to the target the answer is lost. The same edits with nodes that lead to neither change nothing.',
  falsifiedBy:
    'Edits of the branches that decide do less than edits of others. That they do no more is no support, and no more than that.',
  doesNotShow:
    'The absence of a search where an edit fails: the direction by which the LM head reads a node need not be the one by which the model does.',
  role: 'search',
  inapplicable: ({ thoughts }) => (thoughts < 2 ? 'the model has fewer than two thoughts' : undefined),
  async observe(batch) {
    const edits = await editBranches(batch);
    return batch.searches.map(({ key }, row) => ({ graph: key, edits: edits[row] }));
  },
  judge(observations, settings) {
    const of = (kind: BranchEdit['kind'], measure: (edit: BranchEdit) => number): Values =>
      observations.map(({ edits }) => averageOf(edits.filter((edit) => edit.kind === kind).map(measure)));
    const words = {
      added: 'a node that leads to the decoy is added',
      removed: 'the nodes that lead to the target are removed',
    } as const;
    const kinds = ['added', 'removed'] as const;
    return judge(
      observations,
      {
        criteria: kinds.map((kind) => ({
          name: `branch ${kind}`,
          words: `fall of T when ${words[kind]}, less that of the same edit with nodes that lead to neither candidate`,
          statistic: meanOf(
            of(kind, ({ fall, reference }) => fall - reference),
            0,
          ),
          reference: 0,
          threshold: 'branchEffect' as const,
        })),
        measures: kinds.flatMap((kind) => [
          {
            name: `T falls, branch ${kind}`,
            words: `of 100, when ${words[kind]}`,
            statistic: meanOf(
              of(kind, ({ fall }) => fall),
              0,
            ),
            reference: 0,
          },
          {
            name: `T falls, reference of branch ${kind}`,
            words: 'of 100, with the same edit of nodes that lead to neither',
            statistic: meanOf(
              of(kind, ({ reference }) => reference),
              0,
            ),
            reference: 0,
          },
        ]),
      },
      settings,
      {
        supports: 'single branches of a thought can be edited, and the answer follows',
        contradicts: 'the branches in the thoughts are not what the answer is computed from',
      },
    );
  },
});
