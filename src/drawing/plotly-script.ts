import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { policyHash, type PageScript } from './explore-script.js';

let bundle: PageScript | undefined;

/**
 * plotly's cartesian bundle, 1.5 MB, as a page holds it inline once; charts expect it there, before `exploreScript`.
 *
 * Under a content security policy it needs, beside its hash, what {@link PLOTLY_STYLES} and {@link PLOTLY_IMAGES} say.
 *
 * @throws Error if the bundle could end the script element that it stands in
 */
export function plotlyScript(): PageScript {
  if (bundle !== undefined) return bundle;
  const path = createRequire(import.meta.url).resolve('plotly.js-cartesian-dist-min');
  const text = readFileSync(path, 'utf8');
  if (/<\/script|<!--/i.test(text)) throw new Error(`${path} cannot stand inside a script element`);
  bundle = { text, hash: policyHash(text) };
  return bundle;
}

/**
 * What `style-src` must admit for plotly: the hash of an empty style, as sheet and as attribute. Plotly adds an empty sheet
 * to the page's head and fills it through the object model, which no policy stands against; it styles elements in the same
 * way, and clears style attributes by setting them to nothing. So 'unsafe-inline' is not needed.
 */
export const PLOTLY_STYLES: readonly string[] = ["'unsafe-hashes'", `'${policyHash('')}'`];

/** What `img-src` must admit: heat maps are drawn into an image. */
export const PLOTLY_IMAGES = 'data:';
