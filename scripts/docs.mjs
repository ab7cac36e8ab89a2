// Fills the generated parts of docs/*.md from the code and from committed results: `npm run docs`.
// A part stands between `<!-- generated: NAME WORDS -->` and `<!-- end -->`; NAME's generator is given the words.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { cli } from './docs/cli.mjs';
import { results } from './docs/results.mjs';

const DOCS = new URL('../docs/', import.meta.url);
const GENERATORS = { cli, results };
const PART = /(<!-- generated: (\S+) (.*?) -->\n)[^]*?(<!-- end -->)/g;

/** A page with its parts made anew, in the form that prettier gives it. */
export async function generate(path, text) {
  const filled = text.replaceAll(PART, (_, start, name, words, end) => {
    const generator = GENERATORS[name];
    if (generator === undefined)
      throw new Error(`${path}: nothing generates "${name}"; use ${Object.keys(GENERATORS)}`);
    return `${start}\n${generator(words)}\n\n${end}`;
  });
  return prettier.format(filled, { ...(await prettier.resolveConfig(path)), filepath: path });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of (await readdir(DOCS)).filter((file) => file.endsWith('.md'))) {
    const path = fileURLToPath(new URL(name, DOCS));
    const text = await readFile(path, 'utf8');
    const generated = await generate(path, text);
    if (generated !== text) await writeFile(path, generated);
  }
}
