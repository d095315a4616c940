/** What a learner does first, with the keyboard alone. */
import { codeOf, equal, focused, ok, openPage, quiet, settled, tabTo, test, typeOver, until, verdict, waitForVerdict } from './harness.mjs';

const inEditor = (at) => at.editor;
const onCell = (at) => at.classes.includes('cell');

test('story: the first example is here and played', async (world) => {
  const { page, close } = await openPage(world);
  ok((await codeOf(page)).includes('verify=True'), 'the first example is not in the editor');
  equal(await verdict(page, 'honest'), 'safe', 'nobody attacks');
  equal(await verdict(page, 'poisoned-selfsigned'), 'blocked', 'a self-signed certificate');
  equal(await verdict(page, 'poisoned-own-domain'), 'blocked', 'a certificate for another name');
  equal(await verdict(page, 'poisoned-misissued'), 'compromised', 'a mis-issued certificate');
  ok((await page.locator('li.step').count()) > 6, 'the trace is short');
  equal(await page.locator('td[aria-selected="true"] button').getAttribute('data-verdict'), 'blocked', 'the cell that is open');
  const caller = await page.locator('.truth').first().innerText();
  ok(caller.includes('200') && caller.includes('Payment service unavailable'), `the caller got: ${caller}`);
  const seen = await page.locator('.seen').innerText();
  ok(/httpx\.ConnectError/.test(seen) && /certificate verify failed: self-signed certificate/.test(seen), `the code saw: ${seen}`);
  const attacker = await page.locator('.truth').nth(1).innerText();
  ok(!attacker.includes('amount=100'), `the attacker got: ${attacker}`);
  equal(await page.locator('.finding').count(), 0, 'findings');
  await close();
});

test('story: verify=False is noticed under the cursor and fixed, by keyboard', async (world) => {
  const { page, close } = await openPage(world);
  const live = page.locator('#live');
  await tabTo(page, inEditor, 'the editor');
  await typeOver(page, 'True', 'False');
  await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
  ok(await page.locator('.headline.tone-attack').isVisible(), 'the headline does not say that somebody wins');
  equal(await page.locator('.finding.here').count(), 1, 'findings at the cursor');
  equal(await page.locator('wh-code .cm-lintRange').count(), 1, 'marks in the code');
  const attacker = await page.locator('.truth').nth(1).innerText();
  ok(attacker.includes('amount=100'), `the attacker got: ${attacker}`);
  ok((await page.locator('.truth').nth(1).locator('mark').innerText()).includes('amount=100'), 'the secret is not marked');
  ok((await page.locator('.truth').first().innerText()).includes('written by the attacker'), 'whose answer it is, is not said');
  ok((await page.locator('.finding .dl-added').innerText()).includes('AsyncClient('), 'what the fix changes is not shown');
  await page.waitForFunction(() => /line 10/.test(document.querySelector('#live').textContent));
  ok(/finding/i.test(await live.innerText()), 'the finding is not announced');

  await page.keyboard.press('F8');
  await page.locator('wh-code .cm-tooltip-lint').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('wh-code .cm-tooltip-lint').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+.');
  await waitForVerdict(page, 'poisoned-selfsigned', 'blocked');
  ok(!(await codeOf(page)).includes('verify=False'), 'the fix left verify=False');
  equal(await page.locator('.finding').count(), 0, 'findings after the fix');
  ok(/Nothing/.test(await page.locator('.truth').nth(1).innerText()), 'the attacker still got something');
  ok(/httpx\.ConnectError/.test(await page.locator('.seen').innerText()), 'the exception is not back');
  ok((await focused(page)).editor, 'the focus left the editor');
  await page.keyboard.press('Control+z');
  await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
  await close();
});

test('story: a fix is one click in the list', async (world) => {
  const { page, close } = await openPage(world);
  await tabTo(page, inEditor, 'the editor');
  await typeOver(page, 'True', 'False');
  await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
  await page.locator('.button.fix').first().click();
  await waitForVerdict(page, 'poisoned-selfsigned', 'blocked');
  await close();
});

test('story: what to try first is offered, and is one click', async (world) => {
  const { page, close } = await openPage(world);
  const offered = page.locator('.what-if button');
  equal(await offered.count(), 2, 'changes offered');
  await offered.first().click();
  await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
  equal(await offered.count(), 0, 'changes offered to a changed example');
  await page.getByRole('button', { name: 'Reset' }).click();
  await waitForVerdict(page, 'poisoned-selfsigned', 'blocked');
  await offered.nth(1).click();
  await waitForVerdict(page, 'poisoned-plain-only', 'compromised');
  await close();
});

