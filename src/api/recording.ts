/**
 * Recordings: what one pass of a model leaves of every thought, on disk and in memory.
 *
 * @module
 */
export {
  createRecorder,
  openRecording,
  readThoughts,
  recordingMetadataSchema,
  recordItems,
  SCHEMA_VERSION,
  type FileSummaries,
  type FileSummary,
  type JsonValue,
  type NodeReading,
  type Recorder,
  type RecorderOptions,
  type Recording,
  type RecordingMetadata,
  type RecordItemsOptions,
  type Scorer,
  type SequencePrefix,
  type ThoughtRecord,
  type WriteBytes,
} from '../recording/index.js';
