import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, with a separator at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A fenced block of a page. */
export interface CodeBlock {
  /** The word after the opening fence; empty for none, and for an indented block. */
  readonly language: string;
  readonly code: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
}

/** One page of documentation. */
export interface DocsPage {
  /** From the root, `docs/cli.md`. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
  /** The page without its code blocks: what has links and headings. */
  readonly prose: string;
}

/** Fenced and indented blocks, and what is left. Fences may stand in no list here: they begin a line. */
function takeApart(path: string, text: string): DocsPage {
  const blocks: CodeBlock[] = [];
  const prose: string[] = [];
  let open: { language: string; lines: string[]; line: number; close: (line: string) => boolean } | undefined;
  const end = (): void => {
    if (open !== undefined) blocks.push({ language: open.language, code: open.lines.join('\n'), line: open.line });
    open = undefined;
  };
  text.split('\n').forEach((line, i, lines) => {
    if (open !== undefined && open.close(line)) {
      const isFence = line.startsWith('```');
      end();
      if (isFence) return;
    }
    if (open !== undefined) {
      open.lines.push(line.replace(/^ {4}/, open.language === 'indented' ? '' : '$&'));
      return;
    }
    const fence = /^```(.*)$/.exec(line);
    if (fence !== null)
      open = { language: fence[1].trim(), lines: [], line: i + 2, close: (next) => next.startsWith('```') };
    else if (line.startsWith('    ') && (i === 0 || lines[i - 1] === ''))
      open = {
        language: 'indented',
        lines: [line.slice(4)],
        line: i + 1,
        close: (next) => next !== '' && !next.startsWith('    '),
      };
    else prose.push(line);
  });
  end();
  return { path, text, blocks, prose: prose.join('\n') };
}

/** Every page that a reader is sent to: those of the root, and docs/. */
export const PAGES: readonly DocsPage[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((path) => takeApart(path, readFileSync(join(ROOT, path), 'utf8')));

/** A page by its path. */
export function page(path: string): DocsPage {
  const found = PAGES.find((one) => one.path === path);
  if (found === undefined) throw new Error(`no page ${path}`);
  return found;
}

/** Targets of links and pictures in prose, in order. */
export function linksOf({ prose }: DocsPage): string[] {
  const plain = prose.replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ' '));
  return [...plain.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target);
}

/**
 * The anchors that GitHub makes of a page's headings: lower case, without punctuation, hyphens for blanks. Not those with a
 * number behind, of equal headings: such a link would lead elsewhere as soon as the first one is renamed.
 */
export function anchorsOf({ prose }: DocsPage): string[] {
  return [...prose.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** A command line of a page, without the program's name. */
export interface DocsCommand {
  readonly line: string;
  readonly path: string;
}

/** Every `npx coconut-lens ...` that begins a line of a code block, in shells or transcripts, with lines joined at `\`. */
export function commandsOf({ blocks, path }: DocsPage): DocsCommand[] {
  return blocks.flatMap(({ code }) =>
    [...code.replaceAll(/\\\n\s*/g, '').matchAll(/^(?:\$ )?npx coconut-lens (.+)$/gm)].map(([, line]) => ({
      line: line.replace(/\s+#.*$/, ''),
      path,
    })),
  );
}
