import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Where Debian puts it; another place can be named in CHROMIUM. */
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const NO_CHROMIUM = !existsSync(CHROMIUM);

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly hash?: string;
  readonly javaScript?: boolean;
  /** Only for what a test itself puts into a page. */
  readonly bypassCSP?: boolean;
}

/** Pages on disk, and a browser that opens them. */
export class PageBench {
  /** Console messages, page errors, dialogs and requests for anything but the page, of all pages opened. */
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  static async start(): Promise<PageBench> {
    const folder = await mkdtemp(join(tmpdir(), 'report-'));
    return new PageBench(
      await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] }),
      folder,
    );
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true });
  }

  async write(name: string, html: string): Promise<void> {
    await writeFile(join(this.#folder, name), html);
  }

  async open(name: string, options: OpenOptions = {}): Promise<Page> {
    const { colorScheme = 'light', width = 1280, hash = '', javaScript = true, bypassCSP = false } = options;
    const page = await this.#browser.newPage({
      colorScheme,
      viewport: { width, height: 900 },
      javaScriptEnabled: javaScript,
      bypassCSP,
    });
    const address = pathToFileURL(join(this.#folder, name)).href;
    page.on('console', (message) => this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('dialog', (dialog) => this.complaints.push(dialog.message()));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address) this.complaints.push(request.url());
    });
    await page.goto(address + hash);
    return page;
  }
}

/** What axe finds wrong with a page that was opened with `bypassCSP`. */
export async function violations(page: Page, run = 'axe.run()'): Promise<string[]> {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(axe, 'utf8'));
  const result = await page.evaluate<AxeResult>(run);
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
}
