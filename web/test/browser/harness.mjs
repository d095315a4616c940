/** What the browser tests share: a browser, the served page, and ways to look at it. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const folder = process.env.WH_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
export const desktop = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

const tests = [];
export const test = (name, run) => tests.push({ name, run });
export const all = () => tests;

export async function start() {
  if (!existsSync(`${folder}/index.html`)) throw new Error('The page is not built: run build-scripts/build all first.');
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (!executablePath) throw new Error('Chromium is not installed.');
  const browser = await chromium.launch({ executablePath });
  const server = await serve(folder);
  return { browser, server, stop: async () => { await browser.close(); server.close(); } };
}

/** An open page. `faults` holds what no test may see: violated policies, errors. */
export async function openPage({ browser, server }, options = {}) {
  const { path = '', prepare, url, context: given, wait = true, ...contextOptions } = options;
  const context = given ?? (await browser.newContext({ ...desktop, ...contextOptions }));
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults = [];
  const requests = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('request', (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  if (prepare) await prepare(page);
  await page.goto((url ?? server.url) + path);
  if (wait) await settled(page);
  return {
    page, context, faults, requests,
    close: async () => {
      faults.push(...(await page.evaluate(() => globalThis.violations)).map((v) => `policy: ${v}`));
      await context.close();
      if (faults.length) throw new Error(`the page complained:\n${faults.join('\n')}`);
    },
  };
}

/** Loaded, analysed and played. */
export async function settled(page) {
  await page.waitForSelector('wh-code[data-ready]', { state: 'attached' });
  await page.waitForSelector('li.step', { state: 'attached' });
  await quiet(page);
}

/** Nothing on the page is about an older text any more. */
export async function quiet(page) {
  await page.waitForTimeout(220);
  await page.waitForFunction(() => !document.querySelector('.is-old, .tone-loading'));
}

export const verdict = (page, world, row = 0) =>
  page.locator(`button.cell[data-world="${world}"][data-row="${row}"]`).getAttribute('data-verdict');

export async function waitForVerdict(page, world, expected) {
  await page.waitForSelector(`button.cell[data-world="${world}"][data-verdict="${expected}"]`, { state: 'attached' });
  await quiet(page);
}

export const codeOf = (page) =>
  page.evaluate(() => [...document.querySelector('wh-code').shadowRoot.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'));

/** The text in this browser's storage once the draft is written: what a reload would bring back. */
export const draftOf = (page) => page.evaluate(() => JSON.parse(localStorage.getItem('wronghost.draft') ?? 'null')?.code ?? null);

/** Pastes like a person does: the whole text is selected and replaced. */
export async function paste(page, text) {
  await page.locator('wh-code .cm-content').click();
  await page.keyboard.press('Control+a');
  await page.evaluate((put) => {
    const data = new DataTransfer();
    data.setData('text/plain', put);
    document.querySelector('wh-code').shadowRoot.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
  }, text);
}

/** Waits until `what`, run in the page, holds. */
export const until = (page, what) => page.waitForFunction(what);

/** The browser's own setting for large text: twice the usual size. */
export const largeText = async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
};

/** Where the focus is, through shadow roots: a short description. */
export const focused = (page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return { tag: at.tagName.toLowerCase(), classes: at.className, label: at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 60), id: at.id, editor: Boolean(at.closest?.('.cm-editor')) };
  });

/** Presses Tab until the focus is where `there` says; fails if that takes too long. */
export async function tabTo(page, there, what, key = 'Tab', most = 60) {
  for (let i = 0; i < most; i += 1) {
    const at = await focused(page);
    if (there(at)) return i;
    await page.keyboard.press(key);
  }
  throw new Error(`${what} was not reached with ${key}`);
}

/** With the keyboard alone: selects the first place of `text` in the code, and types over it. */
export async function typeOver(page, text, put) {
  const lines = (await codeOf(page)).split('\n');
  const line = lines.findIndex((l) => l.includes(text));
  if (line < 0) throw new Error(`"${text}" is not in the code`);
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < line; i += 1) await page.keyboard.press('ArrowDown');
  // Home goes to the first letter of the line.
  await page.keyboard.press('Home');
  const from = lines[line].indexOf(text) - lines[line].search(/\S/);
  for (let i = 0; i < from; i += 1) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < text.length; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.type(put);
}

export async function axe(page, where) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 4).map((n) => `${n.target.flat().join(' ')} ${n.any[0]?.message ?? ''}`).join('\n    ')}`);
  });
  if (found.length) throw new Error(`${where}:\n  ${found.join('\n  ')}`);
}

export function equal(got, wanted, what) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}
export function ok(value, what) {
  if (!value) throw new Error(what);
}
