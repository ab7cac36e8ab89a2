/** Edits of one letter, or exchanges of two neighbours, that turn one word into the other. */
function distance(a: string, b: string): number {
  let [last, before]: [number[], number[]] = [Array.from({ length: b.length + 1 }, (_, j) => j), []];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(replaced, last[j] + 1, row[j - 1] + 1, isExchange ? before[j - 2] + 1 : Infinity));
    }
    [last, before] = [row, last];
  }
  return last[b.length];
}

/** Letters that may differ, as where a flag is misspelt; longer words than names have are not compared. */
const [MOST, LONGEST] = [3, 40];

/** `, did you mean tree?` where one of the names is close to what was given, whatever its case; nothing elsewhere. */
export function didYouMean(given: string, names: readonly string[]): string {
  if (given.length > LONGEST) return '';
  const word = given.toLowerCase();
  const found = names
    .map((name) => ({ name, edits: distance(word, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= MOST && edits < 0.6 * Math.max(word.length, name.length))
    .sort((a, b) => a.edits - b.edits)
    .at(0);
  return found === undefined ? '' : `, did you mean ${found.name}?`;
}
