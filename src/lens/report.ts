import { analysisProvenance, type AnalysisProvenance, type Invocation } from '../provenance.js';
import { readFrontier, type FrontierReadout } from '../readout/index.js';
import { openRecording, type Recording } from '../recording/index.js';
import { pageItems, reportHtml } from '../view/index.js';
import { checkOutputs, writeFileWhole } from '../write-file.js';
import { PROGRAM } from './record.js';
import { statisticsSettings } from './settings.js';

/** A report to be written. */
export interface ReportPlan {
  readonly recordingFolder: string;
  /** A second recording of the same items, drawn next to the first. */
  readonly baselineFolder?: string | undefined;
  readonly out: string;
  /** Id of the item that is drawn; default: the first. */
  readonly item?: string | undefined;
  /** Of graphs, for intervals, at least 100. Default 2000. */
  readonly resamples?: number | undefined;
  /** Of the bootstrap. Default 0. */
  readonly seed?: number | undefined;
  /** Who asks, for the report's provenance. Default: this program. */
  readonly invocation?: Invocation | undefined;
}

/** What a report shows. */
export interface ReportResult {
  readonly provenance: AnalysisProvenance;
  readonly recording: Recording;
  readonly baseline: Recording | undefined;
  readonly readout: FrontierReadout;
}

/**
 * Reads a recording, writes its report as one HTML page, and gives the readout that the report shows.
 *
 * @throws LensError if there is no such recording or item, or naming the file that cannot be written
 */
export async function writeReport(plan: ReportPlan): Promise<ReportResult> {
  const { recordingFolder, baselineFolder, out, item, invocation = PROGRAM } = plan;
  const { seed, resamples } = statisticsSettings(plan);
  await checkOutputs(out);
  const recording = await openRecording(recordingFolder);
  const baseline = baselineFolder === undefined ? undefined : await openRecording(baselineFolder);
  const items = await pageItems({
    records: recording.records(),
    label: recording.folder,
    drawn: item,
    baseline: baseline && { records: baseline.records(), label: baseline.folder },
  });
  const readout = await readFrontier(recording.records(), { seed, resamples });
  const provenance = analysisProvenance(invocation, recording, { seed, resamples });
  await writeFileWhole(out, reportHtml({ metadata: recording.metadata, readout, items, baseline, provenance }));
  return { provenance, recording, baseline, readout };
}
