import { itemSearch } from '../../dataset/index.js';
import { isCorrect } from '../../intervention/index.js';
import { layerAt } from '../alignment.js';
import { aucOf } from '../auc-of.js';
import { logitsAt, type Batch } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { byThoughtsToGo, scrubEach, SHARE_SUPPORTED, type Scrubbed } from '../scrubbed-answers.js';
import { averageOf, shareOf } from '../statistic.js';
import { twinsOf } from '../twins.js';
import type { Thresholds } from '../thresholds.js';

interface Propagated extends Scrubbed {
  /**
   * [t - 1][d - 1], AUC at thought t + 1, as the head reads it, of the layer at depth d from the other root against nodes
   * that this root never reaches, after thought t was put in; and before, with the item's own thoughts.
   */
  readonly shown: readonly (readonly (number | undefined)[])[];
  readonly before: readonly (readonly (number | undefined)[])[];
}

const THRESHOLDS = {
  propagated: {
    direction: 'above',
    support: SHARE_SUPPORTED,
    contradict: 0.25,
    why: 'Share of the donors’ excess over chance with which answers turn: 1 for a search, 0 where the answer is lost, -1 where it stays. At .7, at most three in ten right answers come about otherwise.',
  },
} as const satisfies Thresholds;

export const propagation = definePrediction<Propagated>({
  id: 'F16',
  title: 'Propagation: another search is carried on',
  predicts:
    'Each thought is computed from the one before. A thought that holds the other root’s layers, put in from a question whose own answer is this item’s, is searched on in this item’s graph: the answer becomes the other candidate, which is neither question’s, however many thoughts are still to go.',
  falsifiedBy:
    'The answer stays: as it was, where the thought is not read, or as the donor’s, where an answer is carried. Or it is lost, as where a thought holds too few branches.',
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
    const turned = byThoughtsToGo(
      observations,
      alignment,
      {
        name: 'turned',
        description: 'share of the donors’ excess over chance with which answers turn when one thought is the donor’s',
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
            description: 'AUC of the layer that follows what was put in against nodes that its root never reaches',
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
  const [own, twins, before] = [await batch.answers(), await twinsOf(batch), await batch.readings()];
  if (twins === undefined) return [];
  const questions = twins.rows.flatMap((row, i) =>
    isCorrect(own[row]) === 1 && isCorrect(twins.answers[i]) === 1 ? [{ row, question: twins.items[i] }] : [],
  );
  const shown = new Map<number, { after: (number | undefined)[][]; before: (number | undefined)[][] }>();
  const found = await scrubEach(batch, 'other layers', questions, ({ thought, indices, run }, chosen) => {
    if (thought === batch.thoughts) return;
    const items = indices.map((i) => batch.items[chosen[i].row]);
    const after = batch.readingsOf(run, items);
    indices.forEach((i, at) => {
      const { row, question } = chosen[i];
      const search = itemSearch(question);
      const others = search.neverReached().filter((node) => !question.candidates.includes(node));
      const layersIn = (logits: ArrayLike<number>): (number | undefined)[] =>
        Array.from({ length: search.depth }, (_, d) => aucOf(logits, search.atDepth(d + 1), others));
      const seen = shown.get(row) ?? { after: [], before: [] };
      seen.after.push(layersIn(logitsAt(after[at], thought + 1)));
      seen.before.push(layersIn(logitsAt(before[row], thought + 1)));
      shown.set(row, seen);
    });
  });
  return found.map(({ row, scrubbed }) => {
    const seen = shown.get(row);
    return { ...scrubbed, shown: seen?.after ?? [], before: seen?.before ?? [] };
  });
}
