import { embed, embedThoughts, logits, pass, tokenEmbedding, type Gpt2Parameters } from '../../src/model/index.js';
import {
  compile,
  ops,
  type HostTensor,
  type ProgramFunction,
  type Scalar,
  type Tensor,
} from '../../src/tensor/index.js';
import { crossEntropy, IGNORED, type LatentInput } from '../../src/training/index.js';
import type { SharedPrompt } from '../../src/training/batch.js';
import { floats, signatureOf } from '../tensor/host.js';
import { CONFIG } from './tiny-model.js';

/** How latent positions are filled; `constant`: with thoughts given as inputs `thought:{sequence}:{c}`. */
type PlainInput = 'thought' | 'constant' | 'pause';

const row = (ids: readonly number[]): Tensor => ops.tensor([...ids], [1, ids.length], 'int32');
const positions = (from: number, n: number): Tensor => ops.reshape(ops.range(from, from + n, 1, 'int32'), [1, n]);

/** A last hidden state [1, 1, d] of a sequence read from the beginning. */
function lastHidden(p: Gpt2Parameters, x: Tensor): Tensor {
  const length = x.shape[1] ?? 0;
  return ops.slice(pass(p, CONFIG, x).hidden, [0, length - 1, 0], [1, 1, -1]);
}

/** One sequence by itself, without padding, cache or batch: hidden states from the prompt's last position on. */
function readPlainly(
  p: Gpt2Parameters,
  { prompt, offset }: SharedPrompt,
  { opening, latents, suffix }: SharedPrompt['sequences'][number],
  latentAt: (c: number, x: Tensor) => Tensor,
): Tensor {
  const before = [...prompt, ...opening];
  let x = embed(p, row(before), positions(offset, before.length));
  for (let c = 0; c < latents; c++) {
    x = ops.concat([x, embedThoughts(p, latentAt(c, x), positions(offset + before.length + c, 1))], 1);
  }
  if (suffix.length > 0) {
    x = ops.concat([x, embed(p, row(suffix), positions(offset + before.length + latents, suffix.length))], 1);
  }
  return ops.slice(pass(p, CONFIG, x).hidden, [0, before.length - 1, 0], [1, 1 + latents + suffix.length, -1]);
}

/** The parts of `prefix:name` inputs, by name. */
function grouped(inputs: Readonly<Record<string, Tensor>>, prefix: string): Record<string, Tensor> {
  const own = Object.entries(inputs).filter(([name]) => name.startsWith(`${prefix}:`));
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]));
}

/**
 * The training loss by definition: every sequence by itself, every thought by a full forward pass, cross-entropy summed
 * over all labelled positions, of several labels their mean, and divided by their number.
 */
function plainProgram(prompts: readonly SharedPrompt[], input: PlainInput, pauseToken: number): ProgramFunction {
  return (inputs) => {
    const constants = grouped(inputs, 'thought');
    const loss = (p: Gpt2Parameters): Scalar => {
      let total: Tensor = ops.scalar(0);
      let labelled = 0;
      let index = 0;
      for (const shared of prompts) {
        for (const sequence of shared.sequences) {
          const own = index++;
          const hidden = readPlainly(p, shared, sequence, (c, x) => {
            if (input === 'constant') return constants[`${own}:${c}`];
            return input === 'pause' ? tokenEmbedding(p, row([pauseToken])) : lastHidden(p, x);
          });
          sequence.labels.forEach((label, i) => {
            const tokens = typeof label === 'number' ? [label] : label;
            if (label === IGNORED) return;
            const scores = logits(p, ops.slice(hidden, [0, i, 0], [1, 1, -1]));
            const terms = tokens.map((token) => crossEntropy(scores, row([token])));
            total = ops.add(total, ops.div(ops.addN(terms), tokens.length));
            labelled++;
          });
        }
      }
      return ops.div(total, labelled);
    };
    const { value, gradients } = ops.valueAndGradients(loss, grouped(inputs, 'parameter'));
    const named = Object.entries(gradients).map(([name, gradient]) => [`gradient:${name}`, gradient] as const);
    return { loss: value, ...Object.fromEntries(named) };
  };
}

/** The thoughts of every sequence, for a computation that takes them as constants. */
function thoughtsProgram(prompts: readonly SharedPrompt[]): ProgramFunction {
  return (inputs) => {
    const p = grouped(inputs, 'parameter');
    const outputs: Record<string, Tensor> = {};
    let index = 0;
    for (const shared of prompts) {
      for (const sequence of shared.sequences) {
        const own = index++;
        readPlainly(p, shared, sequence, (c, x) => (outputs[`thought:${own}:${c}`] = lastHidden(p, x)));
      }
    }
    return outputs;
  };
}

type Values = Record<string, HostTensor>;

/** Compiles and runs a program once. */
export async function runOnce(fn: ProgramFunction, inputs: Values): Promise<Values> {
  const program = await compile(fn, signatureOf(inputs));
  try {
    return await program.run(inputs);
  } finally {
    program.dispose();
  }
}

/** Loss and gradients by definition; with `detached`, the thoughts are computed first and then given as numbers. */
export async function plainLoss(
  prompts: readonly SharedPrompt[],
  parameters: Values,
  input: LatentInput,
  pauseToken: number,
): Promise<Values> {
  if (input === 'detached') {
    const thoughts = await runOnce(thoughtsProgram(prompts), parameters);
    const constants = Object.entries(thoughts).map(
      ([name, { data, shape }]) => [name, floats([...data], shape)] as const,
    );
    return runOnce(plainProgram(prompts, 'constant', pauseToken), { ...parameters, ...Object.fromEntries(constants) });
  }
  return runOnce(plainProgram(prompts, input === 'thought' ? 'thought' : 'pause', pauseToken), parameters);
}
