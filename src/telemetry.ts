import { isMainThread } from 'node:worker_threads';
import { LensError } from './errors.js';

const VARIABLE = 'ORT_DISABLE_TELEMETRY';

/**
 * Switches ONNX Runtime's telemetry off; it comes before ONNX Runtime is initialised, and before a worker starts that
 * will do so. onnxruntime-node 1.29 and 1.30 write an id and a database to the home folder and send events unless the
 * environment of the process has this variable. Only the main thread can put it there: a worker has a copy.
 *
 * @throws LensError in a worker of a program whose main thread has not switched it off
 */
export function disableTelemetry(): void {
  if (isMainThread) process.env[VARIABLE] = '1';
  else if (process.env[VARIABLE] !== '1')
    throw new LensError(
      'onnxruntime',
      'this worker thread cannot switch its telemetry off',
      `set ${VARIABLE}=1 in the environment, or in process.env of the main thread before the worker starts`,
    );
}
