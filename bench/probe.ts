// The main probe's cost: membership of every node, penalties chosen inside.
import { crossFitNodes } from '../src/probe/index.js';
import { createRandom } from '../src/random.js';
import { useEngine } from '../src/tensor/index.js';
import { defineBench } from './kit/bench.js';

export default defineBench({
  sizes: {
    full: { graphs: 3000, thoughts: 6, columns: 768, nodes: 23, rank: 200 },
    smoke: { graphs: 60, thoughts: 2, columns: 16, nodes: 3, rank: 8 },
  },
  async run({ graphs, thoughts, columns, nodes, rank }) {
    const engine = await useEngine();
    const random = createRandom(1).fork('bench');
    const rows = graphs * thoughts;
    // Thoughts are far from isotropic: directions of falling size, mixed into all columns, with some noise.
    const mixing = Float32Array.from({ length: rank * columns }, () => random.normal());
    const values = new Float32Array(rows * columns);
    const labels = new Int8Array(rows * nodes);
    for (let r = 0; r < rows; r++) {
      const row = values.subarray(r * columns, (r + 1) * columns);
      for (let c = 0; c < columns; c++) row[c] = 0.3 * random.normal();
      for (let k = 0; k < rank; k++) {
        const amount = random.normal() / (1 + 0.2 * k);
        if (k < nodes)
          labels[r * nodes + k] = random.uniform() < 0.1 ? -1 : Number(amount + 0.2 * random.normal() > 0.5);
        for (let c = 0; c < columns; c++) row[c] += amount * mixing[k * columns + c];
      }
    }
    const groups = Int32Array.from({ length: rows }, (_, r) => Math.floor(r / thoughts));
    const started = performance.now();
    const before = process.cpuUsage();
    const fit = await crossFitNodes({
      thoughts: { rows, columns, values },
      labels,
      groups,
      nodes,
      variant: 'perNode',
      seed: 1,
    });
    const seconds = (performance.now() - started) / 1000;
    const cpu = process.cpuUsage(before);
    for (const { fold, penalty, iterations, gradientNorm } of fit.fits)
      console.error(`fold ${fold}: penalty ${penalty}, ${iterations} steps, gradient ${gradientNorm.toExponential(1)}`);
    return {
      engine: engine.name,
      threads: engine.threads,
      rows,
      columns,
      nodes,
      fits: fit.inner.fits + fit.fits.length,
      unconverged: fit.inner.unconverged + fit.fits.filter(({ converged }) => !converged).length,
      seconds: Number(seconds.toFixed(1)),
      cpuSeconds: Math.round((cpu.user + cpu.system) / 1e6),
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  },
});
