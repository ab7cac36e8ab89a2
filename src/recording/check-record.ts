import { LensError } from '../errors.js';
import type { RecordingMetadata } from './metadata.js';
import type { ThoughtRecord } from './thought-record.js';

/**
 * Checks a record before it goes to disk.
 *
 * @throws RangeError where its arrays do not have the shapes that the metadata promise: a defect of the caller
 * @throws LensError where a value is NaN or infinite: every readout of it would be wrong
 */
export function checkRecord(record: ThoughtRecord, { thoughts, width, scorer }: RecordingMetadata): void {
  const { item, count, firstToken } = record;
  const isSequence = scorer === 'sequence';
  if ((record.sequence !== undefined) !== isSequence || (firstToken !== undefined) !== isSequence) {
    throw new RangeError(`item '${item.id}' was not read by the recording's scorer (${scorer})`);
  }
  if (count !== thoughts) throw new RangeError(`item '${item.id}' has ${count} thoughts, the recording ${thoughts}`);
  const nodes = item.names.length;
  for (const [name, values, length] of [
    ['thoughts', record.thoughts, count * width],
    ['nodeTokens', record.nodeTokens, nodes],
    ['nodeLogits', record.nodeLogits, count * nodes],
    ['nodeProbabilities', record.nodeProbabilities, count * nodes],
    ['offGraphMass', record.offGraphMass, count],
    ...(firstToken === undefined
      ? []
      : ([
          ['firstToken.nodeLogits', firstToken.nodeLogits, count * nodes],
          ['firstToken.nodeProbabilities', firstToken.nodeProbabilities, count * nodes],
          ['firstToken.offGraphMass', firstToken.offGraphMass, count],
        ] as const)),
  ] as const) {
    if (values.length !== length) {
      throw new RangeError(`item '${item.id}': ${name} has ${values.length} values, not ${length}`);
    }
    const index = values.findIndex((value) => !Number.isFinite(value));
    if (index >= 0) {
      throw new LensError(
        `item '${item.id}'`,
        `${name} of thought ${Math.floor(index / (length / count)) + 1} is not finite (${values[index]})`,
        'check the checkpoint: its forward pass overflows on this item',
      );
    }
  }
}
