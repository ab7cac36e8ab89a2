import { LensError } from './errors.js';

/**
 * For numbers that a program gives, which may be any.
 *
 * @param name of the number, for the message
 * @throws LensError unless it is a whole number of at least `least`
 */
export function requireWhole(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new LensError(name, `expected a whole number of at least ${least} (${value})`, 'correct it', 'usage');
}
