// Lessons that are broken on purpose must be refused, each with the right complaint.
//   node tests/lessons/run.mjs --native BINARY
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const good = join(here, '..', '..', 'lessons', '020-cleartext');
const native = process.argv[process.argv.indexOf('--native') + 1];

function check(folder) {
  const done = spawnSync(native, ['lesson', 'check', folder], { encoding: 'utf8', timeout: 60000 });
  return { status: done.status, text: done.stdout + done.stderr };
}

const read = (folder, name) => readFileSync(join(folder, name), 'utf8');
const BREAKS = [
  ['the lesson as it is', () => {}, 0, /ok /],
  ['the starter already passes', (f) => cpSync(join(f, 'solution.py'), join(f, 'starter.py')), 1, /starter\.py: already reaches the goal/],
  ['the solution fails', (f) => cpSync(join(f, 'starter.py'), join(f, 'solution.py')), 1, /solution\.py: does not reach the goal/],
  ['an alternative fails', (f) => cpSync(join(f, 'starter.py'), join(f, 'alternatives/explicit.py')), 1, /alternatives\/explicit\.py: does not reach the goal/],
  ['a near miss passes', (f) => cpSync(join(f, 'solution.py'), join(f, 'near-misses/still-follows.py')), 1, /still-follows\.py: reaches the goal/],
  ['a near miss breaks another goal than it says', (f) => writeFileSync(join(f, 'near-misses/still-follows.json'), '{"breaks": "works", "why": "x"}'), 1, /should break "works"/],
  ['a key of the scenario is misspelt', (f) => writeFileSync(join(f, 'lesson.json'), read(f, 'lesson.json').replace('"poisoned": ["invoices', '"poisonned": ["invoices')), 1, /poisonned.*did you mean "poisoned"/],
  ['a goal names an unknown rule', (f) => writeFileSync(join(f, 'lesson.json'), read(f, 'lesson.json').replace('cleartext-transport', 'cleartext')), 1, /there is no rule "cleartext"/],
  ['not JSON', (f) => writeFileSync(join(f, 'lesson.json'), '{"scenario": '), 1, /not JSON: line 1/],
  ['a hint is missing', (f) => { const lesson = JSON.parse(read(f, 'lesson.json')); lesson.hints.pop(); writeFileSync(join(f, 'lesson.json'), JSON.stringify(lesson)); }, 1, /no hint for goal "no-downgrade"/],
  ['a goal that asks nothing', (f) => { const lesson = JSON.parse(read(f, 'lesson.json')); lesson.goal.all.push({ id: 'idle', text: 'x', finding: { max: 99 } }); lesson.hints.push({ goal: 'idle', steps: ['x'] }); writeFileSync(join(f, 'lesson.json'), JSON.stringify(lesson)); }, 1, /"idle" holds for every fixture/],
  ['a stray file', (f) => writeFileSync(join(f, 'notes.txt'), 'x'), 1, /notes\.txt: does not belong/],
  ['a section of the text is missing', (f) => writeFileSync(join(f, 'lesson.md'), read(f, 'lesson.md').replace('## Why', '## Because')), 1, /lacks the section "## Why"/],
  ['a name that is not reserved', (f) => writeFileSync(join(f, 'alternatives/explicit.py'), read(f, 'solution.py').replace('https://invoices.acme.example', 'https://invoices.acme.com')), 1, /not a name reserved for examples/],
  ['code that does not parse', (f) => writeFileSync(join(f, 'solution.py'), 'def (:\n'), 1, /solution\.py: does not parse/],
];

let passed = 0;
let failed = 0;
for (const [name, spoil, status, complaint] of BREAKS) {
  const folder = mkdtempSync(join(tmpdir(), 'lesson-'));
  const lesson = join(folder, '020-cleartext');
  cpSync(good, lesson, { recursive: true });
  spoil(lesson);
  const got = check(lesson);
  rmSync(folder, { recursive: true });
  if (got.status === status && complaint.test(got.text)) {
    passed += 1;
    console.log(`ok   ${name}`);
  } else {
    failed += 1;
    console.log(`FAIL ${name}: status ${got.status}, wanted ${status} with ${complaint}\n${got.text}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
