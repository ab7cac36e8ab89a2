import { fileURLToPath } from 'node:url';
import type { ProbeSpec } from '../probe/index.js';
import { didYouMean } from '../did-you-mean.js';
import { LensError } from '../errors.js';

/** The probes that come with the program. */
const SHIPPED = fileURLToPath(new URL('../../probes', import.meta.url));

/** Loads the probes of a folder, or the ones that come with the program. */
export async function probesOf(folder: string | undefined): Promise<ProbeSpec[]> {
  const [{ loadProbes }, { publicModules }] = await Promise.all([
    import('../probe/index.js'),
    import('../api/public-modules.js'),
  ]);
  return loadProbes(folder ?? SHIPPED, await publicModules());
}

/**
 * The probes of these names, in this order; `all` stands for every one.
 *
 * @throws LensError if there is none of a name
 */
export function chooseProbes(specs: readonly ProbeSpec[], names: readonly string[]): ProbeSpec[] {
  if (names.includes('all')) return [...specs];
  return names.map((name) => {
    const spec = specs.find((one) => one.name === name);
    if (spec !== undefined) return spec;
    const known = specs.map((one) => one.name);
    throw new LensError(
      'probe',
      `there is none of this name (${name})`,
      `choose from ${known.join(', ')}${didYouMean(name, known)}`,
      'usage',
    );
  });
}
