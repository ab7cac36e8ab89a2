import { apply, staticScalar, type ElementType, type Value } from '../graph.js';
import { broadcast, cast, expand, kernel, whereNan, type Inputs } from './register.js';

const floats = (x: Value): Value => cast(x, 'float32');

/** Operators whose result is a float whatever they are given. */
function floatUnary(name: string, op: string): void {
  kernel(name, ({ x }) => apply(op, [floats(x)], 'float32', x.shape));
}

/** Operators that keep an int32 an int32. */
function unary(name: string, op: string): void {
  kernel(name, ({ x }) => apply(op, [numeric(x)], numeric(x).type, x.shape));
}

/** ONNX's arithmetic does not take booleans. */
const numeric = (x: Value): Value => (x.type === 'bool' ? cast(x, 'int32') : x);

function binary(name: string, build: (a: Value, b: Value, shape: number[]) => Value): void {
  kernel(name, ({ a, b }) => build(a, b, broadcast(a, b)));
}

function arithmetic(name: string, op: string): void {
  binary(name, (a, b, shape) => apply(op, [numeric(a), numeric(b)], numeric(a).type, shape));
}

function comparison(name: string, op: string): void {
  binary(name, (a, b, shape) => apply(op, [numeric(a), numeric(b)], 'bool', shape));
}

const square = (x: Value): Value => apply('Mul', [x, x], x.type, x.shape);

/** Integers are divided as float64, which is exact for int32 and does not trap on zero. */
function floorDivide(a: Value, b: Value, shape: number[]): Value {
  const type = a.type === 'int32' ? 'float64' : 'float32';
  const quotient = apply('Div', [cast(a, type), cast(b, type)], type, shape);
  return cast(apply('Floor', [quotient], type, shape), 'int32');
}

function select({ condition, t, e }: Inputs): Value {
  const shape = broadcast(condition, t, e);
  if (t.type !== 'bool') return apply('Where', [condition, t, e], t.type, shape);
  return cast(apply('Where', [condition, cast(t, 'int32'), cast(e, 'int32')], 'int32', shape), 'bool');
}

export function registerElementwise(): void {
  for (const name of ['Exp', 'Log', 'Sqrt', 'Tanh', 'Sigmoid', 'Erf', 'Reciprocal', 'Sin', 'Cos', 'Softplus'])
    floatUnary(name, name);
  for (const name of ['Abs', 'Neg', 'Relu']) unary(name, name);
  // tfjs defines the sign of NaN as 0.
  kernel('Sign', ({ x }) => {
    const sign = apply('Sign', [numeric(x)], numeric(x).type, x.shape);
    return x.type === 'float32' ? whereNan(x, staticScalar(0, 'float32'), sign) : sign;
  });
  for (const name of ['Floor', 'Ceil', 'Round'])
    // On whole numbers these are the identity.
    kernel(name, ({ x }) => (x.type === 'float32' ? apply(name, [x], x.type, x.shape) : x));

  kernel('Rsqrt', ({ x }) => {
    const root = apply('Sqrt', [floats(x)], 'float32', x.shape);
    return apply('Reciprocal', [root], 'float32', x.shape);
  });
  kernel('Square', ({ x }) => square(numeric(x)));
  kernel('LogicalNot', ({ x }) => apply('Not', [cast(x, 'bool')], 'bool', x.shape));
  kernel('IsNan', ({ x }) =>
    x.type === 'float32' ? apply('IsNaN', [x], 'bool', x.shape) : expand(staticScalar(0, 'bool'), x.shape),
  );
  kernel<{ clipValueMin: number; clipValueMax: number }>('ClipByValue', ({ x }, { clipValueMin, clipValueMax }) => {
    const bound = (value: number): Value =>
      x.type === 'int32'
        ? staticScalar(Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value)), 'int32')
        : staticScalar(value, 'float32');
    return apply('Clip', [x, bound(clipValueMin), bound(clipValueMax)], x.type, x.shape);
  });
  // 1 above zero, alpha below, NaN where the input is NaN.
  kernel<{ alpha: number }>('Step', ({ x }, { alpha }) => {
    const y = floats(x);
    const positive = apply('Greater', [y, staticScalar(0, 'float32')], 'bool', x.shape);
    const step = apply(
      'Where',
      [positive, staticScalar(1, 'float32'), staticScalar(alpha, 'float32')],
      'float32',
      x.shape,
    );
    return cast(whereNan(y, y, step), x.type);
  });

  arithmetic('Add', 'Add');
  arithmetic('Sub', 'Sub');
  arithmetic('Multiply', 'Mul');
  arithmetic('Maximum', 'Max');
  arithmetic('Minimum', 'Min');
  arithmetic('Pow', 'Pow');
  // tfjs divides integers with FloorDiv, so that this always divides floats.
  binary('RealDiv', (a, b, shape) => apply('Div', [floats(a), floats(b)], 'float32', shape));
  binary('FloorDiv', floorDivide);
  binary('SquaredDifference', (a, b, shape) => square(apply('Sub', [numeric(a), numeric(b)], numeric(a).type, shape)));
  comparison('Equal', 'Equal');
  comparison('Less', 'Less');
  comparison('LessEqual', 'LessOrEqual');
  comparison('Greater', 'Greater');
  comparison('GreaterEqual', 'GreaterOrEqual');
  binary('NotEqual', (a, b, shape) =>
    apply('Not', [apply('Equal', [numeric(a), numeric(b)], 'bool', shape)], 'bool', shape),
  );
  binary('LogicalAnd', (a, b, shape) => apply('And', [cast(a, 'bool'), cast(b, 'bool')], 'bool', shape));
  binary('LogicalOr', (a, b, shape) => apply('Or', [cast(a, 'bool'), cast(b, 'bool')], 'bool', shape));
  kernel('AddN', (inputs) => {
    const values = Object.values(inputs);
    const [{ type, shape }] = values;
    if (type === 'float32' && values.length > 1) return apply('Sum', values, type, shape);
    return values.reduce((sum, value) => apply('Add', [sum, value], type, shape));
  });
  kernel('Select', select);
  kernel<{ dtype: ElementType }>('Cast', ({ x }, { dtype }) => cast(x, dtype));
}
