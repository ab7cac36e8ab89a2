import { describe, expect, it } from 'vitest';
import { parseItems } from '../../src/dataset/index.js';
import { LensError } from '../../src/errors.js';
import { tinyItem, tinyOfficial } from './tiny-item.js';

/** The message with which a file is refused whose second item is the tiny one with these fields changed. */
function refusal(changes: Record<string, unknown>): string {
  return refusalOf(JSON.stringify([tinyOfficial(), { ...tinyOfficial(), ...changes }]));
}

function refusalOf(text: string): string {
  try {
    parseItems(text, 'x.json');
  } catch (error) {
    expect(error).toBeInstanceOf(LensError);
    return error instanceof Error ? error.message : '';
  }
  throw new Error('nothing was refused');
}

describe('parseItems', () => {
  it('maps the official form: edges in question order, candidates as named', () => {
    expect(parseItems(JSON.stringify([tinyOfficial()]), 'x.json')).toEqual([tinyItem]);
  });

  it("takes a file's own ids, else the index", () => {
    const items = parseItems(JSON.stringify([{ ...tinyOfficial(), id: 'train-7' }, tinyOfficial()]), 'x.json');
    expect(items.map(({ id }) => id)).toEqual(['train-7', '1']);
    expect(refusal({ id: '0' })).toBe('x.json item 1: id "0" is also item 0\'s; ids must be unique inside a file');
    expect(refusal({ id: '' })).toContain('id: expected a text that is not empty (found "")');
    expect(refusal({ id: 7 })).toContain('id: expected a text (found 7)');
  });

  it('ignores further fields, which derived files have', () => {
    expect(parseItems(JSON.stringify([{ ...tinyOfficial(), neighbor_k: [[2], [3]] }]), 'x.json')).toEqual([tinyItem]);
  });

  it('reads an item without steps', () => {
    expect(parseItems(JSON.stringify([{ ...tinyOfficial(), steps: [] }]), 'x.json')[0].path).toEqual([]);
  });

  it('refuses what is not a list of items', () => {
    expect(refusalOf('[{]')).toMatch(/^x\.json: not JSON \(.+\); give a file in the official ProsQA form/);
    expect(refusalOf('')).toMatch(/^x\.json: not JSON/);
    expect(refusalOf('{"a": 1}')).toBe('x.json: expected a JSON list of items (found {"a":1}); wrap the items in [ ]');
    expect(refusalOf('null')).toContain('expected a JSON list of items (found null)');
    expect(refusalOf('[]')).toContain('x.json: the list of items is empty');
    expect(refusalOf('[7]')).toContain('x.json item 0: expected an object with question, edges, ... (found 7)');
    expect(refusalOf('[[]]')).toContain('x.json item 0: expected an object with question, edges, ... (found [])');
  });
});

