import type { ProbeResult } from '../probe/index.js';
import { readoutRows } from '../readout/index.js';
import type { Recording } from '../recording/index.js';
import { checkOutputs } from '../write-file.js';
import type { CommandContext } from './command.js';
import { writeArrow } from './write-arrow.js';
import { checkCsv, writeCsv } from './write-csv.js';

interface TableFiles {
  readonly csv?: string | undefined;
  readonly arrow?: string | undefined;
}

/** @throws LensError if a table cannot be written where it is to be */
export async function checkTables({ csv, arrow }: TableFiles): Promise<void> {
  await checkCsv(csv);
  await checkOutputs(arrow);
}

/** Writes the numbers of results that have a name each. */
export async function writeTables(
  { csv, arrow }: TableFiles,
  results: readonly { readonly probe: string }[],
  origin: object,
  context: CommandContext,
): Promise<void> {
  const rows = results.flatMap((result) =>
    readoutRows(result).map((row) => ({ ...row, group: [result.probe, row.group].filter(Boolean).join('.') })),
  );
  if (csv !== undefined) await writeCsv(csv, rows, 'probe-csv', origin, context);
  if (arrow !== undefined) await writeArrow(arrow, rows, origin, context);
}

/** What is below a bound, in words; nothing where all is well. */
export function below(
  results: readonly ProbeResult[],
  { name, least }: { readonly name: 'auc' | 'accuracy' | 'r2' | 'selectivity'; readonly least: number },
): string[] {
  return results.flatMap(({ probe, metric, perThought }) => {
    if (name !== 'selectivity' && !metric.startsWith(name)) return [];
    return perThought.flatMap(({ thought, score, selectivity }) => {
      const { value } = name === 'selectivity' ? selectivity : score;
      if (value !== null && value >= least) return [];
      return [`${probe}, thought ${thought ?? 'all'}: ${name} is ${value?.toFixed(3) ?? 'undefined'}, under ${least}`];
    });
  });
}

/** Whether the recorded model knows nodes by their numbers. */
export function isSymbolic({ metadata }: Recording): boolean {
  const coconut = metadata.model.config['coconut'] as { readonly format?: unknown } | null | undefined;
  return coconut?.format !== 'english';
}

/** Node numbers as in the items tell depths, and a probe by node id learns that. */
export function numberingWarnings(recording: Recording): string[] {
  if (!isSymbolic(recording) || (recording.metadata.config['permuteIds'] ?? null) !== null) return [];
  return [
    'node numbers are those of the items file (recorded without --permute-ids): where they tell depths, as in the official items, probes learn that from the ids; look at what is beyond the id prior',
  ];
}
