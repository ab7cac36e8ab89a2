import type { RecordingMetadata } from './metadata.js';
import type { ThoughtRecord } from './thought-record.js';

/** How {@link createRecorder} treats what is already on disk. */
export interface RecorderOptions {
  /** Continue the interrupted recording beside `folder`, if there is one. Default false: start afresh. */
  readonly resume?: boolean | undefined;
  /** Replace a finished recording under the same name, at the end only. Default false: refuse. */
  readonly overwrite?: boolean | undefined;
}

/** Writes one recording. Calls must be awaited one after the other. */
export interface Recorder {
  /** What is stored: on resume, the command and warnings of the run that began the recording. */
  readonly metadata: RecordingMetadata;
  /** Items on disk. On resume, the caller goes on with the item at this index. */
  readonly completed: number;
  write(batch: readonly ThoughtRecord[]): Promise<void>;
  finish(): Promise<void>;
  abort(): Promise<void>;
}

export declare function createRecorder(
  folder: string,
  metadata: RecordingMetadata,
  options?: RecorderOptions,
): Promise<Recorder>;
