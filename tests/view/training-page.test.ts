import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomItems } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';
import { parseTrainingConfig, type Metrics, type Outcome } from '../../src/training/index.js';
import { trainingPageHtml, type TrainingPage } from '../../src/view/index.js';
import { trainingPhases } from '../../src/view/training-phases.js';
import { CHROMIUM, NO_CHROMIUM, PageBench, violations } from './browser.js';

const config = parseTrainingConfig('test', {
  method: 'coconut',
  model: { layers: 2, heads: 4, width: 64, positions: 96, deviation: 0.1 },
  thoughts: { stages: 4, supervised: true },
  phases: [
    { name: 'edges', task: 'recall', graphs: {}, batchGraphs: 8, batchQuestions: 4, steps: 20, learningRate: 1e-3 },
    { name: 'one thought', stage: 1, graphs: {}, batchGraphs: 8, batchQuestions: 2, steps: 40, learningRate: 1e-3 },
    { name: 'never begun', stage: 4, graphs: {}, batchGraphs: 8, steps: 40, learningRate: 1e-3 },
  ],
});

const line = (phase: string, step: number, total: number, more: object): Metrics => ({
  phase,
  step,
  total,
  loss: 2 - total / 100,
  norm: 1,
  learningRate: 1e-3,
  msPerStep: 100,
  engineMsPerStep: 90,
  ...more,
});
const metrics: Metrics[] = [
  line('edges', 20, 20, { accuracy: 0.5 }),
  line('one thought', 20, 40, { accuracy: 0.25, byDepth: { 3: [1, 2], 4: [0, 2] }, msPerStep: 200 }),
  line('one thought', 30, 50, { accuracy: 0.5, byDepth: { 3: [2, 2], 4: [0, 2] }, msPerStep: 400 }),
];
const outcomes: Outcome[] = randomItems(createRandom(1), 4).map((item, i) => {
  const question = { ...item, names: item.names.map((_, node) => (i === 0 ? `<b>${node}</b>` : '')) };
  return { question, answer: [item.target, item.target, item.decoy, undefined][i], right: i < 2 };
});
const page: TrainingPage = {
  name: 'out <small>',
  config,
  seed: 7,
  parameters: 123_456,
  metrics,
  outcomes,
  bytes: 300 * 2 ** 20,
  running: false,
  command: 'coconut-lens train --out "<small>"',
  version: '1.2.3',
};

it('trainingPhases: steps, questions and times of the phases that were begun', () => {
  expect(trainingPhases(config, metrics)).toEqual([
    { name: 'edges', task: 'recall', thoughts: 0, steps: 20, questions: 640, seconds: 2, loss: 1.8, accuracy: 0.5 },
    // 20 steps of 200 ms, then 10 of 400.
    {
      name: 'one thought',
      task: 'question',
      thoughts: 1,
      steps: 30,
      questions: 480,
      seconds: 8,
      loss: 1.5,
      accuracy: 0.5,
    },
  ]);
});

describe('trainingPageHtml', () => {
  it('says first how many validation questions are right, with an interval, and what they decided', () => {
    // 2 of 4: Wilson (.15, .85).
    expect(trainingPageHtml(page)).toContain(
      'After 50 steps, in phase one thought, .500 [.150, .850] of 4 validation questions are answered right.',
    );
    const recall = trainingPageHtml({ ...page, metrics: metrics.slice(0, 1) });
    expect(recall).toContain('After 20 steps, in phase edges, the loss is 1.800.');
    expect(recall).not.toContain('Questions answered right and wrong');
  });

  it('says that a phase with patience keeps other weights than those measured last', () => {
    expect(trainingPageHtml(page)).not.toContain('measured best');
    const patient = { ...config, phases: config.phases.map((phase) => ({ ...phase, patience: 2 })) };
    const falling = [...metrics, line('one thought', 40, 60, { accuracy: 0.25, byDepth: { 3: [1, 2], 4: [0, 2] } })];
    expect(trainingPageHtml({ ...page, config: patient, metrics: falling })).toContain(
      'The phase keeps the weights that were measured best: .500 of these questions, on which they were chosen.',
    );
  });

  it('draws questions of both kinds, and says what the model said', () => {
    const html = trainingPageHtml(page);
    const [first, , third] = outcomes;
    expect(html).toContain(
      `&lt;b&gt;${first.question.target}&lt;/b&gt; or &lt;b&gt;${first.question.decoy}&lt;/b&gt;?`,
    );
    expect(html).toContain(
      `<b>Wrong</b> ${third.question.target} or ${third.question.decoy}? The model said ${third.question.decoy}.`,
    );
    expect(html).toContain('The model named no node.');
    expect(html.match(/class="cl-dag/g)).toHaveLength(4);
  });

  it('loads itself anew while training goes on, and then no more', () => {
    expect(trainingPageHtml({ ...page, running: true })).toContain('<meta http-equiv="refresh" content="15">');
    expect(trainingPageHtml(page)).not.toContain('refresh');
    expect(() => trainingPageHtml({ ...page, metrics: [] })).toThrow('nothing has been measured yet');
  });
});

describe.skipIf(NO_CHROMIUM)(`the page in a browser (skipped where there is no ${CHROMIUM})`, () => {
  let bench: PageBench;

  beforeAll(async () => {
    bench = await PageBench.start();
    await bench.write('training.html', trainingPageHtml(page));
  });

  afterAll(() => bench.close());

  it.each([1440, 390])('opens from disk under its own policy and fits %i pixels', async (width) => {
    const open = await bench.open('training.html', { width });
    await open.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    expect(bench.complaints).toEqual([]);
    expect(await open.evaluate(`getComputedStyle(document.querySelector('.scroll')).overflowX`)).toBe('auto');
    expect(await open.evaluate(`document.documentElement.scrollWidth`)).toBe(width);
    await open.close();
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation that axe knows of (%s)', async (colorScheme) => {
    const open = await bench.open('training.html', { colorScheme, bypassCSP: true });
    expect(await violations(open)).toEqual([]);
    await open.close();
  });
});
