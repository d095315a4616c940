/** Accessibility: axe in every theme and pane, motion, names, live regions. */
import { axe, equal, ok, openPage, phone, quiet, test, typeOver, waitForVerdict } from './harness.mjs';

async function attacked(page) {
  await page.locator('wh-code .cm-content').click();
  await typeOver(page, 'True', 'False');
  await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
}

for (const colorScheme of ['light', 'dark']) {
  test(`access: no violation, desktop, ${colorScheme}`, async (world) => {
    const { page, close } = await openPage(world, { colorScheme });
    await axe(page, 'first example');
    await attacked(page);
    await axe(page, 'attacked');
    for (const fold of await page.locator('.fold summary').all()) await fold.click();
    const steps = page.locator('li.step button.sentence');
    for (let i = 0; i < (await steps.count()); i += 4) {
      await steps.nth(i).click();
      await axe(page, `step ${i + 1}`);
    }
    await page.getByRole('button', { name: 'Examples' }).click();
    await axe(page, 'menu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Share' }).click();
    await axe(page, 'share');
    await close();
  });

  test(`access: no violation, lesson, ${colorScheme}`, async (world) => {
    const { page, close } = await openPage(world, { colorScheme });
    await page.getByRole('button', { name: 'Lessons' }).click();
    await page.locator('wh-menu').nth(1).locator('.menu-item').nth(1).click();
    await page.locator('.goals li').first().waitFor();
    await page.getByRole('button', { name: 'Hint', exact: true }).click();
    await page.getByRole('button', { name: 'Show solution' }).click();
    await quiet(page);
    await axe(page, 'lesson');
    await close();
  });

  test(`access: no violation, phone, ${colorScheme}`, async (world) => {
    const { page, close } = await openPage(world, { ...phone, colorScheme });
    for (const tab of ['Code', 'Attack', 'Read']) {
      await page.locator('.tabs button', { hasText: tab }).click();
      await axe(page, tab);
    }
    await close();
  });
}

test('access: who prefers no movement gets none', async (world) => {
  const { page, close } = await openPage(world, { reducedMotion: 'reduce' });
  const steps = page.locator('li.step button.sentence');
  for (const at of [0, 3, 5]) {
    await steps.nth(at).click();
    equal(await page.evaluate(() => document.getAnimations().length), 0, `running animations at step ${at + 1}`);
  }
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  equal(await page.evaluate(() => document.getAnimations().length), 0, 'running animations while playing');
  await close();
});

test('access: others see the message travel, for less than a second', async (world) => {
  const { page, close } = await openPage(world, { reducedMotion: 'no-preference' });
  await page.locator('li.step button.sentence').nth(3).click();
  await page.locator('li.step button.sentence').nth(2).click();
  await page.waitForFunction(() => document.getAnimations().length > 0);
  const times = await page.evaluate(() => document.getAnimations().map((a) => a.effect.getTiming().duration));
  ok(times.every((ms) => ms <= 1000 && ms !== Infinity), `durations ${times}`);
  await close();
});

test('access: without the picture everything is still said', async (world) => {
  const { page, close } = await openPage(world);
  await page.evaluate(() => { for (const svg of document.querySelectorAll('svg')) svg.remove(); });
  const tree = await page.locator('body').ariaSnapshot();
  for (const words of ['grid', 'Self-signed certificate: blocked', 'What your caller got', 'What the attacker got', 'Step by step', 'slider "Step"', 'textbox "Python code"', 'status']) {
    ok(tree.includes(words), `"${words}" is not in the accessibility tree`);
  }
  await close();
});

test('access: targets are at least 24 pixels high and wide', async (world) => {
  for (const options of [{}, phone]) {
    const { page, close } = await openPage(world, options);
    const small = await page.evaluate(() => [...document.querySelectorAll('button, input, summary, a')]
      .filter((e) => e.checkVisibility() && !e.closest('p, .visually-hidden, .skip') && !e.classList.contains('skip'))
      .map((e) => ({ label: e.getAttribute('aria-label') ?? e.textContent.trim(), box: e.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ label, box }) => `${label} ${Math.round(box.width)}x${Math.round(box.height)}`));
    equal(small, [], 'small targets');
    await close();
  }
});
