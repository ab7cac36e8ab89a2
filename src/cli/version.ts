import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The version of an installed package, or undefined where it is not installed. */
export function installedVersion(name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** This package's own version. */
export const VERSION = (require('../../package.json') as { version: string }).version;
