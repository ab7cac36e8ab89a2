import { itemGraph, randomItems, type Item } from '../../src/dataset/index.js';
import { breadthFirstDepths } from '../../src/graph/index.js';
import { readFrontier } from '../../src/readout/index.js';
import type { RecordingMetadata, Scorer, ThoughtRecord } from '../../src/recording/index.js';
import { pageItems, type ReportInput } from '../../src/view/index.js';
import type { AnalysisProvenance } from '../../src/provenance.js';
import { createRandom } from '../../src/random.js';

const THOUGHTS = 4;
const VOCABULARY = 40;

export const METADATA: RecordingMetadata = {
  schemaVersion: 1,
  command: 'coconut-lens record --model models/tiny --items items.json --out rec',
  config: { thoughts: THOUGHTS, batchSize: 8 },
  seed: 7,
  engine: { name: 'cpu', version: '4.22.0', threads: 1 },
  versions: { 'coconut-lens': '0.1.0', node: '20.19.0' },
  dtype: 'float32',
  model: {
    path: 'models/tiny',
    sha256: 'a1'.repeat(32),
    layers: 2,
    heads: 4,
    width: 64,
    vocabulary: VOCABULARY,
    config: { nInner: 256, layerNormEpsilon: 0.00001, tieWordEmbeddings: true },
    description: 'made up',
  },
  items: { path: 'items.json', sha256: 'b2'.repeat(32), count: 30 },
  thoughts: THOUGHTS,
  width: 64,
  scorer: 'firstToken',
  readoutPoint: 'thought',
  warnings: [],
};

export const PROVENANCE: AnalysisProvenance = {
  command: 'coconut-lens report --recording rec',
  config: { recording: 'rec', resamples: 60 },
  seed: 1,
  // Newer than what recorded.
  versions: { 'coconut-lens': '0.2.0', node: '22.0.0' },
  recording: {
    folder: 'rec',
    files: {
      'items.arrow': { bytes: 1000, sha256: 'c3'.repeat(32) },
      'thoughts.arrow': { bytes: 2000, sha256: 'd4'.repeat(32) },
    },
  },
  warnings: [],
};

/** A record whose thought c favours the nodes within c hops, with noise; probabilities and off-graph mass add to 1. */
export function noisyRecord(item: Item, seed: string, thoughts = THOUGHTS): ThoughtRecord {
  const random = createRandom(seed);
  const depths = breadthFirstDepths(itemGraph(item), item.root);
  const nodes = item.names.length;
  const nodeLogits = new Float32Array(thoughts * nodes);
  const nodeProbabilities = new Float32Array(thoughts * nodes);
  const offGraphMass = new Float32Array(thoughts);
  for (let c = 1; c <= thoughts; c++) {
    const logits = Array.from(depths, (depth) => (depth >= 0 && depth <= c ? 2 : 0) + random.normal());
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), VOCABULARY - nodes);
    logits.forEach((logit, node) => {
      nodeLogits[(c - 1) * nodes + node] = logit;
      nodeProbabilities[(c - 1) * nodes + node] = Math.exp(logit) / total;
    });
    offGraphMass[c - 1] = (VOCABULARY - nodes) / total;
  }
  return {
    item,
    count: thoughts,
    thoughts: new Float32Array(thoughts * 64),
    nodeTokens: Int32Array.from(item.names.keys()),
    nodeLogits,
    nodeProbabilities,
    offGraphMass,
  };
}

/** The same numbers as those of the sequence scorer. */
function ofSequence(record: ThoughtRecord): ThoughtRecord {
  const sequence = { text: '<|end-latent|>Every', tokens: [50258, 6109] };
  return { ...record, sequence, nodeLogits: record.nodeProbabilities.map(Math.log) };
}

/** The records that the report's input is made of. */
export function reportRecords(count = 30, thoughts = THOUGHTS): ThoughtRecord[] {
  return randomItems(createRandom('report'), count).map((item) => noisyRecord(item, item.id, thoughts));
}

/** A whole report's input on 30 random items, of which the first is drawn. */
export async function reportInput(scorer: Scorer = 'firstToken'): Promise<ReportInput> {
  const records = scorer === 'sequence' ? reportRecords().map(ofSequence) : reportRecords();
  const readout = await readFrontier(records, { seed: 1, resamples: 60 });
  const items = await pageItems({ records, label: 'rec' });
  return { metadata: METADATA, readout, items, provenance: PROVENANCE };
}
