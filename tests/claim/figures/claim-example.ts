import type { CalibrationResult } from '../../../src/claim/figures/calibration.js';
import type { ClaimCriterion, ClaimFinding } from '../../../src/claim/figures/forest.js';
import type { ClaimResult } from '../../../src/claim/index.js';
import { estimate } from '../../readout/figures/examples.js';

export function criterion(
  name: string,
  value: number | null,
  half: number,
  more: Partial<ClaimCriterion> = {},
): ClaimCriterion {
  return {
    name,
    description: `${name}, described`,
    estimate: estimate(value, half),
    reference: 0,
    support: 0.5,
    contradict: 0.25,
    direction: 'above',
    p: 0.01,
    verdict: 'supports',
    ...more,
  };
}

export function finding(id: ClaimFinding['id'], more: Partial<ClaimFinding> = {}): ClaimFinding {
  return {
    id,
    title: `Title of ${id}`,
    predicts: `What ${id} predicts.`,
    falsifiedBy: `What falsifies ${id}.`,
    doesNotShow: `What ${id} does not show.`,
    role: 'search',
    evidence: 'intervention',
    verdict: 'supports',
    reason: `reason of ${id}`,
    criteria: [],
    measures: [],
    growth: null,
    p: 0.01,
    correctedP: 0.02,
    ...more,
  };
}

const HEADS = [1, 2].flatMap((depth) =>
  [1, 2].map((thought) => ({
    name: `AUC of depth ${depth} at thought ${thought}`,
    description: 'an AUC',
    estimate: estimate(depth === thought ? 0.9 : 0.4, 0.04),
    reference: 0.5,
  })),
);

/** A result with every kind of row: beyond a threshold, between, clipped, in points of 100, without a number, not run. */
export const CLAIM: ClaimResult = {
  kind: 'claim',
  version: 5,
  command: 'coconut-lens claim --model models/<tiny>',
  config: { model: 'models/<tiny>', n: 40 },
  versions: { 'coconut-lens': '0.1.0' },
  seed: 3,
  engine: { name: 'cpu', version: '4.22.0', threads: 1 },
  dtype: 'float32',
  model: { path: 'models/<tiny>', sha256: 'a1'.repeat(32), config: { nLayer: 2 } },
  warnings: ['a warning with <b>markup</b>'],
  method: 'coconut',
  sample: { description: '40 fresh items, seed 3', items: 40, graphs: 38 },
  wording: 'symbolic',
  thoughts: 6,
  controls: [{ name: 'models/pause' }],
  settings: { seed: 3, batchSize: 50 },
  competence: criterion('right with all thoughts', 0.95, 0.04, { reference: 0.5, contradict: 0.65 }),
  findings: [
    finding('F1', {
      criteria: [criterion('kept with zeros', 0.1, 0.1, { direction: 'below', contradict: 0.5, reference: 1 })],
    }),
    finding('F2', { verdict: 'notApplicable', reason: 'there are no controls', p: null, correctedP: null }),
    finding('F5', {
      verdict: 'undetermined',
      criteria: [
        criterion('diagonality', 0.4, 0.2, { verdict: 'undetermined' }),
        criterion('a ratio that goes on beyond the axis on both of its sides', 0.3, 5, { verdict: 'undetermined' }),
        criterion('nothing to estimate', null, 0, { verdict: 'undetermined', p: null }),
      ],
      measures: HEADS,
    }),
    finding('F8', {
      verdict: 'contradicts',
      criteria: [criterion('branch removed', -12, 4, { support: 10, contradict: -5, verdict: 'contradicts' })],
    }),
  ],
  conclusion: {
    verdict: 'contradicts',
    rule: 'predictionFails',
    because: ['F8'],
    kind: null,
    itemsNeeded: null,
    sentence: 'Not breadth-first search: reason of F8 (F8).',
  },
};

const cell = (
  model: string,
  seed: number,
  expected: 'supports' | 'contradicts',
  conclusion: CalibrationResult['cells'][number]['conclusion'],
): CalibrationResult['cells'][number] => ({
  model,
  truth: `what ${model} does`,
  seed,
  expected: { verdicts: [expected] },
  conclusion,
  wrong: conclusion.verdict === expected ? [] : [`${conclusion.verdict}, not ${expected}`],
  findings: [
    { id: 'F1', verdict: conclusion.verdict },
    { id: 'F2', verdict: 'notApplicable' },
  ],
});

const search = {
  verdict: 'supports',
  rule: 'search',
  kind: { memory: 'cumulative', alignment: { stride: 1, offset: 1, lastSteps: 0 } },
} as const;
const breadth = { verdict: 'contradicts', rule: 'noBreadth', kind: null } as const;
const open = { verdict: 'undetermined', rule: 'open', kind: null } as const;

/** Three batteries of four are right. */
export const CALIBRATION: CalibrationResult = {
  items: 120,
  cells: [
    cell('bfs', 0, 'supports', search),
    cell('bfs', 1, 'supports', open),
    cell('greedy', 0, 'contradicts', breadth),
    cell('greedy', 1, 'contradicts', breadth),
  ],
};
