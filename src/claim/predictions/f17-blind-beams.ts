import { isCorrect } from '../../intervention/index.js';
import { BEAM_IS_TOLD, BEAMS, beyondChance } from '../beams.js';
import { blindBeamsOf, type BlindBeam } from '../blind-beams.js';
import { splitByGraphs } from '../enough-graphs.js';
import { judge } from '../judge.js';
import { graphsOf } from '../observed-graphs.js';
import { definePrediction } from '../prediction.js';
import type { Thresholds } from '../thresholds.js';

interface Answered {
  readonly graph: string;
  readonly correct: number;
  readonly beams: readonly BlindBeam[];
}

/** Blind beams up to this width must be missed, where there are graphs that tell; wider ones few graphs tell. */
const RULED_OUT_BLIND = 4;

const THRESHOLDS = {
  beyondBlindBeam: {
    direction: 'above',
    support: 0,
    contradict: null,
    why: 'From 0, the share right with such a beam that errs nowhere else, to 1, all right. A search that errs may get less than a beam, so that failing contradicts nothing.',
  },
} as const satisfies Thresholds;

export const blindBeams = definePrediction<Answered>({
  id: 'F17',
  title: 'Answers that a blind beam misses',
  predicts:
    'Of all items, right or wrong, more are answered correctly than by a beam that keeps so many new nodes a step by an order that knows no way, as that of numbers that were drawn anew.',
  falsifiedBy:
    'Nothing by itself, as a search that errs may be wrong as often. Support is missing where answers are wrong as often as those of a beam.',
  doesNotShow: 'That a beam is ruled out which knows the way (F15), or one whose order follows from the graph.',
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
      beams: blindBeamsOf(search, batch.randomOf('blind beams', row)),
    }));
  },
  judge(observations) {
    const groups = BEAMS.map((width, i) => {
      const cells = observations.map(({ correct, beams }) => {
        const { chosenBy, chance } = beams[i];
        return chosenBy > BEAM_IS_TOLD ? undefined : { share: correct, chance };
      });
      return {
        width,
        graphs: graphsOf(observations.filter((_, at) => cells[at] !== undefined)),
        spec: {
          name: blindBeamName(width),
          description: `of items whose target a blind beam of ${width} misses in a quarter of its orders or more: 0 as often as such a beam, 1 always right`,
          statistic: beyondChance(cells),
          reference: 0,
          threshold: THRESHOLDS.beyondBlindBeam,
        },
      };
    });
    const { criteria, measures } = splitByGraphs(groups.filter(({ width }) => width <= RULED_OUT_BLIND));
    const wider = groups.filter(({ width }) => width > RULED_OUT_BLIND).map(({ spec }) => spec);
    return judge(
      observations,
      { criteria, measures: [...measures, ...wider] },
      { supports: 'more is found than by beams that do not know the way' },
    );
  },
});

/** What the criterion of a blind beam is called. */
export function blindBeamName(width: number): string {
  return width === 1 ? 'right beyond one path' : `right beyond a beam of ${width}`;
}
