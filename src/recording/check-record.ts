import { LensError } from '../errors.js';
import type { RecordingMetadata } from './metadata.js';
import type { NodeReading, ThoughtRecord } from './thought-record.js';

/**
 * The first value of a record that no model gives, in words: one that is not finite, or a probability outside 0 to 1.
 *
 * @param width d, numbers per thought
 */
export function findBadValue(record: ThoughtRecord, width: number): string | undefined {
  for (const { name, values, perThought, isProbability } of columnsOf(record, width)) {
    const isGood = isProbability ? isShare : Number.isFinite;
    const index = values.findIndex((value) => !isGood(value));
    if (index < 0) continue;
    const [value, where] = [values[index], `${name} of thought ${Math.floor(index / perThought) + 1}`];
    return Number.isFinite(value) ? `${where} is no probability (${value})` : `${where} is not finite (${value})`;
  }
  return undefined;
}

/**
 * Checks a record before it goes to disk.
 *
 * @throws RangeError where its arrays do not have the shapes that the metadata promise: a defect of the caller
 * @throws LensError where a value is NaN, infinite or no probability: every readout of it would be wrong
 */
export function checkRecord(record: ThoughtRecord, { thoughts, width, scorer }: RecordingMetadata): void {
  const { item, count, firstToken } = record;
  const isSequence = scorer === 'sequence';
  if ((record.sequence !== undefined) !== isSequence || (firstToken !== undefined) !== isSequence) {
    throw new RangeError(`item '${item.id}' was not read by the recording's scorer (${scorer})`);
  }
  if (count !== thoughts) throw new RangeError(`item '${item.id}' has ${count} thoughts, the recording ${thoughts}`);
  const nodes = item.names.length;
  if (record.nodeTokens.length !== nodes) throw wrongLength(record, 'nodeTokens', record.nodeTokens.length, nodes);
  for (const { name, values, perThought } of columnsOf(record, width)) {
    if (values.length !== count * perThought) throw wrongLength(record, name, values.length, count * perThought);
  }
  const bad = findBadValue(record, width);
  if (bad === undefined) return;
  const remedy = 'check the checkpoint: its forward pass overflows on this item';
  throw new LensError(`item '${item.id}'`, bad, remedy);
}

/** The logarithm of a normaliser is a float32, so that a probability may come out a little above 1. */
function isShare(value: number): boolean {
  return value >= 0 && value <= 1.0001;
}

interface Column {
  readonly name: string;
  readonly values: Float32Array;
  readonly perThought: number;
  readonly isProbability: boolean;
}

function columnsOf({ item, thoughts, firstToken, ...own }: ThoughtRecord, width: number): Column[] {
  const nodes = item.names.length;
  const reading = (prefix: string, { nodeLogits, nodeProbabilities, offGraphMass }: NodeReading): Column[] => [
    { name: `${prefix}nodeLogits`, values: nodeLogits, perThought: nodes, isProbability: false },
    { name: `${prefix}nodeProbabilities`, values: nodeProbabilities, perThought: nodes, isProbability: true },
    { name: `${prefix}offGraphMass`, values: offGraphMass, perThought: 1, isProbability: true },
  ];
  return [
    { name: 'thoughts', values: thoughts, perThought: width, isProbability: false },
    ...reading('', own),
    ...(firstToken === undefined ? [] : reading('firstToken.', firstToken)),
  ];
}

function wrongLength({ item }: ThoughtRecord, name: string, found: number, expected: number): RangeError {
  return new RangeError(`item '${item.id}': ${name} has ${found} values, not ${expected}`);
}
