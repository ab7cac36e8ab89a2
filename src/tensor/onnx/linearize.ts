import { type GraphNode, type HostArray, type Value } from './graph.js';

/** A graph flattened into ONNX's form: everything has a name, nodes come after what they read. */
export interface LinearGraph {
  readonly nodes: readonly LinearNode[];
  /** Small values written into the model. */
  readonly initializers: readonly Named[];
  /** Values fed at every run, in order of first use: placeholders and larger host arrays. */
  readonly inputs: readonly Named[];
  /** The name of each requested output; may name an input or an initializer. */
  readonly outputs: readonly Named[];
}

export interface LinearNode {
  readonly node: GraphNode;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface Named {
  readonly name: string;
  readonly value: Value;
}

/**
 * Host arrays of up to this many elements become part of a compiled program's model (scalars, masks); larger ones
 * are fed at each run without a copy.
 */
const INITIALIZER_LIMIT = 4096;

/**
 * Collects what leads to `outputs` and eliminates common subexpressions: two nodes with the same operator, attributes
 * and inputs become one.
 *
 * @param embedHost whether small host arrays become initializers; when the model is to be reused with other values
 *   (lazy evaluation) they must stay inputs
 */
export function linearize(outputs: readonly Value[], embedHost: boolean): LinearGraph {
  const names = new Map<Value, string>();
  const fed = new Map<HostArray, Named[]>();
  const nodeByKey = new Map<string, readonly string[]>();
  const nodes: LinearNode[] = [];
  const initializers: Named[] = [];
  const inputs: Named[] = [];
  const initializerByContent = new Map<string, string>();

  const nameLeaf = (value: Value): string => {
    const { source } = value;
    if (source.kind === 'placeholder') {
      const name = `p:${source.name}`;
      inputs.push({ name, value });
      return name;
    }
    if (source.kind === 'node') throw new Error('linearize: a node is not a leaf');
    const { data } = source;
    if (source.kind === 'static' || (embedHost && data.length <= INITIALIZER_LIMIT)) {
      // By bytes: as text, 0 and -0 would be one.
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      const key = `${value.type}[${value.shape.join()}]${bytes.toString('latin1')}`;
      let name = initializerByContent.get(key);
      if (name === undefined) {
        name = `c${initializers.length}`;
        initializerByContent.set(key, name);
        initializers.push({ name, value });
      }
      return name;
    }
    // Tensors that share an array and a shape share the input.
    const shared = fed.get(data)?.find((input) => input.value.shape.join() === value.shape.join());
    if (shared !== undefined) return shared.name;
    const input = { name: `h${inputs.length}`, value };
    fed.set(data, [...(fed.get(data) ?? []), input]);
    inputs.push(input);
    return input.name;
  };

  const nameNode = (node: GraphNode): void => {
    const inputNames = node.inputs.map((input) => (input === undefined ? '' : (names.get(input) ?? '')));
    const key = `${node.domain}:${node.op}${JSON.stringify(inputNames)}${attributeKey(node)}${node.outputs.map((o) => `${o.type}[${o.shape.join()}]`).join()}`;
    let outputNames = nodeByKey.get(key);
    if (outputNames === undefined) {
      const id = nodes.length;
      outputNames = node.outputs.map((_, i) => `n${id}_${i}`);
      nodeByKey.set(key, outputNames);
      nodes.push({ node, inputs: inputNames, outputs: outputNames });
    }
    node.outputs.forEach((output, i) => names.set(output, outputNames[i]));
  };

  // Depth-first without recursion: graphs are thousands of nodes deep.
  const stack: Value[] = [...outputs].reverse();
  while (stack.length > 0) {
    const value = stack[stack.length - 1];
    if (names.has(value)) {
      stack.pop();
    } else if (value.source.kind !== 'node') {
      names.set(value, nameLeaf(value));
      stack.pop();
    } else {
      const { node } = value.source;
      const pending = node.inputs.filter((input): input is Value => input !== undefined && !names.has(input));
      if (pending.length === 0) {
        nameNode(node);
        stack.pop();
      } else {
        for (let i = pending.length - 1; i >= 0; i--) stack.push(pending[i]);
      }
    }
  }
  return { nodes, initializers, inputs, outputs: outputs.map((value) => ({ name: names.get(value) ?? '', value })) };
}

/** Not by JSON, for which NaN and the infinities are null and -0 is 0. */
function attributeKey({ attributes }: GraphNode): string {
  return Object.entries(attributes)
    .map(([name, { kind, value }]) => `${name}:${kind}=${Object.is(value, -0) ? '-0' : String(value)}`)
    .join(';');
}
