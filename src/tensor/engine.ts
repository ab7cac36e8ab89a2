import { availableParallelism } from 'node:os';
import { createRequire } from 'node:module';
import { didYouMean } from '../did-you-mean.js';
import { LensError } from '../errors.js';
import { useLazyBackend } from './onnx/backend.js';
import { registerKernels } from './onnx/kernels/index.js';
import { threadCount } from './onnx/session.js';
import { tf } from './tfjs.js';

/** The engines, the preferred one first. */
export const ENGINE_NAMES = ['onnxruntime', 'tfjs-gpu', 'tfjs-node', 'cpu'] as const;
/** What computes, by name. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** The engine in use, for provenance: its name, its version, and how many threads it computes with. */
export interface EngineInfo {
  readonly name: EngineName;
  readonly version: string;
  readonly threads: number;
}

/** The optional engines and the packages that bring them. */
const PACKAGES = { 'tfjs-gpu': '@tensorflow/tfjs-node-gpu', 'tfjs-node': '@tensorflow/tfjs-node' } as const;

let current: EngineInfo | undefined;
/** The last selection under way. */
let selection: Promise<unknown> = Promise.resolve();

/** The engine in use, if one was chosen yet. */
export function currentEngine(): EngineInfo | undefined {
  return current;
}

/** Who needs the engine to stay what it is. */
const holders = new Set<{ readonly name: string }>();

/** An engine that stays in use until it is released. */
export interface HeldEngine {
  readonly info: EngineInfo;
  /** Idempotent. */
  release(): void;
}

/**
 * Selects the engine that everything runs on from now on.
 *
 * @param name an engine, or `auto`: COCONUT_LENS_ENGINE if set, else `tfjs-gpu` where it is installed and a GPU
 *   answers, else `onnxruntime`
 * @throws LensError if the engine is unknown, not installed, or finds no GPU, or another one is held
 */
export function useEngine(name: EngineName | 'auto' = 'auto'): Promise<EngineInfo> {
  return queued(() => choose(name));
}

/** The engine in use; chooses one automatically at the first call. */
export async function ensureEngine(): Promise<EngineInfo> {
  await selection.catch(() => undefined);
  return current ?? (await useEngine());
}

/**
 * The same as `useEngine`, or without a name as `ensureEngine`; and nobody can select another engine before it is released.
 *
 * @param holder who needs it, for messages
 * @throws as `useEngine`
 */
export function holdEngine(holder: string, name?: EngineName): Promise<HeldEngine> {
  return queued(async () => {
    const info = name === undefined && current !== undefined ? current : await choose(name ?? 'auto');
    const held = { name: holder };
    holders.add(held);
    return { info, release: () => void holders.delete(held) };
  });
}

/** One selection waits for another, so that `current` and tfjs's backend always agree. */
function queued<T>(step: () => Promise<T>): Promise<T> {
  const next = selection.catch(() => undefined).then(step);
  selection = next;
  return next;
}

async function choose(asked: EngineName | 'auto'): Promise<EngineInfo> {
  const name = asked === 'auto' ? (fromEnvironment() ?? (await automatic())) : requireKnown('engine', asked);
  const [holder] = holders;
  if (current !== undefined && name !== current.name && holders.size > 0)
    throw new LensError(
      `engine ${name}`,
      `there is one engine at a time, and ${holder.name} runs on ${current.name}`,
      'dispose of that first',
      'usage',
    );
  current = await select(name);
  return current;
}

