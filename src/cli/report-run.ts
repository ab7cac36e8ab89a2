import { LensError } from '../errors.js';
import { readFrontier, type FrontierReadout } from '../readout/index.js';
import { openRecording, type Recording, type ThoughtRecord } from '../recording/index.js';
import { reportHtml, type AnalysisProvenance } from '../view/index.js';
import type { CommandContext } from './command.js';
import { analysisProvenance } from './provenance.js';
import { refuseFolder, writeFileWhole } from './write-file.js';

export interface ReportPlan {
  readonly recordingFolder: string;
  readonly out: string;
  /** Id of the item that is drawn; default: the first. */
  readonly item?: string | undefined;
  readonly resamples: number;
  readonly seed: number;
  /** For the report's provenance. */
  readonly context: Pick<CommandContext, 'commandLine' | 'config'>;
}

async function findRecord(recording: Recording, id: string | undefined): Promise<ThoughtRecord> {
  const wanted = id ?? recording.items.at(0)?.id;
  for await (const record of recording.records()) if (record.item.id === wanted) return record;
  if (id === undefined) throw new LensError(recording.folder, 'holds no items', 'record some', 'failure');
  throw new LensError(
    '--item',
    `${recording.folder} has no such item (${id})`,
    'give the id of a recorded item',
    'usage',
  );
}

/** What a report shows. */
export interface ReportResult {
  readonly provenance: AnalysisProvenance;
  readonly recording: Recording;
  readonly readout: FrontierReadout;
}

/** Reads a recording, writes its report, and gives the readout that the report shows. */
export async function reportRun(plan: ReportPlan): Promise<ReportResult> {
  const { recordingFolder, out, item, resamples, seed, context } = plan;
  await refuseFolder(out);
  const recording = await openRecording(recordingFolder);
  const example = await findRecord(recording, item);
  const readout = await readFrontier(recording.records(), { seed, resamples });
  const provenance = analysisProvenance(context, recording, { seed, resamples });
  await writeFileWhole(out, reportHtml({ metadata: recording.metadata, readout, example, provenance }));
  return { provenance, recording, readout };
}
