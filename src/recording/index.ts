export {
  recordingMetadataSchema,
  SCHEMA_VERSION,
  type FileSummaries,
  type FileSummary,
  type JsonValue,
  type RecordingMetadata,
} from './metadata.js';
export { readNodes, readThoughts, recordItems, type RecordItemsOptions } from './record-items.js';
export { makeFolder } from '../make-folder.js';
export { requireDisjointNames } from './read-names.js';
export { createRecorder, type Recorder, type RecorderOptions } from './recorder.js';
export { memoryRecorder, type MemoryRecording } from './memory-recording.js';
export { openRecording, type Recording } from './recording.js';
export { longestName, sequencePrefix } from './sequence-prefix.js';
export type { NodeReading, Scorer, SequencePrefix, ThoughtRecord } from './thought-record.js';
export type { WriteBytes } from './output-file.js';
