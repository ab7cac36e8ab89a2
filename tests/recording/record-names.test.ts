import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { randomItems, type Item } from '../../src/dataset/index.js';
import { createCoconut } from '../../src/model/index.js';
import {
  createRecorder,
  openRecording,
  readThoughts,
  recordItems,
  type RecordingMetadata,
  type ThoughtRecord,
} from '../../src/recording/index.js';
import { symbolicWording, type Wording } from '../../src/tokenizer/index.js';
import { createRandom } from '../../src/random.js';
import { readBatches } from '../../src/recording/arrow-batches.js';
import { ArrowFileWriter } from '../../src/recording/arrow-file-writer.js';
import { OutputFile } from '../../src/recording/output-file.js';
import { decodeThoughts, encodeThoughts, thoughtsSchema } from '../../src/recording/thoughts-table.js';
import { ReferenceGpt2 } from '../model/reference.js';
import { randomTensors, tinyConfig } from '../model/tiny.js';
import { collect, scratchFolder, syntheticMetadata } from './synthetic.js';

const config = tinyConfig({ vocabSize: 40, nPositions: 160 });
const tensors = randomTensors(config, 3);
const model = createCoconut({ config, tensors });
const items = randomItems(createRandom('record names'), 3);
const prefix = { text: '[A]', tokens: [37] };

/** The symbolic wording with names of two tokens: a first one that several nodes share, then the node's own. */
const wording: Wording = { ...symbolicWording, nodeTokens: (_, node) => [32 + (node % 3), node], nodeToken: (_, node) => 32 + (node % 3) }; // prettier-ignore

/** V by the definition: a forward pass in float64 over prompt, thoughts, prefix and the name's first token. */
function valueOf(item: Item, node: number, c: number): number {
  const reference = new ReferenceGpt2(config, tensors);
  const { embeddings } = reference.thoughts(wording.prompt(item), c);
  const name = wording.nodeTokens(item, node);
  const hidden = reference.hidden([
    ...embeddings,
    reference.row('wte.weight', 37),
    reference.row('wte.weight', name[0]),
  ]);
  return name.reduce((value, token, i) => {
    const logits = reference.logits(hidden[embeddings.length + i]);
    const weights = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
    return (value * weights[token]) / weights.reduce((a, b) => a + b, 0);
  }, 1);
}

describe('readThoughts with the sequence scorer', () => {
  it("multiplies the probabilities of a name's tokens after each number of thoughts", async () => {
    const [record] = await readThoughts(model, items.slice(0, 2), wording, 2, prefix);
    const n = items[0].names.length;
    expect(record.sequence).toEqual(prefix);
    for (const [c, node] of [
      [1, 0],
      [1, n - 1],
      [2, 1],
      [2, 4],
    ] as const) {
      const expected = valueOf(items[0], node, c);
      // Float32 through two layers: 1e-5 of the value.
      expect(record.nodeProbabilities[(c - 1) * n + node] / expected).toBeCloseTo(1, 4);
      expect(record.nodeLogits[(c - 1) * n + node]).toBeCloseTo(Math.log(expected), 4);
    }
  });

  it('gives what no name has as the mass outside, and the same thoughts as the other scorer', async () => {
    const records = await readThoughts(model, items, wording, 2, prefix);
    const first = await readThoughts(model, items, symbolicWording, 2);
    records.forEach((record, i) => {
      const n = record.item.names.length;
      for (let c = 0; c < 2; c++) {
        const named = record.nodeProbabilities.subarray(c * n, (c + 1) * n).reduce((a, b) => a + b, 0);
        expect(named).toBeGreaterThan(0);
        expect(named + record.offGraphMass[c]).toBeCloseTo(1, 5);
      }
      expect([...record.thoughts]).toEqual([...first[i].thoughts]);
      expect([...record.nodeTokens]).toEqual(items[i].names.map((_, node) => 32 + (node % 3)));
    });
  });

  it('also gives what the other scorer reads of the same thoughts', async () => {
    const records = await readThoughts(model, items, wording, 2, prefix);
    const alone = await readThoughts(model, items, wording, 2);
    records.forEach(({ firstToken }, i) => {
      const { nodeLogits, nodeProbabilities, offGraphMass } = alone[i];
      expect(firstToken).toEqual({ nodeLogits, nodeProbabilities, offGraphMass });
    });
  });

  it('refuses names whose values overlap', async () => {
    const nested: Wording = { ...wording, nodeTokens: (_, node) => (node === 3 ? [32] : [32 + (node % 3), node]) };
    const { id, names } = items[0];
    await expect(readThoughts(model, items, nested, 1, prefix)).rejects.toThrow(
      `item ${id}: the tokens of the name "${names[3]}" begin those of "${names[0]}": their values overlap`,
    );
    const twice: Wording = { ...wording, nodeTokens: () => [1, 2] };
    await expect(readThoughts(model, items, twice, 1, prefix)).rejects.toThrow(/their values overlap/);
  });
});

