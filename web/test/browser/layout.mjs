/** Narrow, zoomed and wide: nothing is cut off, nothing scrolls sideways. */
import { equal, largeText, ok, openPage, quiet, test } from './harness.mjs';

const width = (page) => page.evaluate(() => document.documentElement.scrollWidth);

for (const size of [320, 390, 768, 1024, 1440]) {
  test(`layout: nothing scrolls sideways at ${size} pixels`, async (world) => {
    const { page, close } = await openPage(world, { viewport: { width: size, height: 720 } });
    const tabs = page.locator('.tabs');
    for (const tab of (await tabs.isVisible()) ? ['Code', 'Attack', 'Read'] : ['all']) {
      if (tab !== 'all') await tabs.locator('button', { hasText: tab }).click();
      ok((await width(page)) <= size, `${tab}: the page is ${await width(page)} pixels wide`);
    }
    await page.getByRole('button', { name: 'Lessons' }).click();
    ok((await width(page)) <= size, `menu: the page is ${await width(page)} pixels wide`);
    await page.locator('wh-menu').nth(1).locator('.menu-item').nth(1).click();
    await quiet(page);
    ok((await width(page)) <= size, `lesson: the page is ${await width(page)} pixels wide`);
    await close();
  });
}

test('layout: words fit into the cells of the ladder', async (world) => {
  for (const size of [320, 900, 1100, 1440, 1920]) {
    const { page, close } = await openPage(world, { viewport: { width: size, height: 900 } });
    const cut = await page.evaluate(() => [...document.querySelectorAll('.cell')].filter((c) => c.scrollWidth > c.clientWidth + 1 || c.querySelector('.cell-word').getBoundingClientRect().right > c.getBoundingClientRect().right).map((c) => c.textContent.trim()));
    equal(cut, [], `cut off at ${size}`);
    await close();
  }
});

test('layout: the picture stands beside its sentences', async (world) => {
  for (const size of [390, 1440]) {
    const { page, close } = await openPage(world, { viewport: { width: size, height: 900 } });
    const off = await page.evaluate(() => {
      const rows = [...document.querySelectorAll('li.step')];
      return [...document.querySelectorAll('.mark')].filter((mark) => {
        const shape = mark.querySelector('line, circle');
        if (!shape) return false;
        const { top, bottom } = shape.getBoundingClientRect();
        const row = rows.find((r) => r.getBoundingClientRect().top <= top + 1 && r.getBoundingClientRect().bottom >= bottom - 1);
        return !row;
      }).length;
    });
    equal(off, 0, `marks outside of their rows at ${size}`);
    ok((await page.locator('.mark').count()) > 5, 'nothing is drawn');
    await close();
  }
});

for (const size of [390, 1440]) {
  test(`layout: the sentence of the step is in view while stepping at ${size} pixels`, async (world) => {
    const { page, close } = await openPage(world, { viewport: { width: size, height: 844 }, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    const count = await page.locator('li.step').count();
    for (let i = 1; i < count; i += 1) {
      await page.getByRole('button', { name: 'Step forward' }).click();
      await page.waitForFunction((at) => document.querySelectorAll('li.step')[at].getAttribute('aria-current') === 'step', i);
      const seen = await page.evaluate(() => {
        const sentence = document.querySelector('li.step.now .sentence');
        const { left, top } = sentence.getBoundingClientRect();
        const range = document.createRange();
        range.selectNodeContents(sentence.lastElementChild);
        const line = range.getClientRects()[0];
        return sentence.contains(document.elementFromPoint(line.left + 4, line.top + line.height / 2)) || [left, top];
      });
      equal(seen, true, `step ${i + 1} of ${count}`);
    }
    await close();
  });
}

test('layout: what has the focus is not covered', async (world) => {
  const { page, close } = await openPage(world, { viewport: { width: 1280, height: 720 } });
  await page.locator('li.step button.sentence').first().focus();
  for (let i = 0; i < (await page.locator('li.step').count()); i += 1) {
    const covered = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + 30, Math.min(box.top + 12, innerHeight - 1));
      return !document.activeElement.contains(top) && !top?.closest('li.step');
    });
    ok(!covered, `step ${i + 1} is covered`);
    await page.keyboard.press('ArrowDown');
  }
  await close();
});

for (const size of [320, 390, 1440]) {
  test(`layout: text of twice the size fits at ${size} pixels`, async (world) => {
    const { page, close } = await openPage(world, { viewport: { width: size, height: 900 }, prepare: largeText });
    equal(await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('#headline')).fontSize) >= 34), true, 'the headline grows with the setting');
    for (const tab of ['Code', 'Attack', 'Read']) {
      await page.locator('.tabs button', { hasText: tab }).click();
      ok((await width(page)) <= size, `${tab}: the page is ${await width(page)} pixels wide`);
    }
    await page.locator('.tabs button', { hasText: 'Attack' }).click();
    const cut = await page.evaluate(() => [...document.querySelectorAll('.cell, .top button, .tabs button, .play, .truth h3')]
      .filter((e) => e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth)).map((e) => e.textContent.trim()));
    equal(cut, [], 'cut off');
    await close();
  });
}
