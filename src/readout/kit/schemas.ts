import { z } from 'zod';
import type { Estimate } from '../../statistics/index.js';

/**
 * What zod infers of a schema, readonly all the way down: results are data and are not changed. The top level is written
 * out, so that a result's type keeps the name that it is given.
 */
export type ResultOf<Schema extends z.ZodType> = {
  readonly [Key in keyof z.infer<Schema>]: Immutable<z.infer<Schema>[Key]>;
};

/** T, readonly all the way down. */
export type Immutable<T> = { readonly [Key in keyof T]: Immutable<T[Key]> };

/**
 * An `Estimate` in a file. More may stand there: later versions add fields. The type is written out because notebooks are
 * compiled without `strict`, where zod takes every field that may be null for one that may be missing.
 */
export const estimateSchema: z.ZodType<Estimate> = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative(),
  clusters: z.int().nonnegative(),
});

/** The fields that every result begins with, as `ReadoutHead`. */
export function headFields<const Name extends string>(kind: Name) {
  return {
    kind: z.literal(kind),
    version: z.literal(1),
    items: z.int().nonnegative(),
    graphs: z.int().nonnegative(),
    bootstrap: z.object({
      method: z.literal('percentile'),
      unit: z.literal('graph'),
      resamples: z.int(),
      level: z.number(),
      seed: z.union([z.number(), z.string()]),
    }),
  };
}

/** A number of thoughts. */
export const thoughtSchema = z.int().nonnegative();

export const scorerSchema = z.enum(['firstToken', 'sequence']);

/** A top-1 rate beside what chance gives on the same items. Ties count as their expected value under random breaking. */
export const topOneSchema = z.object({
  rate: estimateSchema,
  /**
   * The same rate, on the same items, for a score of the tokens that is independent of the graph, in expectation: a
   * candidate drawn uniformly, where no two nodes share a token.
   */
  chance: estimateSchema,
  /** rate - chance, paired within items. */
  excess: estimateSchema,
});
