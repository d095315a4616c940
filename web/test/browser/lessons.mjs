/** Every lesson on the page: its starter misses the goal, its solution reaches it. */
import { equal, ok, openPage, quiet, test } from './harness.mjs';

async function openLesson(page, at) {
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.locator('wh-menu').nth(1).locator('.menu-item').nth(at + 1).click();
  await page.waitForFunction((n) => document.querySelector('.eyebrow')?.textContent.startsWith(`Lesson ${n} of`), at + 1);
  await page.locator('.goals li').first().waitFor();
  await quiet(page);
}

test('lessons: each begins unsolved and is solved by its solution', async (world) => {
  const { page, close } = await openPage(world);
  const count = (await page.locator('wh-menu').nth(1).locator('.menu-item').count()) - 1;
  ok(count > 0, 'there are no lessons');
  for (let i = 0; i < count; i += 1) {
    await openLesson(page, i);
    const name = await page.locator('.lesson-head h2').innerText();
    ok((await page.locator('.goals .open').count()) > 0, `"${name}" begins solved`);
    await page.getByRole('button', { name: 'Show solution' }).click();
    ok((await page.locator('.dl-added, .dl-removed').count()) > 0, `"${name}" shows no difference`);
    await page.getByRole('button', { name: 'Take the solution over' }).click();
    await page.locator('.passed').waitFor();
    equal(await page.locator('.goals .open').count(), 0, `goals left open in "${name}"`);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.waitForFunction(() => document.querySelector('.goals .open'));
  }
  await close();
});

test('lessons: hints belong to a goal, come one at a time, and go when it is reached', async (world) => {
  const { page, close } = await openPage(world);
  await openLesson(page, 0);
  await page.getByRole('button', { name: 'Hint', exact: true }).click();
  equal(await page.locator('.hints li').count(), 1, 'hints');
  await page.getByRole('button', { name: /^Next hint/ }).click();
  equal(await page.locator('.hints li').count(), 2, 'hints');
  await page.getByRole('button', { name: 'Show solution' }).click();
  await page.getByRole('button', { name: 'Take the solution over' }).click();
  await page.locator('.passed').waitFor();
  equal(await page.locator('.hints').count(), 0, 'hints after the goal');
  await close();
});

test('lessons: own text is kept when a lesson takes its place', async (world) => {
  const { page, close } = await openPage(world);
  await page.locator('wh-code .cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# mine\n');
  await quiet(page);
  await openLesson(page, 0);
  await page.getByRole('button', { name: 'Back to my text' }).click();
  await page.waitForFunction(() => document.querySelector('wh-code').shadowRoot.querySelector('.cm-line').textContent === '# mine');
  await close();
});
