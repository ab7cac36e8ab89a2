import { readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { createJiti } from 'jiti';
import { z } from 'zod';
import { LensError } from '../errors.js';
import type { ProbeSpec } from './spec.js';

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs'];

const label = z.custom<(...values: never[]) => unknown>((value) => typeof value === 'function', 'expected a function');

const head = {
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words with hyphens'),
  question: z.string().min(1, 'expected a sentence'),
  reads: z.strictObject({ activation: z.string().min(1), head: z.int().nonnegative().optional() }).optional(),
  label,
  control: z.union(
    [z.literal('otherSide'), label],
    'expected "otherSide" or a function: a probe without a control says nothing',
  ),
  controlWords: z.string().min(1).optional(),
};

const schema = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('node'), ...head }),
      z.strictObject({
        kind: z.literal('class'),
        ...head,
        classes: z.array(z.string().min(1)).min(2, 'expected two or more'),
        allThoughts: z.boolean().optional(),
      }),
      z.strictObject({ kind: z.literal('number'), ...head }),
    ],
    'expected "node", "class" or "number"',
  )
  .refine(({ control, controlWords }) => control === 'otherSide' || controlWords !== undefined, {
    path: ['controlWords'],
    message: 'expected what the control task is, in words',
  });

/**
 * Checks what a file exports as a probe.
 *
 * @param subject the file, for messages
 * @throws LensError that names the file and the field
 */
export function parseSpec(subject: string, value: unknown): ProbeSpec {
  if (typeof value !== 'object' || value === null)
    throw new LensError(subject, 'exports no probe as its default', 'export default defineProbe({ ... })');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as ProbeSpec;
  const [{ path, message }] = parsed.error.issues;
  throw new LensError(subject, `${path.join('.') || 'probe'}: ${message}`, 'see docs/probes.md');
}

/**
 * Loads the probes of a folder: every .ts, .mts, .js or .mjs file in it, one probe each, in the order of their names.
 * TypeScript needs no build. A file imports `coconut-lens` and its subpaths by their names wherever it lies: it gets this
 * very program.
 *
 * @param modules the package's entry points, by their names
 * @throws LensError that names the file, where one does not load or exports no probe, or two have the same name
 */
export async function loadProbes(
  folder: string,
  modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<ProbeSpec[]> {
  let files: string[];
  try {
    files = await readdir(folder);
  } catch (error) {
    throw new LensError(
      '--probes',
      `cannot be read (${folder}: ${(error as Error).message})`,
      'name a folder of probe files',
      'usage',
    );
  }
  const names = files.filter((file) => EXTENSIONS.includes(extname(file)) && !file.endsWith('.d.ts')).sort();
  const jiti = createJiti(join(resolve(folder), 'index.js'), {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: modules,
  });
  const specs: ProbeSpec[] = [];
  for (const file of names) {
    const path = join(folder, file);
    const spec = parseSpec(path, await importDefault(jiti, path));
    const same = specs.findIndex(({ name }) => name === spec.name);
    if (same >= 0)
      throw new LensError(
        path,
        `name: there is one already (${spec.name}, ${basename(names[same])})`,
        'give it another',
      );
    specs.push(spec);
  }
  return specs;
}

async function importDefault(jiti: ReturnType<typeof createJiti>, path: string): Promise<unknown> {
  try {
    return (await jiti.import<{ readonly default?: unknown }>(resolve(path))).default;
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw new LensError(path, `does not load (${reason})`, 'mend the file');
  }
}
