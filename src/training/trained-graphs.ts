import { join } from 'node:path';
import { z } from 'zod';
import { reportingFileErrors } from '../checkpoint/index.js';
import { errorCode } from '../disk-error.js';
import { parseJsonDocument } from '../json-text.js';
import { readInput } from '../read-input.js';
import { graphsSchema, type GraphsConfig } from './config.js';
import { FACTS } from './training-folder.js';

/** Of training.json, what is needed here. */
const factsSchema = z.looseObject({
  config: z.looseObject({
    phases: z.array(z.looseObject({ task: z.string(), graphs: graphsSchema.optional() })),
  }),
});

/**
 * The graphs that a model was asked about in the last phase of its training, by the training.json beside its weights.
 *
 * @returns undefined where there is no such file, it is not one of `train`, or the questions came from a file
 * @throws LensError if the file cannot be read
 */
export async function trainedGraphs(folder: string): Promise<GraphsConfig | undefined> {
  const path = join(folder, FACTS);
  const bytes = await reportingFileErrors(path, 'read', () =>
    readInput(path).catch((error: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
      throw error;
    }),
  );
  if (bytes === undefined) return undefined;
  try {
    const { phases } = factsSchema.parse(parseJsonDocument(bytes.toString())).config;
    return phases.findLast(({ task }) => task === 'question')?.graphs;
  } catch {
    // Other programs have files of this name.
    return undefined;
  }
}
