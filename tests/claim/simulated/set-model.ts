import type { Gpt2Config } from '../../../src/checkpoint/index.js';
import {
  float32,
  rowAt,
  type Coconut,
  type CoconutRun,
  type Prompts,
  type ReplaceThought,
  type RethinkOptions,
  type RunOptions,
} from '../../../src/model/index.js';
import { SYMBOLIC_TOKENS } from '../../../src/tokenizer/index.js';
import { PLAIN_CODE, WIDTH, type Code, type NodeSet } from './set-code.js';
import { readQuestion, type SetQuestion } from './set-question.js';

/**
 * What a model computes, in terms of sets of nodes. The sets that it is given are read back from the thoughts as they
 * were used, so that it goes on from whatever was patched in.
 */
export interface Algorithm {
  /**
   * What thought c holds.
   *
   * @param before thoughts 1 .. c - 1
   * @param c from 1
   */
  readonly think: (question: SetQuestion, before: readonly NodeSet[], c: number) => Iterable<number>;
  /** The candidates that it finds. With one of them that is its answer, with both or none a coin decides. */
  readonly answer: (question: SetQuestion, thoughts: readonly NodeSet[]) => readonly number[];
  /** How thoughts hold sets; default each node along its row of the LM head. */
  readonly code?: Code;
}

/**
 * A stand-in for a `Coconut` of the symbolic wording that takes its thoughts and answers from an algorithm on sets. It has
 * what the battery asks of a model, but for the tests F2 (controls) and F13 (keys and values); anything else throws.
 *
 * @param thoughts k, what its configuration says it was made for
 */
export function setModel(algorithm: Algorithm, thoughts: number): Coconut {
  // The only cast: `Coconut` and `CoconutRun` are classes with private parts, so that nothing else can have their types.
  // What a stand-in lacks of them throws (`only`).
  return only('set model', new SetModel(algorithm, thoughts)) as unknown as Coconut;
}

/** Of a thought's amplitudes as logits; as in constructed-bfs. */
const LOUDNESS = 128;

/** Logits of an answer: of both candidates, what a found one has more, and what a coin gives to one of them. */
const [CANDIDATE, FOUND, COIN] = [30, 20, 0.03];

/** A thought as it was used, and what it holds. */
interface Thought {
  readonly vector: Float32Array;
  readonly nodes: NodeSet;
}

/** One prompt and its thoughts. */
interface Row {
  readonly question: SetQuestion;
  readonly thoughts: readonly Thought[];
  /** The same before anything replaced them. */
  readonly computed: readonly Thought[];
}

/** The algorithm, and how its thoughts are written. */
type Coded = Required<Algorithm>;

class SetModel {
  readonly config: Gpt2Config;
  readonly weights = {
    tensors: only('weights of a set model', {
      'wte.weight': float32([WIDTH, WIDTH], diagonal(1)),
      'lm_head.weight': float32([WIDTH, WIDTH], diagonal(LOUDNESS)),
    }),
  };
  private readonly algorithm: Coded;

  constructor({ think, answer, code = PLAIN_CODE }: Algorithm, thoughts: number) {
    this.algorithm = { think, answer, code };
    this.config = {
      vocabSize: WIDTH,
      nPositions: 256,
      nEmbd: WIDTH,
      nLayer: 1,
      nHead: 1,
      nInner: WIDTH,
      layerNormEpsilon: 1e-5,
      tieWordEmbeddings: false,
      coconut: { format: 'symbolic', method: 'constructed', thoughts },
    };
  }

  stoppedBy(signal: AbortSignal | undefined): this {
    if (signal !== undefined) throw new Error('set model: cannot be stopped by a signal');
    return this;
  }

  async run(prompts: Prompts, { thoughts, replaceThought }: RunOptions): Promise<SetRun> {
    const rows = prompts.map((prompt) => ({ question: readQuestion(prompt), thoughts: [], computed: [] }));
    return Promise.resolve(SetRun.of(this.algorithm, think(this.algorithm, rows, thoughts, replaceThought)));
  }
}

class SetRun implements Pick<CoconutRun, 'thoughts' | 'logitsOfThoughts' | 'nextTokenLogits'> {
  readonly thoughts: CoconutRun['thoughts'];