describe('a recording of the sequence scorer', () => {
  const sequenceMetadata: RecordingMetadata = {
    ...syntheticMetadata(3, 2, config.nEmbd),
    scorer: 'sequence',
    readoutPoint: 'language',
    prefix,
  };

  it('says so in its metadata, and in every record that is read back', async () => {
    const { path, dispose } = scratchFolder();
    onTestFinished(dispose);
    const folder = join(path, 'r');
    const recorder = await createRecorder(folder, sequenceMetadata);
    await recordItems(model, items, wording, recorder, { thoughts: 2, batchSize: 2, sequence: prefix });
    const recording = await openRecording(folder);
    expect(recording.metadata).toMatchObject({ scorer: 'sequence', readoutPoint: 'language', prefix });
    const expected = await readThoughts(model, items.slice(0, 2), wording, 2, prefix);
    const records = await collect(recording.records());
    // Items come back without what only the items file knows (the order of its edges).
    expect({ ...records[1], item: undefined }).toEqual({ ...expected[1], item: undefined });
    expect(records[2].sequence).toEqual(prefix);

    const [alone] = await readThoughts(model, items.slice(0, 2), wording, 2);
    const [byFirstToken] = await collect(recording.records('firstToken'));
    expect({ ...byFirstToken, item: undefined }).toEqual({ ...alone, item: undefined });
    expect(byFirstToken).not.toHaveProperty('sequence');
  });

  it('needs the values of both', async () => {
    const { path, dispose } = scratchFolder();
    onTestFinished(dispose);
    const recorder = await createRecorder(join(path, 'r'), sequenceMetadata);
    const [{ firstToken, ...record }] = await readThoughts(model, items.slice(0, 1), wording, 2, prefix);
    await expect(recorder.write([record])).rejects.toThrow(/was not read by the recording's scorer/);
    if (firstToken === undefined) throw new Error('no reading');
    const broken = { ...firstToken, nodeLogits: firstToken.nodeLogits.map((x, i) => (i === 1 ? NaN : x)) };
    await expect(recorder.write([{ ...record, firstToken: broken }])).rejects.toThrow(
      /firstToken\.nodeLogits of thought 1 is not finite/,
    );
  });

  it('made before it held both is refused, and so is one whose rows do not fit', async () => {
    const { path, dispose } = scratchFolder();
    onTestFinished(dispose);
    const write = async (name: string, metadata: RecordingMetadata, records: ThoughtRecord[]): Promise<string> => {
      const folder = join(path, name);
      const file = await OutputFile.open(folder, 0);
      const schema = thoughtsSchema(metadata);
      const writer = new ArrowFileWriter(file, schema);
      writer.write(encodeThoughts(schema, records));
      writer.finish();
      await file.close();
      return folder;
    };
    const records = await readThoughts(model, items, wording, 2, prefix);
    const alone = records.map((record) => ({ ...record, firstToken: undefined }));
    const file = await write('old', { ...sequenceMetadata, scorer: 'firstToken' }, alone);
    await expect(collect(readBatches(file, thoughtsSchema(sequenceMetadata)))).rejects.toThrow(
      /has other columns than a recording \(.*\); record again/,
    );
    const whole = await write('whole', sequenceMetadata, records);
    const [batch] = await collect(readBatches(whole, thoughtsSchema(sequenceMetadata)));
    const [first, ...rest] = records;
    const shorter = [{ ...first, item: { ...first.item, names: first.item.names.slice(1) } }, ...rest];
    expect(() => decodeThoughts(batch, shorter, whole)).toThrow(
      /does not belong to its items\.arrow: it holds \d+ nodes/,
    );
    expect(decodeThoughts(batch, records, whole)[2].firstToken).toEqual(records[2].firstToken);
  });

  it.each([
    { ...sequenceMetadata, prefix: undefined },
    { ...sequenceMetadata, readoutPoint: 'thought' as const },
    { ...sequenceMetadata, scorer: 'firstToken' as const },
  ])('is refused where scorer, place and prefix do not belong together (%#)', async (metadata) => {
    const { path, dispose } = scratchFolder();
    onTestFinished(dispose);
    await expect(createRecorder(join(path, 'r'), metadata)).rejects.toThrow(/do not belong together/);
  });

  it("does not take the other scorer's values", async () => {
    const { path, dispose } = scratchFolder();
    onTestFinished(dispose);
    const recorder = await createRecorder(join(path, 'r'), sequenceMetadata);
    await expect(recordItems(model, items, wording, recorder, { thoughts: 2, batchSize: 2 })).rejects.toThrow(
      /was not read by the recording's scorer \(sequence\)/,
    );
  });
});