test('story: http:// loses to an impostor without any certificate', async (world) => {
  const { page, close } = await openPage(world);
  await tabTo(page, inEditor, 'the editor');
  await typeOver(page, 'https', 'http');
  await waitForVerdict(page, 'poisoned-plain-only', 'compromised');
  equal(await page.locator('td[aria-selected="true"] button').getAttribute('data-world'), 'poisoned-plain-only', 'the weakest who wins');
  const rules = await page.locator('.finding').allInnerTexts();
  ok(rules.some((text) => text.includes('CWE-319')), 'plain text is no finding');
  ok((await page.locator('.truth').nth(1).locator('mark').innerText()).includes('amount=100'), 'the secret is not in his hands');
  equal(await page.locator('.finding.here').count(), 1, 'findings at the cursor');
  await page.keyboard.press('Control+.');
  await waitForVerdict(page, 'poisoned-selfsigned', 'blocked');
  equal(await verdict(page, 'poisoned-plain-only'), 'failed', 'plain text after the fix');
  ok((await codeOf(page)).includes('"https://api.payment-provider.com/charge"'), 'the fix is not in the code');
  equal(await page.locator('.finding').count(), 0, 'findings after the fix');
  await close();
});

test('story: the fixed address of the second example fails with nobody attacking', async (world) => {
  const { page, close } = await openPage(world);
  await tabTo(page, (at) => at.label === 'Examples', 'the examples');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  ok(/fixed address/i.test((await focused(page)).label), 'the second example is not the second');
  await page.keyboard.press('Enter');
  await waitForVerdict(page, 'honest', 'failed');
  for (const name of ['poisoned-selfsigned', 'poisoned-misissued', 'poisoned-plain-only']) equal(await verdict(page, name), 'failed', name);
  ok(!(await page.locator('.headline.tone-attack').count()), 'the headline says that somebody wins');
  equal((await focused(page)).label, 'Examples', 'the focus after choosing');

  // Why: the name that is checked is the one in the URL.
  ok(/even with nobody attacking/.test(await page.locator('#headline').innerText()), 'the headline does not say that it fails in peace too');
  equal(await page.locator('td[aria-selected="true"] button').getAttribute('data-world'), 'honest', 'the cell that is open');
  ok(/IP address mismatch/.test(await page.locator('.seen').innerText()), 'the exception is not shown');
  const finding = page.locator('.finding');
  ok(/192\.0\.2\.10/.test(await finding.innerText()), 'the finding does not name the address');
  ok(/sni_hostname/.test(await finding.locator('.dl-added').allInnerTexts().then((all) => all.join())), 'sni_hostname is not offered');
  await tabTo(page, inEditor, 'the editor');
  await page.keyboard.press('F8');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+.');
  await waitForVerdict(page, 'honest', 'safe');
  equal(await verdict(page, 'poisoned-own-domain'), 'safe', 'an address that no DNS tells');
  ok(!(await page.locator('.finding').count()), 'a finding is left');
  await close();
});

test('story: the ladder, the trace and the player by keyboard', async (world) => {
  const { page, close } = await openPage(world);
  await tabTo(page, onCell, 'the ladder');
  const first = (await focused(page)).label;
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  ok(/Mis-issued/.test((await focused(page)).label), `End leads to ${(await focused(page)).label} from ${first}`);
  await page.keyboard.press('Tab');
  ok(!onCell(await focused(page)), 'each cell is in the tab order');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /Mis-issued/.test(document.querySelector('#scenario-title')?.textContent ?? ''));
  await quiet(page);
  equal((await focused(page)).id, 'scenario', 'the focus after Enter');
  ok((await page.locator('.truth').nth(1).innerText()).includes('amount=100'), 'the leak is not shown');

  await tabTo(page, (at) => at.classes.includes('sentence'), 'the trace');
  await page.keyboard.press('Home');
  equal(await page.locator('li.step').first().getAttribute('aria-current'), 'step', 'the first step');
  await page.keyboard.press('ArrowDown');
  equal(await page.locator('li.step').nth(1).getAttribute('aria-current'), 'step', 'the second step');
  ok((await focused(page)).classes.includes('sentence'), 'the focus does not go along');

  await tabTo(page, (at) => at.label === 'Step back', 'the player');
  await page.keyboard.press('Enter');
  equal(await page.locator('li.step').first().getAttribute('aria-current'), 'step', 'a step back');
  await tabTo(page, (at) => at.label === 'Play', 'play');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('li.step')[1].getAttribute('aria-current') === 'step');
  await page.keyboard.press('Enter');
  equal((await focused(page)).label, 'Play', 'the button after pausing');
  await tabTo(page, (at) => at.tag === 'input', 'the slider');
  await page.keyboard.press('End');
  const slider = await page.locator('input.scrub').getAttribute('aria-valuetext');
  ok(/^Step (\d+) of \1: /.test(slider), `the slider says ${slider}`);
  await close();
});

