import { isCorrect } from '../../intervention/index.js';
import { BEAM_IS_TOLD, BEAMS, beyondChance, layersTowards, randomHolds, RULED_OUT, type Layer } from '../beams.js';
import { splitByGraphs } from '../enough-graphs.js';
import { judge } from '../judge.js';
import { graphsOf } from '../observed-graphs.js';
import { definePrediction } from '../prediction.js';
import type { Thresholds } from '../thresholds.js';

interface Answered {
  readonly graph: string;
  readonly correct: number;
  /** Between root and target. */
  readonly layers: readonly Layer[];
}

const THRESHOLDS = {
  beyondBlindBeam: {
    direction: 'above',
    support: 0,
    contradict: -0.5,
    why: 'From 0, the share right with a beam that must keep a node of one layer at random, to 1, all right. More than a beam gets that fails nowhere else; a search that errs may get less, so that failing contradicts nothing.',
  },
} as const satisfies Thresholds;

export const blindBeams = definePrediction<Answered>({
  id: 'F17',
  title: 'Answers that a blind beam misses',
  predicts:
    'Of all items, right or wrong, more are answered correctly than a beam can that keeps so many nodes of each layer whatever they lead to, as if by number or place.',
  falsifiedBy: 'Answers are wrong where layers are wide and few of their nodes lead to the target.',
  doesNotShow: 'That a beam is ruled out which knows the way (F15).',
  role: 'search',
  evidence: 'behaviour',
  necessary: true,
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const own = await batch.answers();
    return batch.searches.map((search, row) => ({
      graph: search.key,
      correct: isCorrect(own[row]),
      layers: layersTowards(search),
    }));
  },
  judge(observations) {
    const groups = BEAMS.map((width) => {
      const cells = observations.map(({ correct, layers }) => {
        // As if the beam were sure of all layers but the hardest.
        const chance = Math.min(...layers.map((layer) => randomHolds(width, layer)));
        return chance > BEAM_IS_TOLD ? undefined : { share: correct, chance };
      });
      const spec = {
        name: blindBeamName(width),
        description: `of items with a layer that a blind beam of ${width} cannot hold: 0 as often as such a beam, 1 always right`,
        statistic: beyondChance(cells),
        reference: 0,
      };
      return { width, spec, graphs: graphsOf(observations.filter((_, i) => cells[i] !== undefined)) };
    });
    const decisive = groups.filter(({ width }) => width <= RULED_OUT);
    const { criteria, measures } = splitByGraphs(
      decisive.map(({ spec, graphs }) => ({
        graphs,
        spec: {
          ...spec,
          threshold: THRESHOLDS.beyondBlindBeam,
          exemption: 'a search that errs may be wrong as often',
        },
      })),
    );
    return judge(
      observations,
      { criteria, measures: [...measures, ...groups.filter(({ width }) => width > RULED_OUT).map(({ spec }) => spec)] },
      {
        supports: 'more is found than beams can that do not know the way',
        contradicts: 'no more is found than by beams that do not know the way',
      },
    );
  },
});

/** What the criterion of a blind beam is called. */
export function blindBeamName(width: number): string {
  return width === 1 ? 'right beyond one path' : `right beyond a beam of ${width}`;
}
