import type { FloatTensor } from '../checkpoint/index.js';
import { LensError } from '../errors.js';
import type { LinearFit } from './fits/logistic.js';

/**
 * The directions that a probe reads, for `writeSafetensors` and as bases of interventions: per output, `raw:{name}` (the
 * weights in the units of the thoughts, [columns]: adding a of it to a thought changes the score by a |raw|^2),
 * `unit:{name}` (the same of length 1) and `intercept:{name}` ([1]).
 *
 * An output without a direction is left out: of a node that no graph was asked about, every weight is 0.
 *
 * @param names one per output
 * @throws LensError if there are not as many names as outputs, two are the same, or no output has a direction
 */
export function probeDirections(
  { columns, outputs, weights, intercepts }: LinearFit,
  names: readonly string[],
): Map<string, FloatTensor> {
  if (names.length !== outputs || new Set(names).size !== outputs)
    throw new LensError('directions', `not ${outputs} different names (${names.join(', ')})`, 'name every output');
  const tensors = new Map<string, FloatTensor>();
  names.forEach((name, o) => {
    const raw = Float64Array.from({ length: columns }, (_, c) => weights[c * outputs + o]);
    const length = Math.sqrt(raw.reduce((sum, w) => sum + w * w, 0));
    if (!(length > 0)) return;
    tensors.set(`raw:${name}`, { shape: [columns], data: Float32Array.from(raw) });
    tensors.set(`unit:${name}`, { shape: [columns], data: Float32Array.from(raw, (w) => w / length) });
    tensors.set(`intercept:${name}`, { shape: [1], data: Float32Array.of(intercepts[o]) });
  });
  if (tensors.size === 0)
    throw new LensError('directions', 'the probe reads nothing: every weight is 0', 'fit another');
  return tensors;
}
