import { describe, expect, it } from 'vitest';
import { findCuda } from '../../../src/cli/doctor/cuda.js';
import { tensorflowNeeds } from '../../../src/cli/doctor/engine-needs.js';
import { machineWith, type Described } from './machine.js';

const SMI = 'nvidia-smi --query-gpu=driver_version,memory.total,name --format=csv,noheader';
const LIB = '/usr/lib/x86_64-linux-gnu';

/** What tfjs-node-gpu 4.22 was built for. */
const fit: Described = {
  files: {
    '/usr/local/cuda/version.json': '{"cuda": {"name": "CUDA SDK", "version": "11.2.20210106"}, "cuda_nvcc": {}}',
    '/usr/local/cuda/lib64/libcudart.so.11.2.152': '',
    [`${LIB}/libcudnn.so.8.1.0`]: '',
  },
  links: {
    '/usr/local/cuda/lib64/libcudart.so.11.0': '/usr/local/cuda/lib64/libcudart.so.11.2.152',
    [`${LIB}/libcudnn.so.8`]: `${LIB}/libcudnn.so.8.1.0`,
  },
  programs: {
    'ldconfig -p': [
      '2 libs found in cache',
      '\tlibcudart.so.11.0 (libc6,x86-64) => /usr/local/cuda/lib64/libcudart.so.11.0',
      `\tlibcudnn.so.8 (libc6,x86-64) => ${LIB}/libcudnn.so.8`,
    ].join('\n'),
    [SMI]: '535.104.05, 40960 MiB, NVIDIA A100-SXM4-40GB\n535.104.05, 8192 MiB, NVIDIA T1000 8GB\n',
  },
};

describe('findCuda', () => {
  it('tells toolkit, libraries and driver from files and programs alone', async () => {
    expect(await findCuda(machineWith(fit))).toEqual({
      toolkit: { version: '11.2.20210106', from: '/usr/local/cuda/version.json' },
      // Found twice, by folder and by the loader; the end of the links has the version.
      runtimes: [{ version: '11.2.152', path: '/usr/local/cuda/lib64/libcudart.so.11.0', onLoaderPath: true }],
      cudnn: [{ version: '8.1.0', path: `${LIB}/libcudnn.so.8.1.0`, onLoaderPath: true }],
      driver: { version: '535.104.05', gpus: ['NVIDIA A100-SXM4-40GB (40960 MiB)', 'NVIDIA T1000 8GB (8192 MiB)'] },
    });
  });

  it('finds nothing on a machine without it', async () => {
    expect(await findCuda(machineWith())).toEqual({ runtimes: [], cudnn: [] });
    expect(await findCuda(machineWith({ platform: 'darwin' }))).toEqual({ runtimes: [], cudnn: [] });
  });

  it.each<[string, Described, object]>([
    ['version.txt', { files: { '/usr/local/cuda/version.txt': 'CUDA Version 10.1.243\n' } }, { version: '10.1.243' }],
    [
      'the name of the folder',
      { files: { '/usr/local/cuda-13.0/bin/nvcc': '' } },
      { version: '13.0', from: '/usr/local/cuda-13.0' },
    ],
    ['where a link leads', { links: { '/opt/cuda': '/opt/cuda-12.4' } }, { version: '12.4', from: '/opt/cuda-12.4' }],
    [
      'CUDA_HOME before all others',
      {
        env: { CUDA_HOME: '/home/ada/cuda' },
        files: {
          '/home/ada/cuda/version.txt': 'CUDA Version 11.2.0',
          '/usr/local/cuda/version.txt': 'CUDA Version 12.0.0',
        },
      },
      { version: '11.2.0', from: '/home/ada/cuda/version.txt' },
    ],
    [
      'CUDA_PATH on Windows',
      {
        platform: 'win32',
        env: { CUDA_PATH: 'C:\\CUDA\\v11.2' },
        files: { 'C:\\CUDA\\v11.2\\bin\\nvcc.exe': '' },
      },
      { version: '11.2' },
    ],
    [
      'the next place where version.json is damaged',
      {
        files: { '/usr/local/cuda/version.json': '{"cuda": 11', '/usr/local/cuda/version.txt': 'CUDA Version 11.0.1' },
      },
      { version: '11.0.1' },
    ],
    [
      'the next place where version.json is of another shape',
      { files: { '/usr/local/cuda/version.json': '{"cuda": "11"}', '/opt/cuda/version.txt': 'CUDA Version 12.1' } },
      { version: '12.1' },
    ],
  ])('reads the version off %s', async (_, described, toolkit) => {
    expect((await findCuda(machineWith(described))).toolkit).toMatchObject(toolkit);
  });

  it('asks ldconfig where it is not on the path, and knows folders of LD_LIBRARY_PATH as the loader does', async () => {
    const cuda = await findCuda(
      machineWith({
        env: { LD_LIBRARY_PATH: ':/opt/a' },
        files: { '/opt/a/libcudart.so.12.4.99': '', '/opt/a/libcudart.so': '', '/opt/cuda/lib64/libcudnn.so.9': '' },
        programs: { '/sbin/ldconfig -p': '\tlibcudnn.so.7 (libc6,x86-64) => /opt/b/libcudnn.so.7\n' },
      }),
    );
    expect(cuda.runtimes).toEqual([{ version: '12.4.99', path: '/opt/a/libcudart.so.12.4.99', onLoaderPath: true }]);
    expect(cuda.cudnn).toEqual([
      { version: '9', path: '/opt/cuda/lib64/libcudnn.so.9', onLoaderPath: false },
      { version: '7', path: '/opt/b/libcudnn.so.7', onLoaderPath: true },
    ]);
  });

  it('finds the DLLs of Windows', async () => {
    const cuda = await findCuda(
      machineWith({
        platform: 'win32',
        env: { CUDA_PATH: 'C:\\CUDA', PATH: 'C:\\Windows;C:\\cudnn\\bin' },
        files: { 'C:\\CUDA\\bin\\cudart64_110.dll': '', 'C:\\cudnn\\bin\\cudnn64_8.dll': '' },
      }),
    );
    expect(cuda.runtimes).toEqual([{ version: '11.0', path: 'C:\\CUDA\\bin\\cudart64_110.dll', onLoaderPath: false }]);
    expect(cuda.cudnn).toEqual([{ version: '8', path: 'C:\\cudnn\\bin\\cudnn64_8.dll', onLoaderPath: true }]);
  });
});

