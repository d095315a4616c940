/** Links and drafts: nothing that somebody wrote is ever lost. */
import { readFileSync } from 'node:fs';
import { codeOf, equal, ok, openPage, quiet, settled, tabTo, test, typeOver } from './harness.mjs';

const draft = (code) => (page) => page.addInitScript((text) => localStorage.setItem('wronghost.draft', JSON.stringify({ code: text })), code);
const MINE = 'import httpx\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/mine")\nasync def mine():\n    async with httpx.AsyncClient() as client:\n        return (await client.get("https://mine.example/x")).json()\n';

test('share: a link opens with the same code and the same cell', async (world) => {
  const { page, close } = await openPage(world, { permissions: ['clipboard-read', 'clipboard-write'] });
  await tabTo(page, (at) => at.editor, 'the editor');
  await typeOver(page, 'amount', 'sum');
  await quiet(page);
  await page.locator('button.cell[data-world="poisoned-own-domain"]').click();
  await quiet(page);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.locator('dialog[open]').waitFor();
  const link = await page.locator('#share-link').inputValue();
  ok(/#1\.[\w-]+$/.test(link), `the link is ${link}`);
  equal(new URL(link).hash, new URL(page.url()).hash, 'the address bar');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Link copied.').waitFor();
  equal(await page.evaluate(() => navigator.clipboard.readText()), link, 'the clipboard');
  const code = await codeOf(page);
  await close();

  const other = await openPage(world, { path: new URL(link).hash });
  equal(await codeOf(other.page), code, 'the code of the link');
  ok(/own domain/.test(await other.page.locator('#scenario-title').innerText()), 'another cell is open');
  await other.close();
});

test('share: without a clipboard the link is selected', async (world) => {
  const { page, close } = await openPage(world, { prepare: (p) => p.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('denied')) } })) });
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText(/clipboard is not available/).waitFor();
  const selected = await page.evaluate(() => { const f = document.querySelector('#share-link'); return f.selectionEnd - f.selectionStart === f.value.length && f.value.length > 0; });
  ok(selected, 'the link is not selected');
  await page.keyboard.press('Escape');
  equal(await page.locator('dialog[open]').count(), 0, 'open dialogs');
  await close();
});

for (const [name, hash, said] of [['newer', '#7.abcdef', /newer version/], ['damaged', '#1.abcdef', /damaged/], ['foreign', '#!/some?thing', /damaged/]]) {
  test(`share: a ${name} link says so and leaves the text alone`, async (world) => {
    const { page, close } = await openPage(world, { path: hash, prepare: draft(MINE) });
    const alert = page.getByRole('alert');
    ok(said.test(await alert.innerText()), `it says: ${await alert.innerText()}`);
    equal((await codeOf(page)).trim(), MINE.trim(), 'the text');
    await close();
  });
}

test('share: a link never costs the text that was here', async (world) => {
  const first = await openPage(world);
  await first.page.getByRole('button', { name: 'Share' }).click();
  await first.page.locator('dialog[open]').waitFor();
  const { hash } = new URL(await first.page.locator('#share-link').inputValue());
  await first.close();
  const { page, close } = await openPage(world, { path: hash, prepare: draft(MINE) });
  ok((await codeOf(page)).includes('process_payment'), 'the link is not opened');
  await page.getByRole('button', { name: 'Back to my text' }).click();
  await page.waitForFunction(() => document.querySelector('wh-code').shadowRoot.querySelector('.cm-content').textContent.includes('/mine'));
  await close();
});

test('share: a draft is here again after a reload', async (world) => {
  const { page, close } = await openPage(world);
  await page.locator('wh-code .cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# kept');
  await page.waitForTimeout(600);
  await page.reload();
  await settled(page);
  ok((await codeOf(page)).includes('# kept'), 'the draft is lost');
  await page.getByRole('button', { name: 'Start with the first example' }).click();
  await page.waitForFunction(() => !document.querySelector('wh-code').shadowRoot.querySelector('.cm-content').textContent.includes('# kept'));
  await close();
});

const links = JSON.parse(readFileSync(new URL('../fixtures/links.json', import.meta.url), 'utf8'));
for (const [at, { hash, code, world: cell, lesson }] of links.entries()) {
  test(`share: an old link still opens (${at + 1} of ${links.length})`, async (world) => {
    const { page, close } = await openPage(world, { path: hash, wait: false });
    await page.waitForSelector('wh-code[data-ready]', { state: 'attached' });
    equal((await codeOf(page)).trimEnd(), code.trimEnd(), 'the code');
    if (cell) {
      await settled(page);
      equal(await page.locator('td[aria-selected="true"] button').getAttribute('data-world'), cell, 'the cell that is open');
    }
    if (lesson) await page.locator('.goals li').first().waitFor();
    await close();
  });
}
