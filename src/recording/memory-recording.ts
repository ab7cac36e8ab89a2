import type { Item } from '../dataset/index.js';
import { LensError } from '../errors.js';
import { checkRecord } from './check-record.js';
import { validateMetadata, type RecordingMetadata } from './metadata.js';
import type { Recorder } from './recorder.js';
import { byFirstToken, type Scorer, type ThoughtRecord } from './thought-record.js';

/** A recording that was never on disk. It reads as a `Recording` does. */
export interface MemoryRecording {
  readonly metadata: RecordingMetadata;
  readonly items: readonly Item[];
  /**
   * The records in the order of `items`; can be called again.
   *
   * @param scorer how the nodes are read; default: as the metadata say. One of `sequence` has both.
   * @throws LensError where the recording has no values of the scorer
   */
  records(scorer?: Scorer): Iterable<ThoughtRecord>;
}

/**
 * Keeps what `recordItems` writes: k x d floats and a few numbers per node for every item.
 *
 * @throws LensError where the metadata are malformed; when writing, where a value is not finite
 */
export function memoryRecorder(metadata: RecordingMetadata): Pick<
  Recorder,
  'completed' | 'write' | 'finish' | 'abort'
> & {
  readonly recording: MemoryRecording;
} {
  const valid = validateMetadata(metadata);
  const kept: ThoughtRecord[] = [];
  return {
    get completed() {
      return kept.length;
    },
    write(batch) {
      for (const record of batch) checkRecord(record, valid);
      kept.push(...batch);
      return Promise.resolve();
    },
    finish: () => Promise.resolve(),
    abort: () => Promise.resolve(),
    get recording() {
      return {
        metadata: valid,
        items: kept.map(({ item }) => item),
        records(scorer: Scorer = valid.scorer) {
          if (scorer === 'sequence' && valid.scorer === 'firstToken')
            throw new LensError(
              'recording',
              'holds no values of the scorer sequence (it was recorded with firstToken)',
              'record again with the scorer sequence',
              'usage',
            );
          return scorer === 'firstToken' ? kept.map(byFirstToken) : kept;
        },
      };
    },
  };
}