describe('parseItems on a malformed item', () => {
  // [what is malformed, the changed fields, what the message says after "x.json item 1: "]
  const cases: [string, Record<string, unknown>, string][] = [
    ['a missing field', { steps: undefined }, 'steps: expected a list of texts (found nothing)'],
    ['a field of the wrong type', { question: 3 }, 'question: expected a text (found 3)'],
    ['a step of the wrong type', { steps: ['Tom is a bompus.', null] }, 'steps[1]: expected a text (found null)'],
    [
      'an edge of three',
      { edges: [[0, 2, 3]] },
      'edges[0]: expected a pair [source, target] of node indices (found [0,2,3])',
    ],
    [
      'an edge that is none',
      { edges: [[0, 2], 'x'] },
      'edges[1]: expected a pair [source, target] of node indices (found "x")',
    ],
    ['a fractional node', { edges: [[0, 2.5]] }, 'edges[0][1]: expected a node index (an integer from 0) (found 2.5)'],
    ['a negative node', { root: -1 }, 'root: expected a node index (from 0) (found -1)'],
    ['no nodes', { idx_to_symbol: [] }, 'idx_to_symbol: expected at least one node name (found [])'],
    [
      'a name of two words',
      { idx_to_symbol: ['Tom Cat', 'Alex', 'bompus', 'felpus', 'dumpus'] },
      'idx_to_symbol[0]: expected a name of one word without ".", "?" or "#" (found "Tom Cat")',
    ],
    [
      'a name given twice',
      { idx_to_symbol: ['Tom', 'Alex', 'bompus', 'bompus', 'dumpus'] },
      'idx_to_symbol[3] is "bompus", as is idx_to_symbol[2]; expected unique names',
    ],
    [
      'an edge to a missing node',
      {
        edges: [
          [0, 2],
          [2, 3],
          [1, 40],
        ],
      },
      'edges[2] names node 40, but there are 5 nodes; expected indices in 0..4',
    ],
    [
      'a self loop',
      {
        edges: [
          [0, 2],
          [2, 2],
          [1, 4],
        ],
      },
      'edges[1] leads from node 2 to itself; expected no self loops',
    ],
    [
      'an edge given twice',
      {
        edges: [
          [0, 2],
          [2, 3],
          [0, 2],
        ],
      },
      'edges[2] repeats edges[0] (0->2); expected each edge once',
    ],
    [
      'a cycle',
      {
        edges: [
          [0, 2],
          [2, 3],
          [3, 2],
        ],
      },
      'edges form the cycle 3->2->3; expected no cycles',
    ],
    ['a missing root', { root: 5 }, 'root is node 5, but there are 5 nodes; expected an index in 0..4'],
    ['a missing target', { target: 9 }, 'target is node 9, but there are 5 nodes; expected an index in 0..4'],
    ['a missing decoy', { neg_target: 9 }, 'neg_target is node 9, but there are 5 nodes; expected an index in 0..4'],
    ['the root as target', { target: 0 }, 'target is the root (node 0); expected another node'],
    [
      'an unreachable target',
      { target: 4 },
      'target (node 4) has no path from root (node 0); expected it to be reachable',
    ],
    [
      'a reachable decoy',
      { neg_target: 2 },
      'neg_target (node 2) has a path from root (node 0); expected it to have none',
    ],
    ['the wrong answer', { answer: 'Tom is a dumpus.' }, 'answer is "Tom is a dumpus."; expected "Tom is a felpus."'],
    [
      'another root in the question',
      { root: 2, steps: [] },
      'question asks about Tom, root is bompus; expected the same',
    ],
    [
      'an edge missing in the question',
      { question: 'Every bompus is a felpus. Tom is a bompus. Is Tom a dumpus or felpus?' },
      'edges[2] (Alex->dumpus) is not in the question; expected question and edges to state the same edges',
    ],
    [
      'an edge missing in edges',
      {
        edges: [
          [0, 2],
          [2, 3],
        ],
      },
      'question sentence 2 states an edge that is not in edges; expected question and edges to state the same edges',
    ],
    [
      'an edge stated twice',
      {
        question:
          'Tom is a bompus. Every bompus is a felpus. Alex is a dumpus. Tom is a bompus. Is Tom a dumpus or felpus?',
      },
      'question states Tom->bompus twice; expected each edge once',
    ],
    [
      'another candidate',
      { question: 'Every bompus is a felpus. Alex is a dumpus. Tom is a bompus. Is Tom a bompus or felpus?' },
      'question offers bompus or felpus; expected target and neg_target (felpus, dumpus)',
    ],
    [
      'one candidate twice',
      { question: 'Every bompus is a felpus. Alex is a dumpus. Tom is a bompus. Is Tom a felpus or felpus?' },
      'question offers felpus or felpus; expected target and neg_target (felpus, dumpus)',
    ],
    [
      'a question that is none',
      { question: 'Every bompus is a felpus. Alex is a dumpus. Tom is a bompus.' },
      'question: does not end in "... . Is X a Y or Z?"; expected "X is a y. Every y is a z. ... Is X a v or w?"',
    ],
    [
      'a step that is no sentence',
      { steps: ['Tom is a bompus.', 'And so on'] },
      'steps[1] is "And so on"; expected "X is a y." or "Every x is a y."',
    ],
    [
      'a step from elsewhere',
      { steps: ['Tom is a bompus.', 'Every dumpus is a felpus.'] },
      'steps[1] is "Every dumpus is a felpus."; expected "Every bompus is a felpus." after the step before it',
    ],
    [
      'a step without an edge',
      { steps: ['Tom is a felpus.'] },
      'steps[0] is "Tom is a felpus.", which is not an edge; expected the steps to follow edges',
    ],
    ['steps that stop early', { steps: ['Tom is a bompus.'] }, 'steps end at bompus; expected the target (felpus)'],
  ];

  it.each(cases)('refuses %s', (_, changes, message) => {
    const full = refusal(changes);
    expect(full.startsWith(`x.json item 1: ${message}`), full).toBe(true);
    // Everything zod finds ends in the general advice; everything found later says itself what was expected.
    expect(full.endsWith('; correct the item or write the file anew') || full === `x.json item 1: ${message}`).toBe(
      true,
    );
  });

  it('refuses a path that is not a shortest one', () => {
    const message = refusal({
      question:
        'Every bompus is a felpus. Alex is a dumpus. Tom is a bompus. Tom is a felpus. Is Tom a dumpus or felpus?',
      edges: [
        [0, 2],
        [2, 3],
        [0, 3],
        [1, 4],
      ],
    });
    expect(message).toBe('x.json item 1: steps has 2 steps, the shortest path 1; expected a shortest path');
  });
});
