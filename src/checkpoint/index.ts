export type { FloatTensor } from './float-tensor.js';
export type { CoconutConfig, Gpt2Config } from './gpt2-config.js';
export { readGpt2, readGpt2Config, writeGpt2 } from './gpt2-folder.js';
export { gpt2TensorShapes, type Gpt2Weights } from './gpt2-weights.js';
export type { SafetensorsDType, SafetensorsHeader, TensorEntry } from './safetensors-header.js';
export { readSafetensors, SafetensorsFile, type SafetensorsContent, type StoredTensor } from './safetensors-reader.js';
export { writeSafetensors } from './safetensors-writer.js';
export { TorchFile } from './torch/torch-file.js';
export type { WeightsContent, WeightsSource } from './weights-source.js';
