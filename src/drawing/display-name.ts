/** Letters and marks that are written from right to left, and what turns a direction. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
/** First strong isolate and its end: what stands between them does not order what stands around them. */
const [ISOLATE, END] = ['\u2068', '\u2069'];

/** Longer names are cut in drawings. Concepts of ProsQA have at most 9 letters. */
const LONGEST = 24;

/**
 * A whole name as it may stand beside a number: one that is written from right to left is isolated, because the number
 * after it would otherwise change its place or its digits' order.
 */
export function wholeName(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `${ISOLATE}${name.replace(TURNS, '\ufffd')}${END}` : name;
}

/** Whether {@link shortName} leaves something out. */
export function isCut(name: string): boolean {
  return name.length > LONGEST && Array.from(name.slice(0, 2 * LONGEST + 2)).length > LONGEST;
}

/** {@link wholeName}, cut to 24 characters with an ellipsis where it is longer. */
export function shortName(name: string): string {
  if (!isCut(name)) return wholeName(name);
  const cut = Array.from(name.slice(0, 2 * LONGEST)).slice(0, LONGEST - 1);
  return wholeName(`${cut.join('').trimEnd()}…`);
}
