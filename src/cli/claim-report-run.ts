import { readClaimResult, type ClaimResult } from '../claim/index.js';
import { provenance } from '../provenance.js';
import { claimReportHtml, type ClaimReportProvenance } from '../view/index.js';
import { refuseFolder, writeFileWhole } from '../write-file.js';
import type { CommandContext } from './command.js';
import { parseJsonText, readTextFile } from './read-json-file.js';

export interface ClaimReportPlan {
  /** Results of `claim`, of this version or older. */
  readonly files: readonly string[];
  readonly out: string;
  readonly context: Pick<CommandContext, 'commandLine' | 'config'>;
}

/** What a report of batteries shows. */
export interface ClaimReportResult {
  readonly provenance: ClaimReportProvenance;
  readonly results: readonly ClaimResult[];
}

/**
 * Reads results of `claim` and writes their report.
 *
 * @throws LensError naming the file that is none, or the place that cannot be written
 */
export async function claimReportRun({ files, out, context }: ClaimReportPlan): Promise<ClaimReportResult> {
  await refuseFolder(out);
  const results: ClaimResult[] = [];
  for (const file of files) results.push(readClaimResult(file, parseJsonText(file, await readTextFile(file))));
  const origin = provenance(context, {});
  await writeFileWhole(out, claimReportHtml(results, origin));
  return { provenance: origin, results };
}