test('story: a step marks its code, and the code its steps', async (world) => {
  const { page, close } = await openPage(world);
  const request = page.locator('li.k-http-request, li.k-call-begins').first();
  await request.locator('button.sentence').click();
  equal(await page.locator('wh-code .wh-line').count() > 0, true, 'marked lines');
  await request.locator('.details .link').click();
  await until(page, () => document.querySelector('wh-code').shadowRoot.activeElement?.closest('.cm-editor'));
  ok((await page.locator('li.step.here').count()) > 0, 'no step is marked for the line of the cursor');
  await close();
});

test('story: Escape, then Tab, leaves the editor; Tab on arrival does too', async (world) => {
  const { page, close } = await openPage(world);
  await tabTo(page, inEditor, 'the editor');
  await page.keyboard.press('Tab');
  ok(!(await focused(page)).editor, 'Tab on arrival is caught');
  await tabTo(page, inEditor, 'the editor', 'Shift+Tab');
  const before = await codeOf(page);
  await page.keyboard.type('x');
  await page.keyboard.press('Tab');
  ok((await focused(page)).editor, 'Tab after typing does not indent');
  ok((await codeOf(page)).length >= before.length + 2, 'nothing was indented');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  ok(!(await focused(page)).editor, 'Escape and Tab are caught');
  await close();
});

/** Each example's row of the ladder, from nobody attacking to a mis-issued certificate: safe, failed, blocked, compromised. */
const EXAMPLES = ['sfffbbbc', 'ffffffff', 'sfffcccc', 'sffccccc', 'sfffbcbc', 'sfffcccc', 'sffccccc', 'sfffcccc'];
/** Findings of each. Two kinds meet in the fourth (a cluster's name, a secret) and in the seventh (plain text, after a failure). */
const FINDINGS = [0, 1, 1, 2, 1, 1, 2, 1];
const row = (page) => page.locator('button.cell[data-row="0"]').evaluateAll((all) => all.map((cell) => cell.dataset.verdict[0]).join(''));

test('story: every example shows what it is there for, and its fixes keep the impostor out', async (world) => {
  const { page, close } = await openPage(world);
  const menu = page.locator('wh-menu').first();
  equal(await menu.locator('.menu-item').count(), EXAMPLES.length, 'examples');
  for (const [i, expected] of EXAMPLES.entries()) {
    await page.getByRole('button', { name: 'Examples' }).click();
    const item = menu.locator('.menu-item').nth(i);
    const name = (await item.innerText()).split('\n')[0];
    const chosen = await item.getAttribute('aria-current');
    await item.click();
    if (chosen !== 'true') await page.waitForTimeout(150);
    await settled(page);
    equal(await row(page), expected, `the ladder of "${name}"`);
    equal(await page.locator('.diagnostics li').count(), 0, `diagnostics in "${name}"`);
    equal(await page.locator('.fold', { hasText: 'Not modelled' }).count(), 0, `things not modelled in "${name}"`);
    equal(await page.locator('.finding').count(), FINDINGS[i], `findings in "${name}"`);
    const fix = page.locator('.button.fix').first();
    if (i === 0) continue;
    await fix.click();
    await page.waitForFunction(() => !document.querySelector('.finding'));
    await quiet(page);
    const fixed = await row(page);
    ok(!fixed.slice(0, -1).includes('c'), `the fix of "${name}" leaves ${fixed}`);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.waitForFunction(() => document.querySelector('.finding'));
  }
  await close();
});

test('story: no request leaves the page after it has loaded', async (world) => {
  const { page, context, requests, close } = await openPage(world);
  await page.waitForLoadState('networkidle');
  const loaded = requests.length;
  const origin = new URL(world.server.url).origin;
  equal(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:')), [], 'requests to elsewhere');
  await context.setOffline(true);
  await tabTo(page, inEditor, 'the editor');
  await typeOver(page, 'True', 'False');
  await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
  await page.locator('button.cell').last().click();
  await quiet(page);
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.locator('wh-menu').nth(1).locator('.menu-item').last().click();
  await quiet(page);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  for (const theme of ['light', 'dark']) {
    await page.getByRole('button', { name: /^Theme/ }).click();
    await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
  }
  await page.getByRole('button', { name: 'How to read this' }).click();
  await page.locator('.prose h2').waitFor();
  equal(requests.slice(loaded), [], 'requests after loading');
  await close();
});
