import { PbfWriter } from 'pbf';
import { DATA_TYPE, type Attribute, type HostArray, type Value } from './graph.js';
import type { LinearGraph, LinearNode, Named } from './linearize.js';

/** ONNX IR version 8 and operator set 17: the newest in which ReduceMean and ReduceMax take their axes as attributes. */
const IR_VERSION = 8;
const OPSET = 17;

/** AttributeProto.AttributeType */
const ATTRIBUTE_TYPE: Record<Attribute['kind'], number> = { float: 1, int: 2, string: 3, ints: 7 };

/**
 * Encodes a graph as an ONNX ModelProto (field numbers of onnx.proto). Graph output i is named `o{i}`.
 */
export function serialize(graph: LinearGraph): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, IR_VERSION);
  pbf.writeStringField(2, 'coconut-lens');
  pbf.writeMessage(7, writeGraph, graph);
  pbf.writeMessage(8, writeOpset, { domain: '', version: OPSET });
  pbf.writeMessage(8, writeOpset, { domain: 'com.microsoft', version: 1 });
  return pbf.finish();
}

function writeOpset(opset: { domain: string; version: number }, pbf: PbfWriter): void {
  pbf.writeStringField(1, opset.domain);
  pbf.writeVarintField(2, opset.version);
}

function writeGraph(graph: LinearGraph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
  // An output must be computed by a node of its own: it may otherwise be an input, or be asked for twice.
  graph.outputs.forEach(({ name }, i) => {
    pbf.writeMessage(1, writeIdentity, { from: name, to: `o${i}` });
  });
  pbf.writeStringField(2, 'program');
  for (const initializer of graph.initializers) pbf.writeMessage(5, writeInitializer, initializer);
  for (const input of graph.inputs) pbf.writeMessage(11, writeValueInfo, input);
  graph.outputs.forEach(({ value }, i) => {
    pbf.writeMessage(12, writeValueInfo, { name: `o${i}`, value });
  });
}

function writeIdentity({ from, to }: { from: string; to: string }, pbf: PbfWriter): void {
  pbf.writeStringField(1, from);
  pbf.writeStringField(2, to);
  pbf.writeStringField(4, 'Identity');
}

function writeNode({ node, inputs, outputs }: LinearNode, pbf: PbfWriter): void {
  for (const name of inputs) pbf.writeStringField(1, name);
  for (const name of outputs) pbf.writeStringField(2, name);
  pbf.writeStringField(4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes))
    pbf.writeMessage(5, writeAttribute, { name, attribute });
  pbf.writeStringField(7, node.domain);
}

function writeAttribute({ name, attribute }: { name: string; attribute: Attribute }, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if (attribute.kind === 'float') pbf.writeFloatField(2, attribute.value);
  else if (attribute.kind === 'int') pbf.writeVarintField(3, attribute.value);
  else if (attribute.kind === 'string') pbf.writeStringField(4, attribute.value);
  else for (const value of attribute.value) pbf.writeVarintField(8, value);
  pbf.writeVarintField(20, ATTRIBUTE_TYPE[attribute.kind]);
}

function writeInitializer({ name, value }: Named, pbf: PbfWriter): void {
  for (const n of value.shape) pbf.writeVarintField(1, n);
  pbf.writeVarintField(2, DATA_TYPE[value.type]);
  pbf.writeStringField(8, name);
  if (value.source.kind !== 'static' && value.source.kind !== 'host') throw new Error(`serialize: ${name} has no data`);
  pbf.writeBytesField(9, bytes(value.source.data));
}

function writeValueInfo({ name, value }: Named, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(2, writeType, value);
}

function writeType(value: Value, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, value);
}

function writeTensorType(value: Value, pbf: PbfWriter): void {
  pbf.writeVarintField(1, DATA_TYPE[value.type]);
  pbf.writeMessage(2, writeShape, value.shape);
}

function writeShape(shape: readonly number[], pbf: PbfWriter): void {
  for (const n of shape) pbf.writeMessage(1, writeDimension, n);
}

function writeDimension(n: number, pbf: PbfWriter): void {
  pbf.writeVarintField(1, n);
}

const bytes = (data: HostArray): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
