import type { Gpt2Config } from './gpt2-config.js';
import type { InferredSetting } from './inferred-setting.js';

/** A setting that a checkpoint need not show, as `import` names it. */
export type Assumable =
  | 'n_head'
  | 'layer_norm_epsilon'
  | 'activation_function'
  | 'coconut.latent_tokens'
  | 'coconut.method'
  | 'coconut.thoughts';

/** All of them, in the order of messages. */
export const ASSUMABLE = [
  'n_head',
  'layer_norm_epsilon',
  'activation_function',
  'coconut.latent_tokens',
  'coconut.method',
  'coconut.thoughts',
] as const satisfies readonly Assumable[];

/** Grounds of what was assumed at import and nobody has confirmed, by setting. */
export type Assumptions = Readonly<Partial<Record<Assumable, string>>>;

/** The value that a setting has and the flag of `import` that confirms it. */
function stated(config: Gpt2Config, name: Assumable): { readonly value: string; readonly flag: string } {
  const { coconut } = config;
  switch (name) {
    case 'n_head':
      return { value: `${config.nHead}`, flag: `--heads ${config.nHead}` };
    case 'layer_norm_epsilon':
      return { value: `${config.layerNormEpsilon}`, flag: `--epsilon ${config.layerNormEpsilon}` };
    case 'activation_function':
      return { value: 'gelu_new', flag: '--activation gelu_new' };
    case 'coconut.latent_tokens': {
      const { start, latent, end } = coconut?.latentTokens ?? {};
      return { value: JSON.stringify({ start, latent, end }), flag: `--markers ${start},${latent},${end}` };
    }
    case 'coconut.method':
      return { value: `${coconut?.method}`, flag: `--method ${coconut?.method}` };
    case 'coconut.thoughts':
      return { value: `${coconut?.thoughts}`, flag: `--thoughts ${coconut?.thoughts}` };
  }
}

/**
 * A configuration that carries these assumptions.
 *
 * @param facts what is assumed of the GPT-2, or of all
 * @param before of which those about the Coconut block stay
 */
export function withAssumptions(
  config: Gpt2Config,
  facts: readonly Pick<InferredSetting, 'name' | 'evidence'>[],
  before: Assumptions = {},
): Gpt2Config {
  const grounds = new Map<string, string>();
  for (const [name, evidence] of Object.entries(before)) if (name.startsWith('coconut.')) grounds.set(name, evidence);
  for (const { name, evidence } of facts) grounds.set(name, evidence);
  const own = Object.entries(config).filter(([key]) => key !== 'assumed');
  const assumed: Assumptions = Object.fromEntries(grounds);
  return { ...(Object.fromEntries(own) as unknown as Gpt2Config), ...(grounds.size > 0 && { assumed }) };
}

function names(assumed: Assumptions): Assumable[] {
  return ASSUMABLE.filter((name) => assumed[name] !== undefined);
}

/** What is assumed in words, one sentence or none. It stands with every result until it is confirmed. */
export function assumptionWarnings(config: Gpt2Config): string[] {
  const { assumed = {} } = config;
  const list = names(assumed).map((name) => `${name} ${stated(config, name).value} (${assumed[name]})`);
  if (list.length === 0) return [];
  return [
    `assumed at import and not confirmed: ${list.join('; ')}. If one is wrong, this is not the model that was trained; import again with ${confirmingFlags(config)} where they are right`,
  ];
}

/** The flags of `import` that say what is now assumed: `--heads 12 --thoughts 6`. */
export function confirmingFlags(config: Gpt2Config): string {
  return names(config.assumed ?? {})
    .map((name) => stated(config, name).flag)
    .join(' ');
}
