/** Runs the browser tests against the built page. `run.mjs WORD` runs those whose names hold the word. */
import { all, start } from './harness.mjs';

const only = process.argv[2] ?? '';
for (const name of ['story', 'lessons', 'share', 'input', 'states', 'access', 'layout']) await import(`./${name}.mjs`);

const world = await start();
let passed = 0;
const failed = [];
for (const { name, run } of all().filter((t) => t.name.includes(only))) {
  const since = performance.now();
  try {
    await run(world);
    passed += 1;
    console.log(`ok    ${name} (${Math.round(performance.now() - since)} ms)`);
  } catch (error) {
    failed.push(name);
    console.log(`FAIL  ${name}\n${String(error?.stack ?? error).replace(/^/gm, '      ')}`);
  }
  for (const context of world.browser.contexts()) await context.close();
}
await world.stop();
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
