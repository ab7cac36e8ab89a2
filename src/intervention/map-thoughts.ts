import { LensError } from '../errors.js';
import type { ReplaceThought } from '../model/index.js';

/**
 * Puts a function of each thought in its place as it is computed, so that later thoughts come from what was put in. With a
 * decoder's `reconstruct` it asks for faithfulness: are answers the same when the model thinks in what the decoder gives back?
 *
 * @param edit of a thought [d] (read only), to [d]
 * @param steps thoughts c to edit, from 1; default all
 * @throws LensError, when the model thinks, if `edit` returns another width or a number that is not finite
 */
export function mapThoughts(edit: (thought: Float32Array) => Float32Array, steps?: readonly number[]): ReplaceThought {
  return ({ index, computed }) => {
    if (steps !== undefined && !steps.includes(index)) return undefined;
    const [batch, d] = computed.shape;
    const edited = Float32Array.from(computed.data);
    for (let row = 0; row < batch; row++) {
      const own = edit(Float32Array.from(computed.data.subarray(row * d, (row + 1) * d)));
      if (own.length !== d || !own.every(Number.isFinite))
        throw new LensError(
          `thought ${index} of prompt ${row}`,
          `is not edited to ${d} finite numbers`,
          'correct the function',
        );
      edited.set(own, row * d);
    }
    return { ...computed, data: edited };
  };
}
