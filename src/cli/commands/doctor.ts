import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { freemem, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { engineLine } from '../../engine-line.js';
import { provenance } from '../../provenance.js';
import { alignColumns } from '../../align-columns.js';
import type { EngineInfo, EngineName } from '../../tensor/index.js';
import { installedVersion, VERSION } from '../../version.js';
import { defineCommand } from '../command.js';
import { findCuda, type Cuda } from '../doctor/cuda.js';
import { tensorflowNeeds } from '../doctor/engine-needs.js';
import { findingRows, unmet, type Finding } from '../doctor/finding.js';
import { thisMachine, type Machine } from '../doctor/machine.js';
import { nodeFinding, npmFinding } from '../doctor/runtime.js';
import { tslabFinding } from '../doctor/tslab.js';
import { engineFlag } from '../flags.js';

const GIB = 2 ** 30;

/** The packages of the optional engines, and whether they compute on a GPU. */
const TENSORFLOW: Partial<Record<EngineName, { readonly specifier: string; readonly onGpu: boolean }>> = {
  'tfjs-gpu': { specifier: '@tensorflow/tfjs-node-gpu', onGpu: true },
  'tfjs-node': { specifier: '@tensorflow/tfjs-node', onGpu: false },
};

/** Chooses the engine as every command does, and computes something with it. */
async function engineInUse(name: EngineName | undefined, { processors }: Machine): Promise<Finding[]> {
  const { runProgram, ops, useEngine } = await import('../../tensor/index.js');
  const inUse = (state: Finding['state'], detail: string): Finding => ({ name: 'engine in use', state, detail });
  let info: EngineInfo;
  let sum: number;
  try {
    info = await useEngine(name);
    const one = { data: Float32Array.of(1), shape: [1], dtype: 'float32' } as const;
    sum = (await runProgram(({ x }) => ({ sum: ops.add(x, x) }), { x: one })).sum.data[0];
  } catch (error) {
    return [inUse('broken', error instanceof Error ? error.message : String(error))];
  }
  const threads = `${info.threads} compute; this process may use ${processors} processors`;
  return [
    sum === 2
      ? inUse('ok', engineLine(info).replace('engine: ', ''))
      : inUse('broken', `${info.name} computes 1 + 1 = ${sum}`),
    { name: 'threads', state: 'ok', detail: threads },
  ];
}

/** Every engine that there could be, and why it is or is not usable. */
async function engineCandidates(machine: Machine, cuda: Cuda): Promise<Finding[]> {
  const { probeEngines } = await import('../../tensor/index.js');
  return (await probeEngines()).map(({ name, available, detail }): Finding => {
    const state = available ? 'ok' : 'absent';
    const found = { name: `engine ${name}`, state, detail: detail.replace(`engine ${name}: `, '') } as const;
    const { specifier, onGpu = false } = TENSORFLOW[name] ?? {};
    if (specifier === undefined) return found;
    const version = installedVersion(specifier);
    const requirements = tensorflowNeeds(specifier, version, machine, onGpu ? cuda : undefined);
    // What is installed and does not load has a reason of its own.
    if (version !== undefined) return { ...found, requirements };
    return { ...found, detail: `missing: ${unmet(requirements).join(', ')}`, requirements };
  });
}

async function temporaryFolder(): Promise<Finding> {
  const base = tmpdir();
  try {
    await access(base, constants.W_OK);
    const folder = await mkdtemp(join(base, 'coconut-lens-'));
    await writeFile(join(folder, 'probe'), 'x');
    await rm(folder, { recursive: true });
    return { name: 'temporary folder', state: 'ok', detail: `${base} can be written` };
  } catch (error) {
    return { name: 'temporary folder', state: 'broken', detail: `${base}: ${String(error)}; set TMPDIR to another` };
  }
}

function memory(): Finding {
  // A Node that is too old has no such function, and is to be told so.
  const free = 'availableMemory' in process ? process.availableMemory() : freemem();
  const [available, total] = [free, totalmem()].map((bytes) => (bytes / GIB).toFixed(1));
  return { name: 'memory', state: 'ok', detail: `${available} of ${total} GiB available to this process` };
}

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'look at this machine: Node, npm, engines, CUDA, memory, tslab, and what is missing',
  flags: { engine: engineFlag },
  examples: ['doctor'],
  abandoned: true,
  async run(flags, context) {
    const machine = thisMachine();
    const cuda = await findCuda(machine);
    const findings = [
      nodeFinding(machine),
      await npmFinding(machine),
      ...(await engineInUse(flags.engine, machine)),
      ...(await engineCandidates(machine, cuda)),
      memory(),
      await temporaryFolder(),
      { name: 'telemetry', state: 'ok' as const, detail: 'of ONNX Runtime, switched off' },
      await tslabFinding(machine, installedVersion('tslab')),
    ];
    const broken = findings.filter(({ state }) => state === 'broken').map((finding) => finding.name);
    return {
      json: {
        kind: 'doctor',
        ...provenance(context, {}),
        healthy: broken.length === 0,
        findings,
        cuda,
      },
      text: alignColumns([['coconut-lens', '', VERSION], ...findings.flatMap(findingRows)], 3),
      ...(broken.length === 0 ? {} : { failedCheck: `doctor: ${broken.join(', ')} must be mended` }),
    };
  },
});
