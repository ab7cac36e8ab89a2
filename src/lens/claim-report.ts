import { readClaimResult, type ClaimResult } from '../claim/index.js';
import { provenance, type Invocation } from '../provenance.js';
import { parseJsonText, readTextFile } from '../read-json-file.js';
import { claimReportHtml, type ClaimReportProvenance } from '../view/index.js';
import { checkOutputs, writeFileWhole } from '../write-file.js';

/** A report of batteries to be written. */
export interface ClaimReportPlan {
  /** Results of `claim`, of this version or older. */
  readonly files: readonly string[];
  readonly out: string;
  readonly invocation: Invocation;
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
export async function writeClaimReport({ files, out, invocation }: ClaimReportPlan): Promise<ClaimReportResult> {
  await checkOutputs(out);
  const results: ClaimResult[] = [];
  for (const file of files) results.push(readClaimResult(file, parseJsonText(file, await readTextFile(file))));
  const origin = provenance(invocation, {});
  await writeFileWhole(out, claimReportHtml(results, origin));
  return { provenance: origin, results };
}