/** Which optional engines could be loaded here, and why the others could not. For `doctor`. */
export async function probeEngines(): Promise<{ name: EngineName; available: boolean; detail: string }[]> {
  const probe = async (
    name: keyof typeof PACKAGES,
  ): Promise<{ name: EngineName; available: boolean; detail: string }> => {
    try {
      const { version, usesGpu } = await loadNative(name);
      const found = `${PACKAGES[name]} ${version}`;
      if (name === 'tfjs-gpu' && !usesGpu) return { name, available: false, detail: `${found} finds no GPU` };
      return { name, available: true, detail: `${found}${usesGpu ? ' on a GPU' : ''}` };
    } catch (error) {
      return { name, available: false, detail: (error as Error).message.split('\n')[0] };
    }
  };
  return [
    { name: 'onnxruntime', available: true, detail: `onnxruntime-node ${packageVersion('onnxruntime-node')}` },
    await probe('tfjs-gpu'),
    await probe('tfjs-node'),
    { name: 'cpu', available: true, detail: `tfjs ${tf.version['tfjs-core']} in JavaScript` },
  ];
}

function fromEnvironment(): EngineName | undefined {
  const asked = process.env['COCONUT_LENS_ENGINE'];
  if (asked === undefined || asked === '') return undefined;
  return requireKnown('COCONUT_LENS_ENGINE', asked);
}

function requireKnown(subject: string, asked: string): EngineName {
  const known = ENGINE_NAMES.find((name) => name === asked);
  if (known === undefined)
    throw new LensError(
      subject,
      `unknown engine (${asked})`,
      `use one of ${ENGINE_NAMES.join(', ')}${didYouMean(asked, ENGINE_NAMES)}`,
      'usage',
    );
  return known;
}

async function automatic(): Promise<EngineName> {
  if (!isInstalled(PACKAGES['tfjs-gpu'])) return 'onnxruntime';
  try {
    return (await loadNative('tfjs-gpu')).usesGpu ? 'tfjs-gpu' : 'onnxruntime';
  } catch {
    // A broken or driverless installation must not keep anybody from working; `doctor` says what is wrong with it.
    return 'onnxruntime';
  }
}

async function select(name: EngineName): Promise<EngineInfo> {
  switch (name) {
    case 'onnxruntime':
      registerKernels();
      await useLazyBackend();
      return { name, version: packageVersion('onnxruntime-node'), threads: threadCount() };
    case 'cpu':
      await tf.setBackend('cpu');
      return { name, version: tf.version['tfjs-core'], threads: 1 };
    case 'tfjs-gpu':
    case 'tfjs-node': {
      const { version, usesGpu } = await loadNative(name);
      if (name === 'tfjs-gpu' && !usesGpu)
        throw new LensError(
          'engine tfjs-gpu',
          'no GPU answers',
          'check the CUDA 11.2 driver, or use --engine onnxruntime',
        );
      await tf.setBackend('tensorflow');
      return { name, version, threads: availableParallelism() };
    }
  }
}

async function loadNative(name: keyof typeof PACKAGES): Promise<{ version: string; usesGpu: boolean }> {
  const specifier = PACKAGES[name];
  if (!isInstalled(specifier))
    throw new LensError(
      `engine ${name}`,
      `${specifier} is not installed`,
      `npm install ${specifier}@4.22.0 (Node 20 or 22)`,
    );
  const before = tf.getBackend();
  try {
    await import(specifier);
    // Loading it selects its backend; which engine is in use is decided elsewhere.
    if (before) await tf.setBackend(before);
  } catch (error) {
    throw new LensError(
      `engine ${name}`,
      `${specifier} does not load (${(error as Error).message.split('\n')[0]})`,
      'reinstall it, or use --engine onnxruntime',
      'failure',
      error,
    );
  }
  const backend: unknown = tf.findBackend('tensorflow');
  const usesGpu = (backend as { isUsingGpuDevice?: boolean } | null)?.isUsingGpuDevice === true;
  return { version: packageVersion(specifier), usesGpu };
}

const require = createRequire(import.meta.url);

function isInstalled(specifier: string): boolean {
  try {
    require.resolve(`${specifier}/package.json`);
    return true;
  } catch {
    return false;
  }
}

const packageVersion = (specifier: string): string =>
  (require(`${specifier}/package.json`) as { version: string }).version;