  private constructor(
    private readonly algorithm: Coded,
    private readonly all: readonly Row[],
  ) {
    const k = all[0].thoughts.length;
    this.thoughts = float32([all.length, k, WIDTH], joined(all.flatMap(({ thoughts }) => thoughts)));
  }

  static of(algorithm: Coded, rows: readonly Row[]): SetRun {
    return only('run of a set model', new SetRun(algorithm, rows));
  }

  rows(indices: readonly number[]): SetRun {
    return SetRun.of(this.algorithm, this.take(indices));
  }

  async rethink({ thoughts, replaceThought, from = 1, holdUntil, rows }: RethinkOptions): Promise<SetRun> {
    const own = rows === undefined ? this.all : this.take(rows);
    const again = think(this.algorithm, own, thoughts, replaceThought, from, holdUntil);
    return Promise.resolve(SetRun.of(this.algorithm, again));
  }

  logitsOfThoughts(row: number): Float32Array[] {
    return this.all[row].thoughts.map(({ vector }) => vector.map((x) => LOUDNESS * x));
  }

  async nextTokenLogits(c: number, suffix: readonly number[] = []): ReturnType<CoconutRun['nextTokenLogits']> {
    if (suffix.length !== 1 || suffix[0] !== SYMBOLIC_TOKENS['[A]'])
      throw new Error(`set model: answers after [A] alone, not after the tokens [${suffix.join(', ')}]`);
    const logits = float32([this.all.length, WIDTH]);
    this.all.forEach(({ question, thoughts }, row) => {
      const { candidates, graph } = question;
      const found = this.algorithm.answer(
        question,
        thoughts.slice(0, c).map(({ nodes }) => nodes),
      );
      const own = rowAt(logits, row);
      for (const candidate of candidates) own[candidate] = CANDIDATE + (found.includes(candidate) ? FOUND : 0);
      // As in constructed-bfs: the first candidate if the number of edges is odd.
      own[candidates[graph.edges.length % 2 === 1 ? 0 : 1]] += COIN;
    });
    return Promise.resolve(logits);
  }

  private take(indices: readonly number[]): Row[] {
    return indices.map((row) => this.all[row]);
  }
}

/** k thoughts of each row, those before `from` as they were, and `from` held as `CoconutRun.rethink` holds it. */
function think(
  { think: next, code }: Coded,
  rows: readonly Row[],
  k: number,
  replaceThought: ReplaceThought | undefined,
  from = 1,
  holdUntil = from,
): Row[] {
  const made = rows.map(({ question, thoughts, computed }) => ({
    question,
    thoughts: thoughts.slice(0, from - 1),
    computed: computed.slice(0, from - 1),
  }));
  for (let index = from; index <= k; index++) {
    for (const { question, thoughts, computed } of made) {
      const before = thoughts.map(({ nodes }) => nodes);
      computed.push(readBack(code, code.write(new Set(next(question, before, index)))));
    }
    const isHeld = index > from && index <= holdUntil;
    const computed = float32([rows.length, WIDTH], joined(made.map((row) => row.computed[index - 1])));
    const replaced = isHeld ? undefined : replaceThought?.({ index, computed });
    made.forEach(({ thoughts, computed: own }, row) => {
      const used = isHeld ? thoughts[from - 1] : own[index - 1];
      thoughts.push(replaced === undefined ? used : readBack(code, Float32Array.from(rowAt(replaced, row))));
    });
  }
  return made;
}

function readBack(code: Code, vector: Float32Array): Thought {
  return { vector, nodes: code.read(vector) };
}

function joined(thoughts: readonly Thought[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(thoughts.length * WIDTH);
  thoughts.forEach(({ vector }, i) => all.set(vector, i * WIDTH));
  return all;
}

function diagonal(value: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: WIDTH * WIDTH }, (_, i) => (i % (WIDTH + 1) === 0 ? value : 0));
}

/** The same, but that asking for what it has not is an error here and not, as undefined, somewhere else. */
function only<T extends object>(what: string, standIn: T): T {
  return new Proxy(standIn, {
    get(target, name): unknown {
      // Whatever is awaited is asked whether it is a promise.
      if (typeof name === 'string' && name !== 'then' && !(name in target))
        throw new Error(`${what}: has no ${name}; leave out the test that asks for it`);
      return Reflect.get(target, name);
    },
  });
}
