import { LensError } from '../../errors.js';
import { BACKEND_NAME } from './backend.js';

/** tfjs names a kernel that the backend lacks, but not what to do about it. Other errors are returned as they are. */
export function explainMissingKernel(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  const name = message.includes(BACKEND_NAME) ? /[Kk]ernel '(\w+)'/.exec(message)?.[1] : undefined;
  if (name === undefined) return error;
  return new LensError(
    'engine',
    `kernel ${name} is not implemented on ${BACKEND_NAME}`,
    'use --engine cpu, or add it in src/tensor/onnx/kernels (see CONTRIBUTING.md)',
    'failure',
    error,
  );
}
