// The sealed items: nothing is ever chosen by them, and each model is asked once.

/** Of the sealed items alone: no training, selection, example or other test draws from it. */
const SEED = 'sealed items of 2026-12-01';

/** By the size of graphs that a model was trained on: what is drawn, at each depth of the target. */
export const SETS = {
  full: { depths: [3, 4, 5, 6], perDepth: 250, sizes: { nodes: 28 } },
  small: { depths: [3, 4], perDepth: 250, sizes: { nodes: 12, minNodes: 8, depthGap: 1 } },
};

/** As drawn: node numbers tell depths. */
export function sealedItems({ createRandom, dataset }, set) {
  const { depths, perDepth, sizes } = SETS[set];
  const random = createRandom(`${SEED}, ${set}`);
  return depths.flatMap((depth) =>
    Array.from({ length: perDepth }, (_, i) => {
      const own = { ...sizes, minDepth: depth, maxDepth: depth };
      return dataset.randomItem(random.fork(`depth ${depth}, item ${i}`), `${depth}-${i}`, own);
    }),
  );
}

/** What each item is asked as: in three numberings, and in the first with its candidates in the other order or its sentences shuffled. */
export function variantsOf({ createRandom, dataset }, items) {
  const drawing = (name, some, edit) =>
    some.map((item) => edit(createRandom(`${SEED}, ${name} of item ${item.id}`), item));
  const numbered = [1, 2, 3].map((k) => drawing(`numbering ${k}`, items, dataset.permuteIds));
  const [first] = numbered;
  return {
    numbered,
    swapped: first.map((item) => ({ ...item, candidates: item.candidates.toReversed() })),
    reordered: drawing('sentences', first, dataset.permuteEdgeOrder),
  };
}
