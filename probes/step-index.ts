import { defineProbe } from 'coconut-lens';

const STEPS = 6;

// The control deals out the steps that there are, no others: both tasks have the same classes, equally often.
export default defineProbe({
  name: 'step-index',
  question: 'Which thought is this?',
  kind: 'class',
  classes: Array.from({ length: STEPS }, (_, i) => `step ${i + 1}`),
  allThoughts: true,
  label: ({ step }) => (step <= STEPS ? step - 1 : undefined),
  control: ({ step, thoughts, random }) => {
    const order = random.fork('steps').shuffle(Array.from({ length: Math.min(thoughts, STEPS) }, (_, i) => i));
    return step <= STEPS ? order[step - 1] : undefined;
  },
  controlWords: 'the steps of each item in an order of its own',
});
