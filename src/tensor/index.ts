export type { DType, HostTensor, TensorSpec } from './host-tensor.js';
export type { CompileOptions, Program, ProgramFunction, Signature } from './program.js';
export type { Tensor, Scalar } from './tfjs.js';
export { compile, runProgram } from './compile.js';
export {
  currentEngine,
  ensureEngine,
  holdEngine,
  probeEngines,
  useEngine,
  ENGINE_NAMES,
  type EngineInfo,
  type EngineName,
  type HeldEngine,
} from './engine.js';
export * as ops from './ops.js';
