import { afterEach, describe, expect, it, vi } from 'vitest';
import { compile, currentEngine, ops, probeEngines, useEngine, type HostTensor } from '../../src/tensor/index.js';
import { floats, normals, relativeDifference, signatureOf } from './host.js';

afterEach(() => vi.unstubAllEnvs());

describe('useEngine', () => {
  it('takes COCONUT_LENS_ENGINE when nothing is asked for', async () => {
    vi.stubEnv('COCONUT_LENS_ENGINE', 'cpu');
    expect(await useEngine()).toMatchObject({ name: 'cpu', threads: 1 });
    expect(currentEngine()?.name).toBe('cpu');
    expect((await useEngine('onnxruntime')).name).toBe('onnxruntime');
  });

  it('refuses an engine that does not exist', async () => {
    vi.stubEnv('COCONUT_LENS_ENGINE', 'webgl');
    await expect(useEngine()).rejects.toThrow(
      'COCONUT_LENS_ENGINE: unknown engine (webgl); use one of onnxruntime, tfjs-gpu, tfjs-node, cpu',
    );
  });

  it('says how to install an optional engine', async () => {
    // The development dependencies hold neither native package.
    await expect(useEngine('tfjs-gpu')).rejects.toThrow(
      'engine tfjs-gpu: @tensorflow/tfjs-node-gpu is not installed; npm install @tensorflow/tfjs-node-gpu@4.22.0',
    );
  });

  it('reads the number of threads from COCONUT_LENS_THREADS and checks it', async () => {
    vi.stubEnv('COCONUT_LENS_THREADS', '1');
    expect((await useEngine('onnxruntime')).threads).toBe(1);
    vi.stubEnv('COCONUT_LENS_THREADS', 'many');
    await expect(useEngine('onnxruntime')).rejects.toThrow('COCONUT_LENS_THREADS: not a positive integer (many)');
  });

  it('computes with several threads what it computes with one', async () => {
    const x = normals('threads', [256, 256]);
    const results: HostTensor[] = [];
    for (const threads of [1, 4]) {
      vi.stubEnv('COCONUT_LENS_THREADS', String(threads));
      expect((await useEngine('onnxruntime')).threads).toBe(threads);
      const program = await compile(({ x }) => ({ y: ops.matMul(x, x) }), signatureOf({ x }));
      results.push((await program.run({ x }))['y']);
      program.dispose();
    }
    // Sums of 256 products in another order.
    expect(relativeDifference(results[1], results[0])).toBeLessThan(1e-5);
  });

  it('runs the same program on whichever engine is in use', async () => {
    for (const name of ['onnxruntime', 'cpu'] as const) {
      await useEngine(name);
      const program = await compile(({ x }) => ({ y: ops.square(x) }), { x: { shape: [2], dtype: 'float32' } });
      expect([...(await program.run({ x: floats([3, -2]) }))['y'].data]).toEqual([9, 4]);
      program.dispose();
    }
  });
});

it('a program of one engine does not run on another unnoticed', async () => {
  await useEngine('cpu');
  const program = await compile(({ x }) => ({ y: ops.square(x) }), { x: { shape: [1], dtype: 'float32' } });
  await useEngine('onnxruntime');
  await expect(program.run({ x: floats([3]) })).rejects.toThrow('program: was compiled on another engine (cpu)');
});

it('a compilation waits for the engine that is being selected', async () => {
  await useEngine('onnxruntime');
  const selecting = useEngine('cpu');
  const program = await compile(({ x }) => ({ y: ops.square(x) }), { x: { shape: [1], dtype: 'float32' } });
  expect((await selecting).name).toBe('cpu');
  expect([...(await program.run({ x: floats([3]) }))['y'].data]).toEqual([9]);
});

it('probeEngines says of each engine whether it could be used', async () => {
  const engines = await probeEngines();
  expect(engines.map(({ name, available }) => [name, available])).toEqual([
    ['onnxruntime', true],
    ['tfjs-gpu', false],
    ['tfjs-node', false],
    ['cpu', true],
  ]);
});
