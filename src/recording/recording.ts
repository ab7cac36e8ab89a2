import type { Item } from '../dataset/item.js';
import type { ArrowFile, FileSummary, RecordingMetadata } from './metadata.js';
import type { ThoughtRecord } from './thought-record.js';

/** A finished recording on disk. */
export interface Recording {
  readonly folder: string;
  readonly metadata: RecordingMetadata;
  /** Hashes of the Arrow files, for what is derived from them. */
  readonly files: Readonly<Record<ArrowFile, FileSummary>>;
  /** In the order in which they were recorded. */
  readonly items: readonly Item[];
  /** Reads the thoughts from disk, one batch in memory at a time, in the order of `items`. Can be called again. */
  records(): AsyncIterable<ThoughtRecord>;
}

export declare function openRecording(folder: string): Promise<Recording>;
