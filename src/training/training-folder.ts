import { createHash } from 'node:crypto';
import { appendFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reportingFileErrors } from '../checkpoint/index.js';
import { onDisk } from '../disk-error.js';
import { z } from 'zod';
import { LensError } from '../errors.js';
import { parseJsonDocument } from '../json-text.js';
import { FolderLock, LOCK } from '../folder-lock.js';
import { makeFolder } from '../make-folder.js';
import { outputFolder } from '../output-path.js';
import { LONGEST_TEXT, readInput } from '../read-input.js';
import { writeFileWhole } from '../write-file.js';
import { metricsSchema } from './metrics-figure.js';
import { readState, writeState, type Checkpoint } from './state.js';

/** What a training depends on; two trainings are one and the same if this is. */
export type TrainingFacts = Readonly<Record<string, unknown>>;

/** One line of metrics.jsonl: what happened since the line before. */
export interface Metrics {
  readonly phase: string;
  /** The step it was written after, of the phase and of all phases; from 1. */
  readonly step: number;
  readonly total: number;
  /** Mean over the steps, in nats. */
  readonly loss: number;
  /** Of the last step's gradients together, before clipping. */
  readonly norm: number;
  readonly learningRate: number;
  /** On the phase's validation questions, where it has any. */
  readonly accuracy?: number | undefined;
  /** Of these, by the depth of the target: how many were answered right, of how many. Not of recall. */
  readonly byDepth?: Readonly<Record<string, readonly [right: number, asked: number]>> | undefined;
  /** Wall time of a step, and of what the engine did of it; means. */
  readonly msPerStep: number;
  readonly engineMsPerStep: number;
}

export const FACTS = 'training.json';
const METRICS = 'metrics.jsonl';
const CHECKPOINT = 'checkpoint.safetensors';
const lineSchema = metricsSchema.extend({
  step: z.int().positive(),
  norm: z.number(),
  learningRate: z.number(),
  msPerStep: z.number(),
  engineMsPerStep: z.number(),
});

/** What an interrupted write leaves. */
const LEFT_OVER = /^\..*\.tmp$/;

/**
 * The folder of a training: training.json (configuration, seed, data), metrics.jsonl and the last checkpoint; the model
 * comes to stand beside them. Whatever moment it is killed at, it can be gone on with.
 */
export class TrainingFolder {
  private constructor(
    readonly path: string,
    /** SHA-256 of training.json, which every checkpoint names. */
    private readonly run: string,
    private readonly lock: FolderLock,
  ) {}

  /**
   * Makes the folder of a new training, or opens that of an interrupted one.
   *
   * @param resume whether an interrupted training may be gone on with
   * @throws LensError if the folder holds anything else, another training, or cannot be written
   */
  static async open(path: string, facts: TrainingFacts, resume: boolean): Promise<TrainingFolder> {
    const text = `${JSON.stringify(facts, undefined, 2)}\n`;
    const run = createHash('sha256').update(text).digest('hex');
    await onDisk(path, 'could not be made', async () => makeFolder(await outputFolder(path)));
    // Before the lock, which would leave a file in somebody else's folder.
    await ownFiles(path);
    const lock = await FolderLock.take(path);
    try {
      await claim(path, text, facts, resume);
    } catch (error) {
      await lock.release(path);
      throw error;
    }
    return new TrainingFolder(path, run, lock);
  }

