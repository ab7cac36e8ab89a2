import { describe, expect, it } from 'vitest';
import { Value, apply } from '../../../src/tensor/onnx/graph.js';
import { linearize } from '../../../src/tensor/onnx/linearize.js';
import { Session } from '../../../src/tensor/onnx/session.js';

/** x + y for a placeholder x and a host array y. */
function sum(y: Float32Array): ReturnType<typeof linearize> {
  const x = new Value('float32', [2], { kind: 'placeholder', name: 'x' });
  const host = new Value('float32', [2], { kind: 'host', data: y });
  return linearize([apply('Add', [x, host], 'float32', [2])], false);
}

describe("Session: what we rely on of onnxruntime-node's native binding", () => {
  it('runs synchronously and gives typed arrays', () => {
    const graph = sum(Float32Array.of(10, 20));
    const session = new Session(graph, false).capture(graph);
    expect(session.run({ x: Float32Array.of(1, 2) })).toEqual([Float32Array.of(11, 22)]);
    session.dispose();
  });

  it('reads captured arrays at every run, and gives a new array each time', () => {
    const graph = sum(Float32Array.of(10, 20));
    const session = new Session(graph, true).capture(graph);
    const [first] = session.run({ x: Float32Array.of(1, 2) });
    const [second] = session.run({ x: Float32Array.of(3, 4) });
    expect(first).toEqual(Float32Array.of(11, 22));
    expect(second).toEqual(Float32Array.of(13, 24));
    session.dispose();
  });

  it('refuses a graph that ONNX Runtime does not take, in one line', () => {
    const x = new Value('float32', [2], { kind: 'placeholder', name: 'x' });
    const graph = linearize([apply('NoSuchOperator', [x], 'float32', [2])], false);
    expect(() => new Session(graph, false)).toThrow(
      /^onnxruntime: refused a traced program \(.*NoSuchOperator.*\); please report it$/s,
    );
  });

  it('refuses an array that does not fit its shape', () => {
    const graph = sum(Float32Array.of(10, 20));
    const session = new Session(graph, false).capture(graph);
    expect(() => session.run({ x: Float32Array.of(1) })).toThrow('session: 1 elements for shape [2]');
    session.dispose();
  });
});
