import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKEND_NAME } from '../../../src/tensor/onnx/backend.js';
import { registerKernels } from '../../../src/tensor/onnx/kernels/index.js';
import { tf } from '../../../src/tensor/tfjs.js';
import { bundleSpecs } from './bundle.js';
import { LEFT_OUT } from './left-out.js';
import { SUITES } from './suites.js';

interface SpecResult {
  readonly name: string;
  readonly status: string;
  readonly messages: readonly string[];
}

/** Kernels of our own, which tfjs has no tests for; tests/tensor/fused-ops.test.ts compares them with `cpu`. */
const OWN_KERNELS = ['ColumnSums', 'Gelu', 'GeluGradient', 'LayerNorm', 'Linear', 'ScaledMatMul'];

const leftOut = ({ name }: SpecResult): boolean => LEFT_OUT.some(({ spec }) => spec.test(name));

describe("tfjs-core's own tests on the lazy backend", () => {
  let results: SpecResult[] = [];

  beforeAll(async () => {
    const runner = fileURLToPath(new URL('run-specs.mjs', import.meta.url));
    const child = spawnSync(process.execPath, [runner, await bundleSpecs()], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, COCONUT_LENS_THREADS: '1' },
    });
    if (child.status !== 0) throw new Error(child.stderr);
    results = JSON.parse(child.stdout) as SpecResult[];
  });

  it('covers every kernel that is registered', () => {
    registerKernels();
    const registered = tf.getKernelsForBackend(BACKEND_NAME).map(({ kernelName }) => kernelName);
    expect(registered.filter((name) => !OWN_KERNELS.includes(name)).sort()).toEqual(Object.keys(SUITES).sort());
  });

  it('runs at least 1,400 specs', () => {
    // What ran on 2026-11-23 was 1,440; a bundle that registers nothing must not pass.
    expect(results.filter((result) => result.status === 'passed').length).toBeGreaterThanOrEqual(1400);
  });

  it('passes every spec that is not left out', () => {
    const failures = results.filter((result) => result.status !== 'passed' && !leftOut(result));
    expect(failures).toEqual([]);
  });

  it.each(LEFT_OUT)('still needs to leave out $spec', ({ spec }) => {
    const failing = results.filter(({ name, status }) => status !== 'passed' && spec.test(name));
    expect(failing.length).toBeGreaterThan(0);
  });
});
