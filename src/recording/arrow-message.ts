import { Message, MetadataVersion } from 'apache-arrow';
import { checkFlatbuffer, type Shape, type Slot } from './flatbuffer-check.js';

/*
 * Arrow's messages (format/Message.fbs and Schema.fbs) as far as a recording has them: neither dictionaries nor
 * compression nor columns with nulls.
 */

const byte: Slot = { bytes: 1 };
const short: Slot = { bytes: 2 };
const int: Slot = { bytes: 4 };
const long: Slot = { bytes: 8 };
const text: Slot = { text: true };

const KEY_VALUE: Shape = [text, text];
const keyValues: Slot = { tables: () => KEY_VALUE };

/** By `Type`: Int, FloatingPoint, Utf8, List, FixedSizeList. */
const TYPES: Readonly<Record<number, Shape>> = { 2: [int, byte], 3: [short], 5: [], 12: [], 16: [int] };
/** For what a recording never has: nothing may stand in this slot. */
const nothing: Slot = { union: {}, by: 0 };

const FIELD: Shape = [
  text,
  byte,
  byte,
  { union: TYPES, by: 2 },
  nothing, // dictionary
  { tables: () => FIELD },
  keyValues,
];
const SCHEMA: Shape = [short, { tables: () => FIELD }, keyValues];
/** Length, nodes (16 bytes each), buffers (likewise). */
const BATCH: Shape = [long, { vectorOf: 16 }, { vectorOf: 16 }, nothing, { vectorOf: 8 }];
/** Version, kind, schema or batch by kind, length of the body. */
const MESSAGE: Shape = [short, byte, { union: { 1: SCHEMA, 3: BATCH }, by: 1 }, long, keyValues];

/**
 * A message whose every offset and length has been looked at before Arrow follows it.
 *
 * @returns undefined where the bytes are no message of a recording
 */
export function decodeMessage(bytes: Uint8Array): Message | undefined {
  try {
    checkFlatbuffer(bytes, MESSAGE);
    const message = Message.decode(bytes);
    message.header();
    return message.version === MetadataVersion.V5 && message.bodyLength >= 0 ? message : undefined;
  } catch {
    // Past the end, or a number too large for one: nothing that was written.
    return undefined;
  }
}
