import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SUITES } from './suites.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const testFile = (suite: string): string => `@tensorflow/tfjs-core/dist/ops/${suite}_test.js`;

/**
 * Bundles tfjs-core's tests of `SUITES` with the lazy backend, so that both use one copy of tfjs-core (its tests are
 * ESM in a package that Node takes for CommonJS).
 *
 * @returns the bundle's path, a CommonJS module that registers the specs
 */
export async function bundleSpecs(): Promise<string> {
  const suites = [...new Set(Object.values(SUITES).flat())];
  const missing = suites.filter((suite) => !existsSync(`${root}node_modules/${testFile(suite)}`));
  if (missing.length > 0) throw new Error(`tfjs-core has no tests for ${missing.join(', ')}`);
  const outfile = `${root}out/conformance/specs.cjs`;
  const contents = `
    import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
    import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
    import { LazyBackend } from './src/tensor/onnx/backend.ts';
    import { registerKernels } from './src/tensor/onnx/kernels/index.ts';
    import { tf } from './src/tensor/tfjs.ts';
    registerKernels();
    tf.registerBackend('onnxruntime', () => new LazyBackend());
    setTestEnvs([{ name: 'onnxruntime', backendName: 'onnxruntime', isDataSync: true }]);
    ${suites.map((suite) => `require('${testFile(suite)}');`).join('\n')}
  `;
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['onnxruntime-node', 'onnxruntime-node/*', 'jasmine-core', 'jasmine-core/*'],
    logLevel: 'error',
  });
  return outfile;
}
