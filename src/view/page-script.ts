import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LensError } from '../errors.js';

/** From src/view and from dist/view alike. */
const FILE = new URL('../../dist/view/page.js', import.meta.url);

/**
 * The script of a report, as `npm run build` makes it of `src/view/page`.
 *
 * @throws LensError if it was not built
 */
export function pageScript(): string {
  try {
    return readFileSync(FILE, 'utf8');
  } catch (error) {
    throw new LensError(fileURLToPath(FILE), 'is missing', 'run npm run build', 'failure', error);
  }
}
