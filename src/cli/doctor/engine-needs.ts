import type { Cuda, Library } from './cuda.js';
import type { Requirement } from './finding.js';
import type { Machine } from './machine.js';

/** tfjs-node 4.22 and tfjs-node-gpu 4.22 do not load on later versions. */
const LAST_NODE = 22;
/** TensorFlow 2.9, which tfjs-node-gpu 4.22 brings, was built with CUDA 11.2 and cuDNN 8.1; later 11.x and 8.x do. */
const CUDA = { major: 11, minor: 2 };
const CUDNN = { major: 8, minor: 1 };
/** The first driver that CUDA 11's minor-version compatibility asks for (450.80.02 on Linux, 452.39 on Windows). */
const DRIVER = 450;

/** What one of the TensorFlow engines needs, each with what there is. */
export function tensorflowNeeds(
  specifier: string,
  version: string | undefined,
  { nodeVersion, platform, arch }: Pick<Machine, 'nodeVersion' | 'platform' | 'arch'>,
  cuda: Cuda | undefined,
): Requirement[] {
  const isOld = Number(nodeVersion.split('.')[0]) <= LAST_NODE;
  return [
    {
      name: 'package',
      met: version !== undefined,
      detail:
        version === undefined
          ? `${specifier} is not installed: npm install ${specifier}@4.22.0`
          : `${specifier} ${version}`,
    },
    {
      name: 'Node',
      met: isOld,
      detail: isOld ? nodeVersion : `${nodeVersion} is too new: use Node 20 or 22`,
    },
    ...(cuda === undefined ? [] : cudaNeeds(cuda, platform, arch)),
  ];
}

function cudaNeeds(cuda: Cuda, platform: NodeJS.Platform, arch: string): Requirement[] {
  if ((platform !== 'linux' && platform !== 'win32') || arch !== 'x64') {
    const detail = `${platform} ${arch}: only for Linux and Windows on x64`;
    return [{ name: 'platform', met: false, detail }];
  }
  const { toolkit, runtimes, cudnn, driver } = cuda;
  const words = toolkit === undefined ? 'no toolkit' : `toolkit ${toolkit.version} (${toolkit.from})`;
  const isNew = driver !== undefined && Number.parseInt(driver.version, 10) >= DRIVER;
  return [
    libraryNeed('CUDA', runtimes, CUDA, platform, words),
    libraryNeed('cuDNN', cudnn, CUDNN, platform),
    {
      name: 'driver',
      met: isNew,
      detail:
        driver === undefined
          ? 'nvidia-smi answers nothing: no NVIDIA driver or no GPU'
          : `${driver.version}, ${driver.gpus.join(', ')}${isNew ? '' : `; ${DRIVER} or later is needed`}`,
    },
  ];
}

function libraryNeed(
  name: string,
  found: readonly Library[],
  least: { readonly major: number; readonly minor: number },
  platform: NodeJS.Platform,
  words?: string,
): Requirement {
  const fitting = found.filter(({ version }) => fits(version, least));
  const loadable = fitting.find(({ onLoaderPath }) => onLoaderPath);
  const wanted = `${least.major}.${least.minor} or a later ${least.major}.x is needed`;
  const show = ({ version, path }: Library): string => `${version} (${path})`;
  if (loadable !== undefined) return { name, met: true, detail: show(loadable) };
  if (fitting.length > 0) {
    const variable = platform === 'win32' ? 'PATH' : 'LD_LIBRARY_PATH';
    return {
      name,
      met: false,
      detail: `${show(fitting[0])} is not where the loader looks: add its folder to ${variable}`,
    };
  }
  const libraries = found.length === 0 ? 'no library' : found.map(show).join(', ');
  return { name, met: false, detail: `${libraries}${words === undefined ? '' : `, ${words}`}; ${wanted}` };
}

/** A version of two parts at most is that of a soname: `11.0` and `8` stand for every 11.x and 8.x. */
function fits(version: string, { major, minor }: { readonly major: number; readonly minor: number }): boolean {
  const [ownMajor, ownMinor = 0, ...rest] = version.split('.').map(Number);
  return ownMajor === major && (ownMinor >= minor || rest.length === 0);
}
