import { defineProbe } from 'coconut-lens';

export default defineProbe({
  name: 'answer',
  question: 'Which of the two candidates is the target?',
  kind: 'node',
  label: ({ item }, node) => (item.candidates.includes(node) ? node === item.target : undefined),
  control: ({ item, random }, node) => {
    if (!item.candidates.includes(node)) return undefined;
    return node === item.candidates[random.fork('coin').integer(2)];
  },
  controlWords: 'one of the two, by a coin for each item',
});
