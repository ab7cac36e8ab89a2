import type { Gpt2Config, Gpt2Weights } from '../checkpoint/index.js';
import {
  compile,
  ensureEngine,
  runProgram,
  type HostTensor,
  type Program,
  type ProgramFunction,
  type Signature,
} from '../tensor/index.js';
import { LensError } from '../errors.js';
import { headsOf } from './gpt2.js';
import { float32, size } from './host-arrays.js';
import {
  headFunction,
  normaliserFunction,
  passFunction,
  passParameters,
  passSignature,
  specOf,
  type PassShape,
} from './pass-program.js';
import type { Tap } from './tap.js';

type Inputs = Readonly<Record<string, HostTensor>>;
type Outputs = Readonly<Record<string, HostTensor>>;

/** What is made for a model: one program per shape. */
interface Made {
  readonly programs: Map<string, Promise<Program>>;
  disposed: boolean;
}

/** A model's parameters and the programs made for them, kept until disposed of. */
export class Runtime {
  private constructor(
    readonly config: Gpt2Config,
    private readonly parameters: Inputs,
    private readonly made: Made,
    private readonly signal?: AbortSignal,
  ) {}

  static of({ config, tensors }: Pick<Gpt2Weights, 'config' | 'tensors'>): Runtime {
    const parameters = Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data, dtype: 'float32' as const }]),
    );
    return new Runtime(config, parameters, { programs: new Map(), disposed: false });
  }

  /** Heads of each layer, [nLayer]. */
  get heads(): number[] {
    return headsOf(this.config, this.parameters);
  }

  /** The same, sharing all: a pass begun after `signal` is aborted throws its reason. */
  stoppedBy(signal: AbortSignal): Runtime {
    return new Runtime(this.config, this.parameters, this.made, signal);
  }

  /** Runs one pass, compiled. @param recorded activations to return, by their names within the pass */
  async runPass(shape: PassShape, recorded: ReadonlySet<string>, inputs: Inputs): Promise<Outputs> {
    const parameters = this.pick(passParameters(shape, Object.keys(this.parameters)));
    const program = await this.program(JSON.stringify(['pass', shape, [...recorded]]), () => ({
      fn: passFunction(this.config, shape, recorded),
      signature: { ...signatureOf(parameters), ...passSignature(this.config, shape, this.heads) },
    }));
    return program.run({ ...parameters, ...inputs });
  }

  /** Runs one pass operation by operation, so that `tap` may look at values. */
  async evaluatePass(shape: PassShape, recorded: ReadonlySet<string>, inputs: Inputs, tap: Tap): Promise<Outputs> {
    this.checkAlive();
    const parameters = this.pick(passParameters(shape, Object.keys(this.parameters)));
    return runProgram(passFunction(this.config, shape, recorded, tap), { ...parameters, ...inputs });
  }

  /**
   * Runs a program of the parameters, the LM head's aside, and of other inputs.
   *
   * @param name of the function, one for each that differs
   */
  async runGradients(name: string, fn: ProgramFunction, inputs: Inputs): Promise<Outputs> {
    const parameters = this.pick(Object.keys(this.parameters).filter((own) => own !== 'lm_head.weight'));
    const all = { ...parameters, ...inputs };
    const shapes = Object.values(inputs).map(({ shape }) => shape);
    const program = await this.program(JSON.stringify([name, shapes]), () => ({ fn, signature: signatureOf(all) }));
    return program.run(all);
  }

  /** The LM head, [..., d] -> [..., V]. */
  async head(hidden: HostTensor): Promise<HostTensor> {
    const { nEmbd, vocabSize } = this.config;
    const leading = hidden.shape.slice(0, -1);
    const outputs = await this.runHead('head', headFunction, { ...hidden, shape: [size(leading), nEmbd] });
    return { ...outputs['logits'], shape: [...leading, vocabSize] };
  }

  /**
   * The logarithm of the softmax's denominator: log of the sum over the vocabulary of exp(logit).
   *
   * @param hidden [n, d]
   * @returns [n]; a token's log-probability is its logit minus this
   */
  async logNormalisers(hidden: HostTensor): Promise<Float64Array> {
    const { highest, sum } = await this.runHead('normaliser', normaliserFunction, hidden);
    return Float64Array.from(highest.data, (top, row) => top + Math.log(sum.data[row]));
  }

  /** The LM head's weights of one token [d]. Read only. */
  headRow(token: number): Float32Array {
    const { nEmbd } = this.config;
    return this.parameters[this.headName].data.subarray(token * nEmbd, (token + 1) * nEmbd) as Float32Array;
  }

  /**
   * What a pause model reads at a latent position, [batch, d]: the embedding of `<|latent|>`, a learned token. Undefined
   * for models that read their thoughts.
   */
  pauseInput(batch: number): HostTensor | undefined {
    const { coconut, nEmbd } = this.config;
    if (coconut?.latentTokens === undefined || !coconut.method.startsWith('pause')) return undefined;
    const { latent } = coconut.latentTokens;
    const row = this.parameters['wte.weight'].data.subarray(latent * nEmbd, (latent + 1) * nEmbd) as Float32Array;
    const input = float32([batch, nEmbd]);
    for (let i = 0; i < batch; i++) input.data.set(row, i * nEmbd);
    return input;
  }

  /** Frees the programs. Using the model afterwards is an error. Idempotent. */
  dispose(): void {
    const { programs } = this.made;
    this.made.disposed = true;
    for (const program of programs.values()) void program.then((made) => made.dispose()).catch(() => undefined);
    programs.clear();
  }

  private checkAlive(): void {
    this.signal?.throwIfAborted();
    if (this.made.disposed) throw new LensError('model', 'was disposed of', 'load it again');
  }

  private get headName(): string {
    return this.config.tieWordEmbeddings ? 'wte.weight' : 'lm_head.weight';
  }

  private async runHead(kind: string, fn: ProgramFunction, hidden: HostTensor): Promise<Outputs> {
    const parameters = this.pick([this.headName]);
    const program = await this.program(JSON.stringify([kind, hidden.shape]), () => ({
      fn,
      signature: { ...signatureOf(parameters), hidden: specOf(hidden) },
    }));
    return program.run({ ...parameters, hidden });
  }

  private pick(names: readonly string[]): Inputs {
    return Object.fromEntries(names.map((name) => [name, this.parameters[name]]));
  }

  private async program(shape: string, make: () => { fn: ProgramFunction; signature: Signature }): Promise<Program> {
    const { programs } = this.made;
    this.checkAlive();
    // A program belongs to the engine it was compiled on; `useEngine` may have been called since.
    const key = `${(await ensureEngine()).name} ${shape}`;
    let program = programs.get(key);
    if (program === undefined) {
      const { fn, signature } = make();
      program = compile(fn, signature);
      // A failure is not kept: what caused it (an environment variable, say) may be put right.
      program.catch(() => programs.delete(key));
      programs.set(key, program);
    }
    return program;
  }
}

function signatureOf(inputs: Inputs): Signature {
  return Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, specOf(tensor)]));
}
