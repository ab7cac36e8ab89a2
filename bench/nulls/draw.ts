import type { Observation, PredictionId } from '../../src/claim/index.js';
import type { Random } from '../../src/random.js';
import { NULL_CRITERIA, type NullCriterion, type NullName } from './criteria.js';

/** Depth of every target. */
const DEPTH = 4;
/** What every question about a donor says of the item: it answers as soon as it can, so that it is asked at once. */
const ASKED = { depth: DEPTH, ownDepth: DEPTH, own: [0.5, 0.5, 0.5, 0.5, 1, 1, 1] } as const;
const ABLATIONS = ['noThoughts', 'mean', 'noise', 'resample'] as const;

/** What is drawn. */
export interface NullModel {
  readonly atThreshold: ReadonlySet<NullName>;
  /** Shares of ones in place of those that lie at thresholds. */
  readonly shares?: Readonly<Partial<Record<NullName, number>>>;
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
  F6: (show: Show) => {
    const thoughts = Array.from({ length: DEPTH }, (_, i) => i + 1);
    return {
      swaps: [1, 2, 3].map((depth) => ({
        depth,
        target: DEPTH,
        // Only with one step to go is anything left to chance.
        found: thoughts.map((t) => (t < depth ? 0.5 : DEPTH - t === 1 ? show('swapFound') : 1)),
        changes: thoughts.map((t) => (t < depth ? show('changedBefore') : 0.5)),
      })),
    };
  },
  F9: (show: Show) => ({ correct: 1, orphaned: show('orphanedRight'), twin: 1, cut: show('cutNamed') }),
  F15: (show: Show, { atThreshold }: NullModel) => {
    const ofBeam = atThreshold.has('beamKept');
    const inTime = ofBeam ? [1, 2, 3].map(() => show('beamKept')) : [1, 1, show('scrubbedKept')];
    const found = continued(inTime, 0.5);
    const held = [{ depth: DEPTH, found: continued([1, 1, 1], show('foundTooEarly')) }];
    const right = show('foundWithout');
    const cells = [1, 2, 3].flatMap((thought) => [1, 2].map((left) => ({ thought, left, right })));
    const astray = [{ depth: DEPTH, cutAt: 1, from: DEPTH - 1, stalled: cells, atOnce: cells }];
    // Layers of 24 tell any beam from a search by far.
    return { ...ASKED, layers: layersOf(ofBeam ? 4 : 24), stalled: found, atOnce: found, held, astray };
  },
  F16: (show: Show) => {
    const found = continued([1, 1, show('propagated')], 0.5);
    return { ...ASKED, layers: layersOf(24), stalled: found, atOnce: found, shown: [], before: [] };
  },
  // As if a beam of any width found it in three of four orders.
  F17: (show: Show) => ({
    correct: show('blindBeamRight'),
    beams: [1, 2, 3, 4, 5].map((width) => ({ width, chosenBy: 0.75, chance: 0.75 })),
  }),
} as const satisfies Partial<Record<PredictionId, unknown>>;

/** The tests of which observations can be drawn: the necessary ones. */
export type DrawnId = keyof typeof SHOWN;

/**
 * What is found after a donor's thoughts 1 .. 4, which is the target's depth, with 0 .. 3 more.
 *
 * @param inTime by thought, with just as many left as it needs; with more it is always found
 * @param early with fewer
 */
function continued(inTime: readonly number[], early: number): number[][] {
  return Array.from({ length: DEPTH }, (_, i) => {
    const needed = DEPTH - i - 1;
    return [0, 1, 2, 3].map((left) => {
      if (needed === 0) return 0.5;
      if (left === needed) return inTime[i];
      return left > needed ? 1 : early;
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
      const share = model.shares?.[name] ?? atThreshold;
      const u = model.inSameItems ? luck : own.uniform();
      // A lucky item has what speaks for a search, and lacks what speaks against it.
      return Number(direction === 'above' ? u < share : u >= 1 - share);
    };
    return { graph: String(i), ...SHOWN[id](show, model) };
  });
}
