import { beforeAll, describe, expect, it } from 'vitest';
import { compile, ops, runProgram, useEngine, type ProgramFunction } from '../../src/tensor/index.js';
import { tf } from '../../src/tensor/tfjs.js';
import { floats, normals, signatureOf } from './host.js';

beforeAll(() => useEngine('onnxruntime'));

const vector = { x: { shape: [3], dtype: 'float32' as const } };

describe('compile', () => {
  it('computes named outputs from named inputs', async () => {
    const program = await compile(({ a, b }) => ({ sum: ops.add(a, b), product: ops.mul(a, b) }), {
      a: { shape: [2], dtype: 'float32' },
      b: { shape: [2], dtype: 'float32' },
    });
    const out = await program.run({ a: floats([1, 2]), b: floats([3, 5]) });
    expect([...out['sum'].data]).toEqual([4, 7]);
    expect([...out['product'].data]).toEqual([3, 10]);
    expect(out['sum'].shape).toEqual([2]);
    program.dispose();
  });

  it('keeps int32 and bool inputs and outputs', async () => {
    const program = await compile(
      ({ ids, flags }) => ({ ids, both: ops.logicalAnd(flags, ops.equal(ids, ops.scalar(2, 'int32'))) }),
      {
        ids: { shape: [3], dtype: 'int32' },
        flags: { shape: [3], dtype: 'bool' },
      },
    );
    const out = await program.run({
      ids: { data: Int32Array.of(1, 2, 2), shape: [3], dtype: 'int32' },
      flags: { data: Uint8Array.of(1, 1, 0), shape: [3], dtype: 'bool' },
    });
    expect(out['ids']).toEqual({ data: Int32Array.of(1, 2, 2), shape: [3], dtype: 'int32' });
    expect(out['both']).toEqual({ data: Uint8Array.of(0, 1, 0), shape: [3], dtype: 'bool' });
    program.dispose();
  });

  it('returns fresh arrays: an input that is an output, the same tensor twice, a constant', async () => {
    const program = await compile(({ x }) => ({ x, again: x, one: ops.scalar(1) }), vector);
    const input = floats([1, 2, 3]);
    const out = await program.run({ x: input });
    out['x'].data[0] = 9;
    expect([...input.data]).toEqual([1, 2, 3]);
    expect([...out['again'].data]).toEqual([1, 2, 3]);
    expect([...out['one'].data]).toEqual([1]);
    program.dispose();
  });

  it('keeps the value that a captured tensor had', async () => {
    const small = tf.tensor([10, 20, 30]);
    const large = tf.ones([100, 100]);
    const program = await compile(({ x }) => ({ y: ops.add(ops.add(x, small), ops.sum(large)) }), vector);
    small.dispose();
    large.dispose();
    expect([...(await program.run({ x: floats([1, 2, 3]) }))['y'].data]).toEqual([10011, 10022, 10033]);
    program.dispose();
  });

  it('tells constants apart that compare equal: 0 and -0', async () => {
    const program = await compile(
      ({ x }) => ({ plus: ops.div(x, ops.tensor([0, 0, 0])), minus: ops.div(x, ops.tensor([-0, -0, -0])) }),
      vector,
    );
    const out = await program.run({ x: floats([1, 1, 1]) });
    expect([out['plus'].data[0], out['minus'].data[0]]).toEqual([Infinity, -Infinity]);
    program.dispose();
  });

  it('tells attributes apart that JSON does not: infinity, minus infinity, NaN', async () => {
    const eye = ops.tensor([
      [1, 0],
      [0, 1],
    ]);
    const program = await compile(
      ({ x }) => ({
        plus: ops.scaledMatMul(x, eye, { alpha: Infinity }),
        minus: ops.scaledMatMul(x, eye, { alpha: -Infinity }),
      }),
      { x: { shape: [1, 2], dtype: 'float32' } },
    );
    const out = await program.run({ x: floats([1, 1], [1, 2]) });
    expect([out['plus'].data[0], out['minus'].data[0]]).not.toEqual([Infinity, Infinity]);
    program.dispose();
  });

  it('leaves captured and kept tensors alone', async () => {
    const captured = tf.tensor([1, 2, 3]);
    const program = await compile(({ x }) => ({ captured, sum: ops.add(x, captured) }), vector);
    await program.run({ x: floats([1, 2, 3]) });
    const out = await runProgram(({ x }) => ({ captured, sum: ops.add(x, captured) }), { x: floats([1, 2, 3]) });
    out['captured'].data[0] = 9;
    expect([...captured.dataSync()]).toEqual([1, 2, 3]);
    captured.dataSync()[0] = 9;
    expect([...captured.dataSync()]).toEqual([1, 2, 3]);
    captured.dispose();
    program.dispose();
  });

  it('gives every output an array of its own', async () => {
    const out = await runProgram(
      ({ x }) => {
        const y = ops.add(x, 1);
        return { a: y, b: y };
      },
      { x: floats([1]) },
    );
    expect(out['a'].data).not.toBe(out['b'].data);
  });

  it('refuses a function that returns no tensors', async () => {
    // The compiler refuses it; a notebook in JavaScript would not.
    const asynchronous = ((inputs: object) => Promise.resolve(inputs)) as never;
    await expect(compile(asynchronous, vector)).rejects.toThrow('program: returns no tensors');
  });

  it('refuses to read a value while tracing, and says why', async () => {
    const reads: ProgramFunction = ({ x }) => ({ y: ops.mul(x, ops.mul(x, 2).dataSync()[0]) });
    await expect(compile(reads, vector)).rejects.toThrow(
      "compile: the program reads a value that depends on its input 'x', which has no value while the program is traced",
    );
  });

  it('lets a program read what does not depend on its inputs', async () => {
    const program = await compile(({ x }) => ({ y: ops.mul(x, ops.add(ops.scalar(1), 2).dataSync()[0]) }), vector);
    expect([...(await program.run({ x: floats([1, 2, 3]) }))['y'].data]).toEqual([3, 6, 9]);
    program.dispose();
  });

  it('names a kernel that is missing', async () => {
    await expect(compile(({ x }) => ({ y: tf.atan(x) }), vector)).rejects.toThrow(
      'engine: kernel Atan is not implemented on onnxruntime; use --engine cpu, or add it in src/tensor/onnx/kernels',
    );
  });

  it('lists everything that differs from the signature', async () => {
    const program = await compile(({ a, b }) => ({ c: ops.add(a, b) }), {
      a: { shape: [2], dtype: 'float32' },
      b: { shape: [2], dtype: 'float32' },
    });
    await expect(program.run({ a: floats([1, 2, 3]), d: floats([1]) })).rejects.toThrow(
      "program: input 'a' is float32 [3], not float32 [2], input 'b' is missing, input 'd' is unknown",
    );
    program.dispose();
  });

  it('traces a function once per signature and frees it with its last user', async () => {
    let traced = 0;
    const fn: ProgramFunction = ({ x }) => {
      traced++;
      return { y: ops.add(x, 1) };
    };
    const first = await compile(fn, vector);
    const second = await compile(fn, vector);
    await compile(fn, { x: { shape: [4], dtype: 'float32' } });
    expect(traced).toBe(2);
    first.dispose();
    first.dispose();
    expect([...(await second.run({ x: floats([1, 2, 3]) }))['y'].data]).toEqual([2, 3, 4]);
    second.dispose();
    await expect(second.run({ x: floats([1, 2, 3]) })).rejects.toThrow('program: was disposed');
    await compile(fn, vector);
    expect(traced).toBe(3);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const program = await compile(({ x }) => ({ y: ops.sum(ops.square(x)) }), vector);
    await program.run({ x: floats([1, 2, 3]) });
    await runProgram(({ x }) => ({ y: ops.sum(ops.square(x)) }), { x: floats([1, 2, 3]) });
    expect(tf.memory().numTensors).toBe(before);
    program.dispose();
  });
});

