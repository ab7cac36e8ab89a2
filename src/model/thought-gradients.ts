import { LensError } from '../errors.js';
import { ops, type HostTensor, type ProgramFunction, type Tensor } from '../tensor/index.js';
import type { CoconutRun } from './coconut-run.js';
import { embed, embedThoughts, pass, type PassConfig } from './gpt2.js';
import { float32, int32, rowAt, takeRows } from './host-arrays.js';
import { cachedSegments } from './pass-program.js';
import { checkCount } from './prompts.js';

/**
 * The Jacobian of the next thought with respect to a thought, exact to float32's rounding: the step that reads thought c is
 * differentiated, what came before is held fixed.
 *
 * @param c from 1, below the run's number of thoughts
 * @param row of the run
 * @returns [d, d], row i the gradient of the next thought's coordinate i
 * @throws LensError if there is no such thought, or none after it
 */
export async function nextThoughtJacobian(run: CoconutRun, c: number, row: number): Promise<HostTensor> {
  const { session, thoughts } = run.rollout;
  checkThought(c, thoughts.length - 1);
  const { cache, runtime } = session;
  const { config } = runtime;
  const d = config.nEmbd;
  const tiled = float32([d, 1, d]);
  for (let i = 0; i < d; i++) tiled.data.set(rowAt(thoughts[c - 1], row), i * d);
  const at = session.prompts.length + c - 1;
  const positions = int32([d, 1], new Int32Array(d).fill(at - cache.padding[row]));
  const inputs = {
    ...cache.inputs(row, 1),
    ...Object.fromEntries(Object.entries(cache.masks(at)).map(([name, mask]) => [name, takeRows(mask, [row])])),
    positions,
    thoughts: tiled,
    units: float32([d, 1, d], identity(d)),
  };
  const { gradients } = await runtime.runGradients('next thought', jacobianFunction(config), inputs);
  return { ...gradients, shape: [d, d] };
}

/**
 * The gradient of an answer's logit difference with respect to a thought, through all later thoughts, exact to float32's rounding.
 *
 * @param c from 1
 * @param suffix at least one token, after the last thought: the answer is what follows it
 * @param difference [batch, d], what the last hidden state is multiplied by: the LM head's row of one answer less the other's
 * @returns [batch, d]
 * @throws LensError if there is no such thought, or no suffix
 */
export async function answerGradients(
  run: CoconutRun,
  c: number,
  suffix: readonly number[],
  difference: HostTensor,
): Promise<HostTensor> {
  const { session, thoughts } = run.rollout;
  checkThought(c, thoughts.length);
  if (suffix.length === 0)
    throw new LensError('suffix', 'has no tokens (0)', 'give what stands between thoughts and answer', 'usage');
  const { cache, runtime, batch } = session;
  const steps = thoughts.length - c;
  const length = steps + 1 + suffix.length;
  const at = session.prompts.length + c - 1;
  const positions = int32([batch, length]);
  for (let row = 0; row < batch; row++)
    for (let i = 0; i < length; i++) positions.data[row * length + i] = at + i - cache.padding[row];
  const ids = int32([batch, suffix.length], Int32Array.from(Array.from({ length: batch }, () => suffix).flat()));
  const { shape, data, dtype } = thoughts[c - 1];
  const inputs = {
    ...cache.inputs(),
    ...cache.masks(at),
    positions,
    thoughts: { data, dtype, shape: [shape[0], 1, shape[1]] },
    suffix: ids,
    difference,
  };
  const name = `answer after ${steps} more`;
  const { gradients } = await runtime.runGradients(name, answerFunction(runtime.config, steps), inputs);
  return { ...gradients, shape: [...shape] };
}

function jacobianFunction(config: PassConfig): ProgramFunction {
  return (inputs) => {
    const { gradients } = ops.valueAndGradients(
      ({ thoughts }) => {
        const x = embedThoughts(inputs, thoughts, inputs['positions']);
        const { hidden } = pass(inputs, config, x, { past: cachedSegments(config, inputs) });
        return ops.sum(ops.mul(hidden, inputs['units']));
      },
      { thoughts: inputs['thoughts'] },
    );
    return { gradients: gradients.thoughts };
  };
}

/** @param steps thoughts after the one that is differentiated by */
function answerFunction(config: PassConfig, steps: number): ProgramFunction {
  return (inputs) => {
    const { positions } = inputs;
    const [batch, length] = positions.shape;
    const placesOf = (from: number, n: number): Tensor => ops.slice(positions, [0, from], [batch, n]);
    const { gradients } = ops.valueAndGradients(
      ({ thoughts }) => {
        const past = cachedSegments(config, inputs);
        let thought = thoughts;
        for (let step = 0; step < steps; step++) {
          const read = pass(inputs, config, embedThoughts(inputs, thought, placesOf(step, 1)), { past: [...past] });
          past.push({ keys: read.keys, values: read.values });
          thought = read.hidden;
        }
        const rest = length - steps - 1;
        const x = ops.concat(
          [
            embedThoughts(inputs, thought, placesOf(steps, 1)),
            embed(inputs, inputs['suffix'], placesOf(steps + 1, rest)),
          ],
          1,
        );
        const { hidden } = pass(inputs, config, x, { past }, { readPositions: 'last' });
        return ops.sum(ops.mul(ops.squeeze(hidden, [1]), inputs['difference']));
      },
      { thoughts: inputs['thoughts'] },
    );
    return { gradients: gradients.thoughts };
  };
}

function identity(d: number): Float32Array<ArrayBuffer> {
  const units = new Float32Array(d * d);
  for (let i = 0; i < d; i++) units[i * d + i] = 1;
  return units;
}

function checkThought(c: number, most: number): void {
  checkCount('thought', c, 1);
  if (c > most) throw new LensError('thought', `has nothing after it (${c}; ${most} have)`, 'name another', 'usage');
}
