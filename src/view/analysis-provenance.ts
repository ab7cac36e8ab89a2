import type { JsonValue, Recording } from '../recording/index.js';

/** Where an analysis of a recording comes from. What the recording itself comes from is in its metadata. */
export interface AnalysisProvenance {
  /** The command line that made the analysis. */
  readonly command: string;
  /** Its configuration, defaults filled in. */
  readonly config: Readonly<Record<string, JsonValue>>;
  /** Of the bootstrap. */
  readonly seed: number;
  /** Of what analysed, which may be newer than what recorded: `coconut-lens`, `node`, ... */
  readonly versions: Readonly<Record<string, string>>;
  /** The folder that was read, with size and SHA-256 of its files. */
  readonly recording: Pick<Recording, 'folder' | 'files'>;
  readonly warnings: readonly string[];
}