  /** The last checkpoint, undefined if none was written yet, and the metrics up to it; those after it are dropped. */
  async load(
    shapes: ReadonlyMap<string, readonly number[]>,
  ): Promise<{ readonly state: Checkpoint | undefined; readonly metrics: readonly Metrics[] }> {
    const files = await reportingFileErrors(this.path, 'read', () => readdir(this.path));
    const state = files.includes(CHECKPOINT)
      ? await readState(join(this.path, CHECKPOINT), shapes, this.run)
      : undefined;
    if (!files.includes(METRICS)) return { state, metrics: [] };
    const path = join(this.path, METRICS);
    const bytes = await reportingFileErrors(path, 'read', () => readInput(path, LONGEST_TEXT));
    // The last line may be half written.
    const lines = bytes.toString('utf8').split('\n').slice(0, -1);
    const all = lines.map((line, i) => ({ line, metrics: parseMetrics(path, i, line) }));
    const kept = all.filter(({ metrics }) => metrics.total <= (state?.total ?? 0));
    await writeFileWhole(path, kept.map(({ line }) => `${line}\n`).join(''));
    return { state, metrics: kept.map(({ metrics }) => metrics) };
  }

  async save(checkpoint: Checkpoint): Promise<void> {
    await writeState(join(this.path, CHECKPOINT), checkpoint, this.run);
  }

  async log(metrics: Metrics): Promise<void> {
    const path = join(this.path, METRICS);
    await reportingFileErrors(path, 'written', () => appendFile(path, `${JSON.stringify(metrics)}\n`));
  }

  /** Lets other processes write to the folder. */
  async close(): Promise<void> {
    await this.lock.release(this.path);
  }
}

/**
 * What lies in a folder, if it is empty or a training's.
 *
 * @throws LensError if it holds anything else
 */
async function ownFiles(path: string): Promise<string[]> {
  const all = await reportingFileErrors(path, 'read', () => readdir(path));
  const files = all.filter((name) => name !== LOCK);
  if (files.includes(FACTS)) return files;
  // A training killed while it wrote its first file has left a part of it.
  const other = files.find((file) => !file.startsWith(`.${FACTS}.`) || !LEFT_OVER.test(file));
  if (other === undefined) return files;
  throw new LensError(path, `holds other files (${other})`, 'choose a new folder for --out', 'usage');
}

/** Makes a new folder that of this training, or finds that it already is. */
async function claim(path: string, text: string, facts: TrainingFacts, resume: boolean): Promise<void> {
  const files = await ownFiles(path);
  if (!files.includes(FACTS)) {
    await removeLeftOvers(path, files);
    await writeFileWhole(join(path, FACTS), text);
    return;
  }
  if (!resume) throw new LensError(path, 'holds a training', 'go on with --resume, or choose another --out', 'usage');
  const bytes = await reportingFileErrors(path, 'read', () => readInput(join(path, FACTS)));
  const held = bytes.toString('utf8');
  if (held !== text) {
    throw new LensError(
      path,
      `holds a training of another kind (${differing(held, facts).join(', ')})`,
      'resume it with what it was begun with, or choose another --out',
      'usage',
    );
  }
  await removeLeftOvers(path, files);
}

async function removeLeftOvers(path: string, files: readonly string[]): Promise<void> {
  for (const file of files.filter((name) => LEFT_OVER.test(name))) await rm(join(path, file), { force: true });
}

/** @throws LensError naming the line, if it is none of metrics */
function parseMetrics(path: string, index: number, line: string): Metrics {
  try {
    return lineSchema.parse(parseJsonDocument(line));
  } catch (error) {
    const subject = `${path} line ${index + 1}`;
    throw new LensError(subject, 'is damaged', 'delete that line, then go on with --resume', 'failure', error);
  }
}

/** The names of the facts that two trainings differ in, such as `config.phases.0.steps`. */
function differing(held: string, facts: TrainingFacts): string[] {
  let other: unknown;
  try {
    other = parseJsonDocument(held);
  } catch {
    return [FACTS];
  }
  // As JSON has it: what is undefined is not there.
  const names = differences(other, JSON.parse(JSON.stringify(facts)), '');
  return names.length > 0 ? names : [FACTS];
}

function differences(a: unknown, b: unknown, name: string): string[] {
  if (!isObject(a) || !isObject(b)) return JSON.stringify(a) === JSON.stringify(b) ? [] : [name || FACTS];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => differences(a[key], b[key], name === '' ? key : `${name}.${key}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
