import { LensError } from '../errors.js';
import type { Tensor } from '../tensor/index.js';
import { activationSite, selectActivations, type ActivationSelector, type ActivationSite } from './activations.js';
import type { Tap } from './tap.js';

/**
 * Sees an activation while the model runs; it may read values (`dataSync`, `arraySync`). The tensor it returns, of the
 * same shape, is used instead; with undefined the activation stays as it is. Axes: `activationAxes(name)`.
 */
export type HookFunction = (activation: Tensor, site: ActivationSite) => Tensor | undefined;

/** Which activations, by their names in `activationNames`, and what to do there. */
export type Hook = readonly [where: ActivationSelector, run: HookFunction];

/**
 * A tap that runs the hooks in the order given, each seeing what the one before left.
 *
 * @param names all activations of the run
 * @throws LensError if a hook would never fire
 */
export function hookTap(hooks: readonly Hook[], names: readonly string[]): Tap {
  const byName = new Map<string, HookFunction[]>();
  hooks.forEach(([where, run], i) => {
    for (const name of selectActivations(`hook ${i}`, where, names)) {
      byName.set(name, [...(byName.get(name) ?? []), run]);
    }
  });
  return (name, activation) =>
    (byName.get(name) ?? []).reduce(
      (current, run) => checkReplacement(name, current, run(current, activationSite(name))),
      activation,
    );
}

function checkReplacement(name: string, activation: Tensor, replacement: unknown): Tensor {
  if (replacement === undefined) return activation;
  if (!isTensor(replacement)) {
    throw new LensError(
      `hook on ${name}`,
      'returned something that is not a tensor',
      'return a tensor or undefined',
      'usage',
    );
  }
  const { shape, dtype } = replacement;
  if (dtype === activation.dtype && shape.join() === activation.shape.join()) return replacement;
  throw new LensError(
    `hook on ${name}`,
    `returned ${dtype} [${shape.join(', ')}]`,
    `return ${activation.dtype} [${activation.shape.join(', ')}]`,
    'usage',
  );
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value && 'dataSync' in value;
}