describe('lazy evaluation', () => {
  it('runs the graph that leads to a tensor when it is read, now or later', async () => {
    const x = tf.tensor([1, 2, 3]);
    const y = tf.mul(x, 2);
    const z = tf.add(y, 1);
    expect([...y.dataSync()]).toEqual([2, 4, 6]);
    expect([...(await z.data())]).toEqual([3, 5, 7]);
    tf.dispose([x, y, z]);
  });

  it('reads between the operations of evaluate', async () => {
    const seen: number[] = [];
    const out = await runProgram(
      ({ x }) => {
        const doubled = ops.mul(x, 2);
        seen.push(...doubled.dataSync());
        return { y: ops.add(doubled, 1) };
      },
      { x: floats([1, 2, 3]) },
    );
    expect(seen).toEqual([2, 4, 6]);
    expect([...out['y'].data]).toEqual([3, 5, 7]);
  });

  it.each([5, 3, -1])('refuses index %i of three when the result is read', async (index) => {
    const rows = tf.gather(tf.tensor([1, 2, 3]), tf.tensor([index], [1], 'int32'));
    await expect(rows.data()).rejects.toThrow(/out of data bounds/);
    const perRow = tf.gather(
      tf.tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      tf.tensor([[index], [0]], [2, 1], 'int32'),
      1,
      1,
    );
    await expect(perRow.data()).rejects.toThrow(/out of data bounds/);
  });

  it('keeps empty dimensions and integers above 2^24', () => {
    expect(tf.reshape(tf.add(tf.zeros([0, 3]), 1), [3, 0]).dataSync()).toHaveLength(0);
    const product = tf.matMul(tf.tensor2d([[16777217]], [1, 1], 'int32'), tf.tensor2d([[1]], [1, 1], 'int32'));
    expect([...product.dataSync()]).toEqual([16777217]);
  });
});

describe('memory', () => {
  it('does not grow over 500 runs', async () => {
    // Each run takes 2 MB and gives 4: keeping even one run in ten would show as 300 MB.
    const inputs = { x: normals('memory', [512, 1024]) };
    const program = await compile(({ x }) => ({ y: ops.add(x, 1), z: ops.mul(x, 2) }), signatureOf(inputs));
    const settle = async (runs: number): Promise<number> => {
      for (let i = 0; i < runs; i++) {
        await program.run(inputs);
        if (i % 20 === 0) globalThis.gc?.();
      }
      globalThis.gc?.();
      return process.memoryUsage().rss;
    };
    const before = await settle(100);
    const after = await settle(500);
    program.dispose();
    expect(after - before).toBeLessThan(100 * 2 ** 20);
  });

  it('does not grow over 150 compilations and disposals', async () => {
    // Each program captures 4 MB and owns a native session.
    const large = tf.ones([1024, 1024]);
    const cycle = async (n: number): Promise<number> => {
      for (let i = 0; i < n; i++) {
        const program = await compile(({ x }) => ({ y: ops.add(ops.sum(large), x) }), vector);
        await program.run({ x: floats([1, 2, 3]) });
        program.dispose();
        if (i % 20 === 0) globalThis.gc?.();
      }
      globalThis.gc?.();
      return process.memoryUsage().rss;
    };
    const before = await cycle(30);
    const after = await cycle(150);
    large.dispose();
    expect(after - before).toBeLessThan(100 * 2 ** 20);
  });
});
