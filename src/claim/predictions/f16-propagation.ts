import { itemSearch } from '../../dataset/index.js';
import { isCorrect } from '../../intervention/index.js';
import type { NodeReading } from '../../recording/index.js';
import { layerAt } from '../alignment.js';
import { aucOf } from '../auc-of.js';
import { logitsAt, type Batch } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { scrubEach, type Scrubbed } from '../scrubbed-answers.js';
import { inTime, SHARE_SUPPORTED } from '../scrubbed-criteria.js';
import { averageOf, shareOf } from '../statistic.js';
import { twinsOf } from '../twins.js';
import type { Thresholds } from '../thresholds.js';

interface Propagated extends Scrubbed {
  /**
   * [t - 1][d - 1], AUC at the thought that is computed from the donor's thought t, as the head reads it, of the layer at
   * depth d from the other root against nodes that this root never reaches; and of the item's own thought t + 1.
   */
  readonly shown: readonly (readonly (number | undefined)[])[];
  readonly before: readonly (readonly (number | undefined)[])[];
}

/** Criteria of answers that turn begin so. */
export const TURNED = 'turned';

const THRESHOLDS = {
  propagated: {
    direction: 'above',
    support: SHARE_SUPPORTED,
    contradict: 0.25,
    why: 'Of answers that own, twin’s and donor’s thoughts get right: 1 if all turn, as in a search; 0 where they are lost, -1 where they stay. At .7, at most three in ten come about otherwise.',
  },
} as const satisfies Thresholds;

export const propagation = definePrediction<Propagated>({
  id: 'F16',
  title: 'Propagation: another search is carried on',
  predicts:
    'Each thought is computed from the one before. Thoughts that hold the other root’s layers, of a question whose own answer is this item’s, are searched on in this item’s graph, up to whichever thought they are put in, if just as many thoughts follow as a search needs: the answer becomes the other candidate, which is neither question’s.',
  falsifiedBy:
    'The answer stays: as it was, where the thought is not read, or as the donor’s, where an answer is carried. Or it is lost, as where a thought holds too few branches, or more time is needed.',
  doesNotShow:
    'That all of what is held is needed: a thought that holds more than the layers turns the answer as well (F15).',
  role: 'search',
  evidence: 'intervention',
  necessary: true,
  thresholds: THRESHOLDS,
  inapplicable: ({ thoughts }) => (thoughts < 2 ? 'the model has fewer than two thoughts' : undefined),
  observe,
  judge(observations, settings) {
    const { alignment } = settings;
    const turned = inTime(
      observations,
      alignment,
      {
        name: TURNED,
        description: 'how far answers turn after a donor’s thoughts, with as many left as a search needs',
      },
      THRESHOLDS.propagated,
    );
    const next = (which: 'shown' | 'before'): (number | undefined)[] =>
      observations.map(({ graph, depth, [which]: matrix }) =>
        averageOf(
          matrix.flatMap((row, i) => {
            const layer = layerAt(alignment.of(graph), i + 2);
            const value = layer >= 1 && layer <= depth ? row.at(layer - 1) : undefined;
            return value === undefined ? [] : [value];
          }),
        ),
      );
    return judge(
      observations,
      {
        criteria: turned.criteria,
        measures: [
          ...turned.measures,
          {
            name: 'the next thought shows the next layer',
            description:
              'AUC, at the first thought after the donor’s, of the layer that follows against nodes that its root never reaches',
            statistic: shareOf(next('shown')),
            reference: 0.5,
          },
          {
            name: 'the same thought before',
            description: 'the same AUC with the item’s own thoughts',
            statistic: shareOf(next('before')),
            reference: null,
          },
        ],
      },
      {
        supports: 'what is put into a thought is searched on, over all thoughts that are left',
        contradicts: 'what is put into a thought is not searched on',
      },
    );
  },
});

async function observe(batch: Batch): Promise<Propagated[]> {
  const [own, twins] = [await batch.answers(), await twinsOf(batch)];
  if (twins === undefined) return [];
  const questions = twins.rows.flatMap((row, i) => {
    const [isRight, isTwinRight] = [isCorrect(own[row]) === 1, isCorrect(twins.answers[i]) === 1];
    return isRight && isTwinRight && batch.asksAtUsualDepth(twins.items[i]) ? [{ row, question: twins.items[i] }] : [];
  });
  const shown = new Map<number, Pick<Propagated, 'shown' | 'before'>>();
  const before = batch.criteriaOnly ? undefined : await batch.readings();
  const read = before && readNext(batch, before, shown);
  const found = await scrubEach(batch, 'other layers', questions, read);
  return found.map(({ row, scrubbed }) => ({ ...scrubbed, ...(shown.get(row) ?? { shown: [], before: [] }) }));
}

/** Reads the first thought after the donor's, which is the last where one is left. */
function readNext(
  batch: Batch,
  before: readonly NodeReading[],
  shown: Map<number, Pick<Propagated, 'shown' | 'before'>>,
): NonNullable<Parameters<typeof scrubEach>[3]> {
  return ({ thought, left, indices, run }, chosen) => {
    if (left !== 1) return;
    const after = batch.readingsOf(
      run,
      indices.map((i) => batch.items[chosen[i].row]),
    );
    indices.forEach((i, at) => {
      const { row, question } = chosen[i];
      const search = itemSearch(question);
      const others = search.neverReached().filter((node) => !question.candidates.includes(node));
      const layersIn = (logits: ArrayLike<number>): (number | undefined)[] =>
        Array.from({ length: search.depth }, (_, d) => aucOf(logits, search.atDepth(d + 1), others));
      const seen = shown.get(row) ?? { shown: [], before: [] };
      shown.set(row, {
        shown: [...seen.shown, layersIn(logitsAt(after[at], batch.thoughts))],
        before: [...seen.before, layersIn(logitsAt(before[row], thought + 1))],
      });
    });
  };
}
