import type { Machine } from '../../../src/cli/doctor/machine.js';

/** A machine as a test describes it. */
export interface Described extends Partial<Omit<Machine, 'readText' | 'list' | 'realPath' | 'run'>> {
  /** Path -> text; folders are there because something is in them. */
  readonly files?: Readonly<Record<string, string>>;
  /** Link -> where it leads. */
  readonly links?: Readonly<Record<string, string>>;
  /** Program and words -> what it prints. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** Linux on x64 with Node 20.19.0 and nothing else, but for what is described. */
export function machineWith({ files = {}, links = {}, programs = {}, ...rest }: Described = {}): Machine {
  const paths = [...Object.keys(files), ...Object.keys(links)];
  const separator = rest.platform === 'win32' ? '\\' : '/';
  return {
    platform: 'linux',
    arch: 'x64',
    nodeVersion: '20.19.0',
    env: {},
    home: '/home/ada',
    processors: 4,
    ...rest,
    readText: (path) => Promise.resolve(files[path]),
    list: (folder) => {
      const below = paths.filter((path) => path.startsWith(`${folder}${separator}`));
      return Promise.resolve([...new Set(below.map((path) => path.slice(folder.length + 1).split(separator)[0]))]);
    },
    realPath: (path) => {
      const known = paths.some((other) => other === path || other.startsWith(`${path}${separator}`));
      return Promise.resolve(links[path] ?? (known ? path : undefined));
    },
    run: (program, words) => Promise.resolve(programs[[program, ...words].join(' ')]),
  };
}
