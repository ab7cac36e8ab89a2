import { defineProbe } from 'coconut-lens';

/** A bit for every name (or node number, where the model sees numbers), the same in all graphs. */
function bit(name: string): boolean {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  return ((hash >>> 15) & 1) === 1;
}

export default defineProbe({
  name: 'name-identity',
  question: 'What does the probe make of a label that hangs on the name alone?',
  kind: 'node',
  label: ({ ids }, node) => bit(ids[node]),
  control: ({ ids, random }, node) => bit(`${ids[node]} ${random.fork('names').integer(2 ** 30)}`),
  controlWords: 'a bit for every name, drawn anew for each item',
});
