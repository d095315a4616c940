// Lessons that are broken on purpose must be refused, each with the right complaint.
//   node tests/lessons/run.mjs --native BINARY
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const good = join(here, '..', '..', 'lessons', '020-cleartext');
const native = process.argv[process.argv.indexOf('--native') + 1];

function check(folder) {
  return new Promise((done) => {
    const child = spawn(native, ['lesson', 'check', folder], { timeout: 120000, killSignal: 'SIGKILL' });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => { text += part; });
    child.on('close', (status) => done({ status, text }));
  });
}

const read = (folder, name) => readFileSync(join(folder, name), 'utf8');
const change = (folder, name, from, to) => {
  const text = read(folder, name);
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  writeFileSync(join(folder, name), text.replace(from, to));
};
const edit = (folder, name, body) => {
  const value = JSON.parse(read(folder, name));
  body(value);
  writeFileSync(join(folder, name), JSON.stringify(value));
};
// What is done to a good lesson, how the check must end, what it must say.
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
  ['there is no solution', (f) => rmSync(join(f, 'solution.py')), 1, /solution\.py: is missing/],
  ['there is no starter', (f) => rmSync(join(f, 'starter.py')), 1, /starter\.py: is missing/],
  ['there is no lesson.json', (f) => rmSync(join(f, 'lesson.json')), 1, /lesson\.json: is missing/],
  ['there is no near miss', (f) => rmSync(join(f, 'near-misses'), { recursive: true }), 1, /at least one plausible wrong answer/],
  ['a near miss that does not say what it breaks', (f) => rmSync(join(f, 'near-misses/no-call.json')), 1, /near-misses\/no-call\.json: is missing/],
  ['a near miss with a misspelt key', (f) => edit(f, 'near-misses/no-call.json', (miss) => { miss.brakes = miss.breaks; }), 1, /brakes/],
  ['a near miss that breaks a goal that there is not', (f) => edit(f, 'near-misses/no-call.json', (miss) => { miss.breaks = 'nothing'; }), 1, /should break "nothing"/],
  ['the wrong type in the scenario', (f) => edit(f, 'lesson.json', (lesson) => { lesson.scenario.requests = 'GET /'; }), 1, /\/scenario\/requests: must be/],
  ['the wrong type in the goal', (f) => edit(f, 'lesson.json', (lesson) => { lesson.goal.all = 7; }), 1, /\/goal\/all: must be/],
  ['a key that lessons do not have', (f) => edit(f, 'lesson.json', (lesson) => { lesson.extra = 1; }), 1, /extra/],
  ['a goal without a kind', (f) => edit(f, 'lesson.json', (lesson) => { lesson.goal.all[0] = { id: 'x', text: 'x' }; }), 1, /\/goal\/all\/0/],
  ['a goal in a world that there is not', (f) => edit(f, 'lesson.json', (lesson) => { lesson.goal.all.push({ id: 'w', text: 'x', outcome: { world: 'poisoned', verdict: ['safe'] } }); }), 1, /world "poisoned"/],
  ['a hint for a goal that there is not', (f) => edit(f, 'lesson.json', (lesson) => { lesson.hints.push({ goal: 'nothing', steps: ['x'] }); }), 1, /there is no goal "nothing"/],
  ['a hint without a step', (f) => edit(f, 'lesson.json', (lesson) => { lesson.hints[0].steps = []; }), 1, /at least one step/],
  ['front matter that is missing', (f) => writeFileSync(join(f, 'lesson.md'), read(f, 'lesson.md').replace(/^---\n/, '')), 1, /must begin with front matter/],
  ['front matter without a title', (f) => change(f, 'lesson.md', 'title:', 'headline:'), 1, /front matter lacks "title"/],
  ['a starter that is too long', (f) => writeFileSync(join(f, 'starter.py'), read(f, 'starter.py') + '# filler\n'.repeat(60)), 1, /starter\.py: is longer than 60 lines/],
  ['a line that is too long', (f) => writeFileSync(join(f, 'solution.py'), `${read(f, 'solution.py')}# ${'x'.repeat(90)}\n`), 1, /solution\.py: line \d+ is longer than 88/],
  ['a solution that changes too much', (f) => writeFileSync(join(f, 'solution.py'), read(f, 'solution.py') + Array.from({ length: 16 }, (_, i) => `# ${i}\n`).join('')), 1, /changes more than 15 lines/],
  ['code that does not parse', (f) => writeFileSync(join(f, 'solution.py'), 'def (:\n'), 1, /solution\.py: does not parse/],
];

let passed = 0;
let failed = 0;
async function one([name, spoil, status, complaint]) {
  const folder = mkdtempSync(join(tmpdir(), 'lesson-'));
  const lesson = join(folder, '020-cleartext');
  cpSync(good, lesson, { recursive: true });
  spoil(lesson);
  const got = await check(lesson);
  rmSync(folder, { recursive: true });
  if (got.status === status && complaint.test(got.text)) {
    passed += 1;
    console.log(`ok   ${name}`);
  } else {
    failed += 1;
    console.log(`FAIL ${name}: status ${got.status}, wanted ${status} with ${complaint}\n${got.text}`);
  }
}

const waiting = [...BREAKS];
await Promise.all(Array.from({ length: availableParallelism() }, async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await one(next);
}));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
