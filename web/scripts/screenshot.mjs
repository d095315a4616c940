/** Takes the README's picture of the built page: docs/screenshot.png. */
import { fileURLToPath } from 'node:url';
import { openPage, quiet, start, tabTo, typeOver, waitForVerdict } from '../test/browser/harness.mjs';

const world = await start();
const { page, close } = await openPage(world, { viewport: { width: 1440, height: 1040 }, reducedMotion: 'reduce' });
await tabTo(page, (at) => at.editor, 'the editor');
await typeOver(page, 'True', 'False');
await waitForVerdict(page, 'poisoned-selfsigned', 'compromised');
await quiet(page);
await page.screenshot({ path: fileURLToPath(new URL('../docs/screenshot.png', import.meta.url)) });
await close();
await world.stop();