describe('tensorflowNeeds', () => {
  async function needs(described: Described, version?: string): Promise<Record<string, [boolean, string]>> {
    const machine = machineWith(described);
    const found = tensorflowNeeds('@tensorflow/tfjs-node-gpu', version, machine, await findCuda(machine));
    return Object.fromEntries(found.map(({ name, met, detail }) => [name, [met, detail]]));
  }

  it('are met on the machine that tfjs-node-gpu was built for', async () => {
    const found = await needs(fit, '4.22.0');
    expect(Object.keys(found)).toEqual(['package', 'Node', 'CUDA', 'cuDNN', 'driver']);
    expect(Object.values(found).every(([met]) => met)).toBe(true);
  });

  it('each say what is missing', async () => {
    expect(await needs({ nodeVersion: '23.1.0' })).toEqual({
      package: [false, '@tensorflow/tfjs-node-gpu is not installed: npm install @tensorflow/tfjs-node-gpu@4.22.0'],
      Node: [false, '23.1.0 is too new: use Node 20 or 22'],
      CUDA: [false, 'no library, no toolkit; 11.2 or a later 11.x is needed'],
      cuDNN: [false, 'no library; 8.1 or a later 8.x is needed'],
      driver: [false, 'nvidia-smi answers nothing: no NVIDIA driver or no GPU'],
    });
  });

  it.each([
    ['libcudart.so.12.4.127', false],
    ['libcudart.so.11.0.221', false],
    ['libcudart.so.11.1.74', false],
    ['libcudart.so.11.2.152', true],
    ['libcudart.so.11.8.89', true],
    // The soname of every 11.x: it does not say which.
    ['libcudart.so.11.0', true],
    ['libcudart.so.13', false],
  ])('judge %s', async (name, met) => {
    const { CUDA } = await needs({ files: { [`${LIB}/${name}`]: '' } });
    expect(CUDA).toEqual([met, expect.stringContaining(`${LIB}/${name}`)]);
  });

  it('name the folder that the loader does not look into, and a driver that is too old', async () => {
    const { CUDA, cuDNN, driver } = await needs({
      files: { '/usr/local/cuda-11.2/lib64/libcudart.so.11.2.152': '', '/opt/cuda/lib64/libcudnn.so.7.6.5': '' },
      programs: { [SMI]: '418.226.00, 16280 MiB, Tesla P100\n' },
    });
    expect(CUDA).toEqual([
      false,
      '11.2.152 (/usr/local/cuda-11.2/lib64/libcudart.so.11.2.152) is not where the loader looks: add its folder to LD_LIBRARY_PATH',
    ]);
    expect(cuDNN).toEqual([false, '7.6.5 (/opt/cuda/lib64/libcudnn.so.7.6.5); 8.1 or a later 8.x is needed']);
    expect(driver).toEqual([false, '418.226.00, Tesla P100 (16280 MiB); 450 or later is needed']);
  });

  it('know that there is none for a Mac or for ARM, and ask tfjs-node for no CUDA', async () => {
    expect(await needs({ platform: 'darwin', arch: 'arm64' }, '4.22.0')).toMatchObject({
      platform: [false, 'darwin arm64: only for Linux and Windows on x64'],
    });
    expect((await needs({ arch: 'arm64' }))['platform'][0]).toBe(false);
    const plain = tensorflowNeeds('@tensorflow/tfjs-node', undefined, machineWith(), undefined);
    expect(plain.map(({ name }) => name)).toEqual(['package', 'Node']);
  });
});
