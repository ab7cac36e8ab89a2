import type { PropagationReadout } from '../../../src/readout/index.js';
import { estimate, HEAD } from './examples.js';

/** Two edits; no item has a wrong node for the first. */
export const PROPAGATION: PropagationReadout = {
  ...HEAD,
  kind: 'propagation',
  correct: estimate(0.9),
  used: estimate(0.8),
  pooled: { edits: [propagated('onWay', 1), propagated('added', 0.9)] },
  perThought: [{ thought: 1, edits: [propagated('onWay', 1)] }],
  perToGo: [{ name: '2 to go', toGo: 2, edits: [propagated('onWay', 1)] }],
};

function propagated(name: PropagationReadout['pooled']['edits'][number]['name'], before: number) {
  const arm = (change: number | null) => ({
    after: estimate(change === null ? null : before + change),
    change: estimate(change),
  });
  const wrongNode = arm(name === 'onWay' ? null : 0.05);
  return {
    name,
    readings: [
      { name: 'own' as const, before: estimate(before), edited: arm(-0.5), wrongNode, sameSize: arm(0) },
      { name: 'children' as const, before: estimate(before), edited: arm(-0.3), wrongNode, sameSize: arm(-0.1) },
    ],
    fall: { edited: estimate(0.2), wrongNode: estimate(null), sameSize: estimate(0) },
  };
}
