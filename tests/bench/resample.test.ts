import { describe, expect, it } from 'vitest';
import { NULL_NAMES } from '../../bench/nulls/criteria.js';
import { drawObservations, type DrawnId } from '../../bench/nulls/draw.js';
import { drawGraphs, graphsOf, resampler } from '../../bench/power/resample.js';
import { halfOf } from '../../src/claim/alignment.js';
import { judgeModel, PREDICTIONS, type Observations } from '../../src/claim/index.js';
import { createRandom } from '../../src/random.js';

const TESTED = PREDICTIONS.filter(({ necessary }) => necessary === true);

/** What is seen of 60 graphs, one more observation of every third; a perfect search, or one at all thresholds. */
function observations(isPerfect: boolean): Observations {
  const model = { atThreshold: new Set(isPerfect ? [] : NULL_NAMES), inSameItems: false };
  const of = (id: DrawnId): ReturnType<typeof drawObservations> => {
    const drawn = drawObservations(createRandom('resample'), id, 60, model);
    return [...drawn, ...drawn.filter((_, i) => i % 3 === 0)];
  };
  return {
    subject: { wording: 'symbolic', thoughts: 6 },
    competence: of('F1').map(({ graph }) => ({ graph, correct: 1 })),
    byPrediction: new Map(TESTED.map(({ id }) => [id, of(id as DrawnId)])),
    alignment: { turned: of('F6'), kept: of('F15') } as unknown as Observations['alignment'],
  };
}

/** How many observations of each kind there are, by graph. */
function counts({ competence, byPrediction, alignment }: Observations): Map<string, number[]> {
  const kinds = [competence, ...byPrediction.values(), alignment.turned, alignment.kept];
  const graphs = new Set(kinds.flatMap((own) => own.map(({ graph }) => graph)));
  return new Map(
    [...graphs].map((graph) => [graph, kinds.map((own) => own.filter((one) => one.graph === graph).length)]),
  );
}

describe('a resample of graphs', () => {
  const seen = observations(false);
  const graphs = graphsOf(seen);

  it('has as many graphs as are drawn, each with all that was seen of one', () => {
    const drawn = drawGraphs(createRandom(1), graphs, 200);
    const resampled = resampler(seen)(drawn);
    const own = counts(seen);
    expect([...counts(resampled).values()]).toEqual(drawn.map((graph) => own.get(graph)));
    expect(graphsOf(resampled)).toHaveLength(200);
    expect(resampled.competence).toHaveLength(drawn.reduce((sum, graph) => sum + (own.get(graph)?.[0] ?? 0), 0));
  });

  it('keeps every graph in its half, so that none is judged by its own alignment', () => {
    const drawn = drawGraphs(createRandom(2), graphs, 100);
    expect(graphsOf(resampler(seen)(drawn)).map(halfOf)).toEqual(drawn.map(halfOf));
  });

  it.each([true, false])('of every graph once comes to the same numbers (perfect: %s)', (isPerfect) => {
    const whole = observations(isPerfect);
    const judged = judgeModel(whole, [], TESTED);
    const again = judgeModel(resampler(whole)(graphsOf(whole)), [], TESTED);
    expect(again.conclusion).toEqual(judged.conclusion);
    expect(judged.conclusion.verdict).toBe(isPerfect ? 'supports' : 'undetermined');
    again.findings.forEach(({ criteria }, i) =>
      criteria.forEach(({ estimate }, j) => {
        const wanted = judged.findings[i].criteria[j].estimate;
        // Sums are taken in another order.
        expect(estimate.value).toBeCloseTo(wanted.value ?? NaN, 12);
        expect(estimate.low).toBeCloseTo(wanted.low ?? NaN, 12);
        expect(estimate.clusters).toBe(wanted.clusters);
      }),
    );
  });
});
