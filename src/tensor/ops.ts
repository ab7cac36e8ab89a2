/**
 * The operations model code is written in: tfjs's own, listed by hand, and the few fused ones of fused-ops.ts.
 * Everything here runs on every engine and may be traced; what is differentiable has a gradient.
 *
 * @module
 */
import { tf } from './tfjs.js';

/** a + b, element by element, with broadcasting. */
export const add = tf.add;
/** The sum of tensors of one shape and dtype. */
export const addN = tf.addN;
/** Where the greatest element along an axis (default 0) is: int32, without that axis. */
export const argMax = tf.argMax;
/** x as another dtype. */
export const cast = tf.cast;
/** Tensors one after the other along an axis (default 0) that exists; their other axes are equal. */
export const concat = tf.concat;
/** a / b, element by element, with broadcasting; int32 by int32 is rounded down. */
export const div = tf.div;
/** Whether a = b, element by element, with broadcasting: bool. */
export const equal = tf.equal;
/** e to the power of x, element by element. */
export const exp = tf.exp;
/** x with one more axis of size 1, at `axis` (default 0). */
export const expandDims = tf.expandDims;
/** A tensor of a shape, filled with one value. */
export const fill = tf.fill;
/** x rounded down, element by element. */
export const floor = tf.floor;
/** The slices of x at int32 indices along an axis (default 0). */
export const gather = tf.gather;
/** Keeps a tensor beyond the `tidy` that it was made in; returns it. */
export const keep = tf.keep;
/** Whether a < b, element by element, with broadcasting: bool. */
export const less = tf.less;
/** Whether a <= b, element by element, with broadcasting: bool. */
export const lessEqual = tf.lessEqual;
/** The natural logarithm of x, element by element. */
export const log = tf.log;
/** Whether both of two bool tensors are true, element by element, with broadcasting: bool. */
export const logicalAnd = tf.logicalAnd;
/** The natural logarithm of `softmax` over the last axis. */
export const logSoftmax = tf.logSoftmax;
/** a b over the last two axes, [..., m, k] by [..., k, n]; the batch axes are broadcast. */
export const matMul = tf.matMul;
/** The greatest element over the axes given, by default over all. */
export const max = tf.max;
/** The greater of a and b, element by element, with broadcasting. */
export const maximum = tf.maximum;
/** The mean over the axes given, by default over all. */
export const mean = tf.mean;
/** The lesser of a and b, element by element, with broadcasting. */
export const minimum = tf.minimum;
/** a b, element by element, with broadcasting. */
export const mul = tf.mul;
/** -x, element by element. */
export const neg = tf.neg;
/** [..., depth] of int32 indices [...]: 1 at the index, 0 elsewhere. */
export const oneHot = tf.oneHot;
/** A tensor of a shape, filled with 1. */
export const ones = tf.ones;
/** [n], the numbers from `start` up to but not including `stop`, one `step` apart. */
export const range = tf.range;
/** The elements of x in another shape, of which one size may be -1: what is left. */
export const reshape = tf.reshape;
/** One number as a tensor without axes. */
export const scalar = tf.scalar;
/** The part of x that begins at `begin` and has the size `size`, -1 for all that follows. */
export const slice = tf.slice;
/** e to the power of x over its sum over the last axis. */
export const softmax = tf.softmax;
/** x cut along an axis (default 0) into equal parts, or into parts of the sizes given. */
export const split = tf.split;
/** The square root of x, element by element. */
export const sqrt = tf.sqrt;
/** x times itself, element by element. */
export const square = tf.square;
/** x without its axes of size 1, or without those given. */
export const squeeze = tf.squeeze;
/** Tensors of one shape side by side along a new axis (default 0). */
export const stack = tf.stack;
/** a - b, element by element, with broadcasting. */
export const sub = tf.sub;
/** The sum over the axes given, by default over all. */
export const sum = tf.sum;
/** A tensor of values, with their shape and dtype where these do not follow from them. */
export const tensor = tf.tensor;
/** Runs a function and frees every tensor that it made, but for those that it returns or keeps. */
export const tidy = tf.tidy;
/** x repeated along each axis as often as `reps` says. */
export const tile = tf.tile;
/** x with its axes in the order `perm`, by default reversed. */
export const transpose = tf.transpose;
/** The slices of x along an axis (default 0), each without that axis. */
export const unstack = tf.unstack;
/** a where the condition is true and b elsewhere, with broadcasting. */
export const where = tf.where;
/** A tensor of a shape, filled with 0. */
export const zeros = tf.zeros;
export { gelu, layerNorm, linear, scaledMatMul, stopGradient } from './fused-ops.js';
export { valueAndGradients } from './gradients.js';
