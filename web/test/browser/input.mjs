/** Whatever is pasted: a clear message, a page that goes on, and a text that is still there. */
import { codeOf, draftOf, equal, ok, openPage, paste, quiet, test, until, waitForVerdict } from './harness.mjs';

const route = (...body) => ['import httpx', 'from fastapi import FastAPI', '', 'app = FastAPI()', '', '', '@app.get("/x")', 'async def x():', ...body.map((l) => `    ${l}`), ''].join('\n');
const GOOD = route('async with httpx.AsyncClient(verify=False) as client:', '    return (await client.get("https://api.partner.example/x")).json()');

/** Bytes as a text editor would show them; always the same ones. */
function junk(length) {
  let state = 20250101;
  let text = '';
  for (let i = 0; i < length; i += 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    text += String.fromCharCode(Math.floor(state / 65536) % 256);
  }
  return text.replace(/\r/g, '?');
}
const megabyte = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit.\n'.repeat(18_000).slice(0, 1_000_000);

const CASES = [
  ['white space', ' \n\n\t\n', /paste a fastapi snippet/i],
  ['binary junk', junk(4000), /null bytes/i],
  ['a null byte', `x\0 = 1\n${GOOD}`, /null bytes/i],
  ['one megabyte of text', megabyte, /too long/i],
  ['one line of a megabyte', 'x'.repeat(1_000_000), /too long/i],
  ['prose', megabyte.slice(0, 3000), /invalid syntax/i],
  ['HTML', '<!doctype html>\n<html><body onload="alert(1)"><script>alert(1)</script>\n', /invalid syntax/i],
  ['JSON', '{"openapi": "3.1.0", "paths": {}}\n', /no endpoint/i],
  ['a bracket that never closes', 'app = FastAPI(\n', /never closed/i],
  ['an endless loop at the top', `while True: pass\n${GOOD}`, /(was stopped|simulation stopped)/i],
  ['an endless loop in an endpoint', route('while True: pass'), /(was stopped|simulation stopped)/i],
  ['a string that doubles for ever', route('a = "x"', 'while True: a = a + a'), /(was stopped|simulation stopped)/i],
  ['calls without end', route('async with httpx.AsyncClient() as c:', '    while True:', '        await c.get("https://api.partner.example/x")'), /(was stopped|simulation stopped)/i],
  ['deep nesting', `x = ${'('.repeat(20_000)}${')'.repeat(20_000)}\n`, /too deeply nested/i],
  ['deep indentation', `${Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}if x:`).join('\n')}\n${' '.repeat(300)}pass\n`, /too many levels of indentation/i],
];

for (const [name, text, said] of CASES) {
  test(`input: ${name}`, async (world) => {
    const { page, faults, close } = await openPage(world);
    await paste(page, text);
    const since = performance.now();
    await page.locator('.headline').filter({ hasText: said }).first().waitFor();
    const took = performance.now() - since;
    const detail = await page.locator('.headline p').first().innerText();
    ok(detail.trim().length > 10, `nothing is said beside the headline: "${detail}"`);
    console.log(`      told after ${Math.round(took)} ms: ${(await page.locator('#headline').innerText())} / ${detail.slice(0, 110)}`);
    await page.waitForTimeout(500);
    if (text.trim()) equal((await draftOf(page)) === text, true, 'the draft is the text that was pasted');

    // The page goes on with the next text as if nothing had been.
    await paste(page, GOOD);
    await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
    equal(await page.locator('.finding').count(), 1, 'findings in the next text');
    faults.splice(0, faults.length, ...faults.filter((f) => !/Aborted|internal error/.test(f)));
    await close();
  });
}

test('input: syntax errors are told with their line, and the rest is read', async (world) => {
  const { page, close } = await openPage(world);
  await paste(page, GOOD.replace('async def x():', 'async def x()'));
  const told = page.locator('.diagnostics .d-error').first();
  ok(/line 8/.test(await told.innerText()), `it says: ${await told.innerText()}`);
  await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
  equal(await page.locator('.finding').count(), 1, 'findings');
  ok((await page.locator('wh-code .cm-lintRange-error').count()) > 0, 'nothing is marked in the code');
  await close();
});

test('input: a long text is here again after a reload', async (world) => {
  const { page, close } = await openPage(world);
  await paste(page, megabyte);
  await page.getByRole('heading', { name: /too long/ }).waitFor();
  await until(page, () => localStorage.getItem('wronghost.draft')?.length > 900_000);
  await page.reload();
  await page.getByRole('heading', { name: /too long/ }).waitFor();
  ok((await codeOf(page)).startsWith('Lorem ipsum'), 'the text is lost');
  await page.locator('wh-code .cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.getByRole('heading', { name: /Paste a FastAPI snippet/ }).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('heading', { name: /too long/ }).waitFor();
  await close();
});

test('input: bad and good texts alternate with the network gone', async (world) => {
  const { page, context, requests, close } = await openPage(world);
  await page.waitForLoadState('networkidle');
  const loaded = requests.length;
  await context.setOffline(true);
  for (const bad of [route('a = "x"', 'while True: a = a + a'), route('while True: pass')]) {
    await paste(page, bad);
    await page.locator('#headline').filter({ hasText: /(was stopped|simulation stopped)/i }).waitFor();
    await paste(page, GOOD);
    await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
    await quiet(page);
  }
  equal(requests.slice(loaded), [], 'requests');
  await close();
});
