import type { Observation, PredictionId } from '../../src/claim/index.js';
import type { Random } from '../../src/random.js';
import { NULL_CRITERIA, type NullCriterion, type NullName } from './criteria.js';

/** Depth of every target. */
const DEPTH = 4;
const ABLATIONS = ['noThoughts', 'mean', 'noise', 'resample'] as const;

/** What is drawn. */
export interface NullModel {
  readonly atThreshold: ReadonlySet<NullName>;
  /** Whether all that goes wrong goes wrong in the same items; else every number is drawn by itself. */
  readonly inSameItems: boolean;
}

/** What one item shows of a criterion. */
type Show = (name: NullName) => number;

const ANSWERS = new Map([
  [0, { target: -10, decoy: 0 }],
  [0.5, { target: 0, decoy: 0 }],
  [1, { target: 0, decoy: -10 }],
]);

const SHOWN = {
  F1: (show: Show) => ({
    own: ANSWERS.get(1),
    ablated: ABLATIONS.map((name, i) => ({
      name,
      description: '',
      informative: false,
      answer: ANSWERS.get(i === 0 ? show('ablatedRight') : NULL_CRITERIA.ablatedRight.perfect),
    })),
  }),
  F6: (show: Show) => ({
    target: DEPTH,
    swaps: [1, 2, 3].map((depth) => ({
      depth,
      turns: Array.from({ length: DEPTH }, (_, i) => {
        const [past, toGo] = [i + 1 - depth, DEPTH - i - 1];
        if (past < 0) return show('turnedBefore');
        if (toGo === 0) return 0.5;
        return show(toGo === 1 ? 'turnedOneToGo' : 'turnedMoreToGo');
      }),
    })),
  }),
  F9: (show: Show) => ({ correct: 1, orphaned: show('orphanedRight'), twin: 1, cut: show('cutNamed') }),
  F15: (show: Show, { atThreshold }: NullModel) => {
    const ofBeam = atThreshold.has('beamKept');
    const inTime = ofBeam ? [1, 2, 3].map(() => show('beamKept')) : [1, 1, show('scrubbedKept')];
    // Layers of 24 tell any beam from a search by far.
    return { depth: DEPTH, layers: layersOf(ofBeam ? 4 : 24), found: stalled(inTime, show('foundTooEarly')) };
  },
  F16: (show: Show) => ({
    depth: DEPTH,
    layers: layersOf(24),
    found: stalled([1, 1, show('propagated')], 0.5),
    shown: [],
    before: [],
  }),
  F17: (show: Show) => ({ correct: show('blindBeamRight'), layers: layersOf(4) }),
} as const satisfies Partial<Record<PredictionId, unknown>>;

/** The tests of which observations can be drawn: the necessary ones. */
export type DrawnId = keyof typeof SHOWN;

/**
 * What is found by a search that was stalled at thoughts 1 .. 4, which is the target's depth, and has 0 .. 3 thoughts left.
 *
 * @param inTime by thought, with just as many left as it needs; with more it is always found
 * @param early with one fewer
 */
function stalled(inTime: readonly number[], early: number): number[][] {
  return Array.from({ length: DEPTH }, (_, i) => {
    const needed = DEPTH - i - 1;
    return [0, 1, 2, 3].map((left) => {
      if (needed === 0) return 0.5;
      if (left === needed) return inTime[i];
      return left > needed ? 1 : left === needed - 1 ? early : 0.5;
    });
  });
}

function layersOf(size: number): { size: number; leading: number }[] {
  return Array.from({ length: DEPTH - 1 }, () => ({ size, leading: 1 }));
}

/** What one test observes of a null model, each item a graph of its own. The same generator gives the same items to all tests. */
export function drawObservations(random: Random, id: DrawnId, items: number, model: NullModel): Observation[] {
  const [own, shared] = [random.fork(id), random.fork('items')];
  return Array.from({ length: items }, (_, i) => {
    const luck = shared.uniform();
    const show: Show = (name) => {
      const { perfect, atThreshold, direction }: NullCriterion = NULL_CRITERIA[name];
      if (!model.atThreshold.has(name)) return perfect;
      const u = model.inSameItems ? luck : own.uniform();
      // A lucky item has what speaks for a search, and lacks what speaks against it.
      return Number(direction === 'above' ? u < atThreshold : u >= 1 - atThreshold);
    };
    return { graph: String(i), ...SHOWN[id](show, model) };
  });
}
