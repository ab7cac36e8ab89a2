import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const OWN = require('../package.json') as { readonly name: string; readonly version: string };

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/**
 * The version of an installed package, or undefined where it is not installed. Found by walking up from the package's
 * entry: `exports` may keep its package.json from being asked for by name, and a package.json without name or version may
 * lie in between (`dist/package.json` with only a `type`).
 */
export function installedVersion(name: string): string | undefined {
  if (name === OWN.name) return OWN.version;
  let folder: string;
  try {
    folder = dirname(require.resolve(name));
  } catch {
    return undefined;
  }
  for (;;) {
    const manifest = readManifest(folder);
    if (manifest?.name === name && manifest.version !== undefined) return manifest.version;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** This package's own version. */
export const VERSION = OWN.version;

/** The packages, besides Node and this one, that numbers depend on. */
export const NUMERIC_PACKAGES = ['apache-arrow', '@tensorflow/tfjs', 'onnxruntime-node'] as const;

/** The versions that the numbers of an artefact depend on. */
export function versions(): Record<string, string> {
  const installed = NUMERIC_PACKAGES.map((name) => [name, installedVersion(name)] as const);
  return {
    'coconut-lens': VERSION,
    node: process.versions.node,
    ...Object.fromEntries(installed.filter((entry): entry is [(typeof entry)[0], string] => entry[1] !== undefined)),
  };
}
