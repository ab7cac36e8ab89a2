// The main probe's cost: membership of 23 nodes, 3,000 graphs x 6 thoughts x 768 numbers, penalties chosen inside.
import { crossFitNodes } from '../src/probe/index.js';
import { useEngine } from '../src/tensor/index.js';
import { createRandom } from '../src/random.js';

const [GRAPHS, THOUGHTS, COLUMNS, NODES] = [3000, 6, 768, 23];
const RANK = 200;

const engine = await useEngine();
const random = createRandom(1).fork('bench');
const rows = GRAPHS * THOUGHTS;
// Thoughts are far from isotropic: directions of falling size, mixed into all columns, with some noise.
const mixing = Float32Array.from({ length: RANK * COLUMNS }, () => random.normal());
const values = new Float32Array(rows * COLUMNS);
const labels = new Int8Array(rows * NODES);
for (let r = 0; r < rows; r++) {
  const row = values.subarray(r * COLUMNS, (r + 1) * COLUMNS);
  for (let c = 0; c < COLUMNS; c++) row[c] = 0.3 * random.normal();
  for (let k = 0; k < RANK; k++) {
    const amount = random.normal() / (1 + 0.2 * k);
    if (k < NODES) labels[r * NODES + k] = random.uniform() < 0.1 ? -1 : Number(amount + 0.2 * random.normal() > 0.5);
    for (let c = 0; c < COLUMNS; c++) row[c] += amount * mixing[k * COLUMNS + c];
  }
}
const groups = Int32Array.from({ length: rows }, (_, r) => Math.floor(r / THOUGHTS));
const started = performance.now();
const before = process.cpuUsage();
const fit = await crossFitNodes({
  thoughts: { rows, columns: COLUMNS, values },
  labels,
  groups,
  nodes: NODES,
  variant: 'perNode',
  seed: 1,
});
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(before);
for (const { fold, penalty, iterations, gradientNorm } of fit.fits)
  console.log(`fold ${fold}: penalty ${penalty}, ${iterations} steps, gradient ${gradientNorm.toExponential(1)}`);
console.log(
  JSON.stringify({
    bench: 'probe',
    engine: engine.name,
    threads: engine.threads,
    rows,
    columns: COLUMNS,
    nodes: NODES,
    fits: fit.inner.fits + fit.fits.length,
    unconverged: fit.inner.unconverged + fit.fits.filter(({ converged }) => !converged).length,
    seconds: Number(seconds.toFixed(1)),
    cpuSeconds: Math.round((cpu.user + cpu.system) / 1e6),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
