import type { HostTensor } from '../tensor/index.js';
import { passActivationNames, selectAll, type ActivationSelector } from './activations.js';
import { float32, int32, keepRanges, roundUp } from './host-arrays.js';
import { checkPrompts, checkTokens, padPrompts, PROMPT_STEP, type Prompts } from './prompts.js';
import { Recorder, type Activation } from './recorder.js';
import { checkFloats } from './rollout.js';
import type { Runtime } from './runtime.js';

/** What a replay reads after the thoughts, and what it keeps. */
export interface ReplayOptions {
  /** Tokens after the thoughts, the same for every row. Default none. */
  readonly suffix?: readonly number[] | undefined;
  /** Which activations to keep, by their names without a pass (`passActivationNames`). Default none. */
  readonly activations?: ActivationSelector | readonly ActivationSelector[] | undefined;
}

/** One forward pass over whole sequences: T = longest prompt + k + suffix positions, padding first. */
export interface Replay {
  /** [batch, T, d], after ln_f. */
  readonly hidden: HostTensor;
  /** [batch, V], logits of the token after the last position. */
  readonly nextLogits: HostTensor;
  /** By name without a pass; position, query and key axes have length T. */
  readonly activations: ReadonlyMap<string, Activation>;
  /** int32 [batch, T]: token ids; -1 where a thought or padding is read. */
  readonly tokens: HostTensor;
  /** int32 [batch, T]: indices into the position embeddings; 0 at padding. */
  readonly positions: HostTensor;
  /** [batch], padding before each prompt. */
  readonly padding: readonly number[];
}

/**
 * Runs prompts, given thoughts and suffix in one piece, without cache. Causality makes it equal to the passes that
 * computed the thoughts, to rounding.
 *
 * @param thoughts [batch, k, d], k may be 0
 */
export async function replay(
  runtime: Runtime,
  prompts: Prompts,
  thoughts: HostTensor,
  options: ReplayOptions,
): Promise<Replay> {
  const { config } = runtime;
  const { suffix = [], activations = [] } = options;
  const batch = prompts.length;
  const k = thoughts.shape[1];
  checkTokens(config, 'suffix', suffix);
  checkPrompts(config, prompts, k + suffix.length);
  checkFloats('thoughts', thoughts, [batch, k, config.nEmbd]);
  const wanted = selectAll('activations', activations, passActivationNames(config));

  const longest = Math.max(...prompts.map((prompt) => prompt.length));
  const { length, padding, ids, mask } = padPrompts(prompts, roundUp(longest, PROMPT_STEP));
  const total = length + k + suffix.length;
  const positions = int32([batch, total]);
  const tokens = int32([batch, total]);
  const masks = float32([batch, total]);
  padding.forEach((padded, row) => {
    const start = row * total;
    masks.data.set(mask.data.subarray(row * length, (row + 1) * length), start);
    for (let t = 0; t < total; t++) {
      positions.data[start + t] = Math.max(0, t - padded);
      if (t < length) tokens.data[start + t] = t < padded ? -1 : ids.data[row * length + t];
      else tokens.data[start + t] = t < length + k ? -1 : suffix[t - length - k];
    }
  });
  const outputs = await runtime.runPass(
    { batch, before: length, thoughts: k, after: suffix.length, prompt: 0, past: 0, readPositions: 'all' },
    new Set(wanted),
    {
      before: ids,
      ...(k > 0 && { thoughts }),
      ...(suffix.length > 0 && { after: keepRanges(tokens, 1, [[length + k, total]]) }),
      positions,
      mask: masks,
    },
  );
  const shared = length - longest;
  const recorder = new Recorder(wanted.map((name) => `pass.0.${name}`));
  recorder.keepPass({ pass: 0, at: 0, capacity: 0 }, tokens, positions, outputs, shared);
  const last = keepRanges(outputs['hidden'], 1, [[total - 1, total]]);
  const [read] = recorder.passes;
  return {
    hidden: keepRanges(outputs['hidden'], 1, [[shared, total]]),
    nextLogits: await runtime.head({ ...last, shape: [batch, config.nEmbd] }),
    activations: new Map([...recorder.activations].map(([name, kept]) => [name.slice('pass.0.'.length), kept])),
    tokens: read.tokens,
    positions: read.positions,
    padding: padding.map((padded) => padded - shared),
  };
}
