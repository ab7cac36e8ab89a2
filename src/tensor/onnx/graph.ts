/**
 * Element types of the ONNX graphs we emit: tfjs's three, int64 for the shape arguments of ONNX operators, float64 for
 * exact integer division.
 */
export type ElementType = 'float32' | 'int32' | 'bool' | 'int64' | 'float64';

/** ONNX's TensorProto.DataType. */
export const DATA_TYPE: Readonly<Record<ElementType, number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};

export type HostArray = Float32Array | Int32Array | Uint8Array | BigInt64Array;

/** An ONNX attribute; the kind is explicit because 1 may mean an int or a float. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'string'; readonly value: string };

/** One ONNX operator applied to values. */
export interface GraphNode {
  readonly op: string;
  readonly domain: '' | 'com.microsoft';
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly outputs: Value[];
}

/**
 * Where a value comes from:
 * - `static`: known while the graph is built and part of its structure (axes, shapes, scalars written by a kernel);
 * - `host`: an array in ordinary memory, given by the user or left by an earlier run;
 * - `placeholder`: an input of a program that is being traced; has no value;
 * - `node`: output of an operator.
 */
export type Source =
  | { readonly kind: 'static' | 'host'; readonly data: HostArray }
  | { readonly kind: 'placeholder'; readonly name: string }
  | { readonly kind: 'node'; readonly node: GraphNode };

/** A tensor of the graph. Its source changes once at most: from `node` to `host`, when it has been computed. */
export class Value {
  source: Source;

  constructor(
    readonly type: ElementType,
    readonly shape: readonly number[],
    source: Source,
  ) {
    this.source = source;
  }
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const text = (value: string): Attribute => ({ kind: 'string', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });

/** A scalar that belongs to the structure of the graph. */
export function staticScalar(value: number, type: 'float32' | 'int32' | 'bool'): Value {
  const data =
    type === 'float32' ? Float32Array.of(value) : type === 'int32' ? Int32Array.of(value) : Uint8Array.of(value);
  return new Value(type, [], { kind: 'static', data });
}

/** An int32 array that belongs to the structure of the graph. */
export function staticInt32(values: Int32Array, shape: readonly number[]): Value {
  return new Value('int32', shape, { kind: 'static', data: values });
}

/** A list of integers (axes, shapes, sizes) that belongs to the structure of the graph. */
export function staticInts(values: readonly number[]): Value {
  return new Value('int64', [values.length], { kind: 'static', data: BigInt64Array.from(values, BigInt) });
}

/** What an operator returns: the type and shape of one output. */
export interface OutputSpec {
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/** Applies an operator with several outputs. */
export function applyAll(
  op: string,
  inputs: readonly (Value | undefined)[],
  outputs: readonly OutputSpec[],
  attributes: Readonly<Record<string, Attribute>> = {},
  domain: GraphNode['domain'] = '',
): Value[] {
  const node: GraphNode = { op, domain, inputs, attributes, outputs: [] };
  for (const { type, shape } of outputs) node.outputs.push(new Value(type, shape, { kind: 'node', node }));
  return node.outputs;
}

/** Applies an operator with one output. */
export function apply(
  op: string,
  inputs: readonly (Value | undefined)[],
  type: ElementType,
  shape: readonly number[],
  attributes: Readonly<Record<string, Attribute>> = {},
  domain: GraphNode['domain'] = '',
): Value {
  return applyAll(op, inputs, [{ type, shape }], attributes, domain)[0];
}
