// The cases: snippets with recordings of what real Python did, played by the native program and by the
// Wasm module under Node.
//   node tests/cases/run.mjs --native BINARY --wasm FOLDER [--only TEXT]
// For each case in tests/reality/*/ whose libraries are modelled: every (world, request) must be equal to
// the recording at level L3 or better (compare.mjs says what that means), at L4 unless listed in
// below-l4.json, and the traces of native and Wasm must have the same SHA-256.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge } from './compare.mjs';
import { loadCore } from './wasm-core.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const reality = join(here, '..', 'reality');
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const native = option('native');
const wasmFolder = option('wasm');
const only = option('only');
const verbose = process.argv.includes('--verbose');

const expectations = JSON.parse(readFileSync(join(here, 'expectations.json'), 'utf8'));
const core = wasmFolder ? await loadCore(wasmFolder) : null;

function casesIn(set) {
  const folder = join(reality, set);
  return readdirSync(folder).sort().map((name) => ({ set, name, folder: join(folder, name) }))
    .filter(({ name, folder: f }) => existsSync(join(f, 'expected.current.json')) && (!only || name.includes(only)));
}

function requestFor(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.py')).sort((a, b) => (b === 'snippet.py') - (a === 'snippet.py') || (a < b ? -1 : 1))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  // The scenario as it is written: JavaScript would make 1 of 1.0.
  const scenario = readFileSync(join(folder, 'case.json'), 'utf8');
  return `{"api": 1, "do": "outcomes", "files": ${JSON.stringify(files)}, "scenario": ${scenario}}`;
}

const key = (outcome) => JSON.stringify([outcome.world, outcome.request]);
let passed = 0;
let failed = 0;
const levels = { none: 0, L1: 0, L2: 0, L3: 0, L4: 0 };

for (const { set, name, folder } of [...casesIn('visible'), ...(existsSync(join(reality, 'own')) ? casesIn('own') : [])]) {
  if (expectations.notYet[name]) continue;
  const problems = [];
  const scenario = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const expected = JSON.parse(readFileSync(join(folder, 'expected.current.json'), 'utf8')).outcomes;
  let reply;
  try {
    const text = execFileSync(native, ['play', '--case', folder, '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60000 });
    reply = JSON.parse(text);
  } catch (error) {
    problems.push(`the program failed: ${String(error.message).split('\n')[0]}`);
  }
  if (reply) {
    const got = new Map();
    for (const one of reply.outcomes) got.set(key(one), [...(got.get(key(one)) ?? []), one]);
    const seen = new Map();
    for (const one of expected) {
      const id = key(one);
      const index = seen.get(id) ?? 0;
      seen.set(id, index + 1);
      const candidate = got.get(id)?.[index];
      const [level, difference] = candidate ? judge(one, candidate, scenario.concurrent === true) : [null, 'no outcome for this world and request'];
      levels[level ?? 'none'] += 1;
      const wanted = expectations.belowL4[name]?.worlds.includes(one.world) ? 'L3' : 'L4';
      if (!level || level < wanted) problems.push(`${one.world} ${typeof one.request === 'string' ? one.request : `${one.request.method ?? 'GET'} ${one.request.path}`}: ${level ?? '--'}, ${difference}`);
    }
    for (const [id, list] of got) {
      if (list.length > (seen.get(id) ?? 0)) problems.push(`an outcome that the recording does not have: ${id}`);
    }
    if (core) {
      const wasm = JSON.parse(core.handleText(requestFor(folder)));
      if (JSON.stringify(wasm.traces) !== JSON.stringify(reply.traces)) problems.push('the traces of native and Wasm differ');
      if (JSON.stringify(wasm.outcomes) !== JSON.stringify(reply.outcomes)) problems.push('the outcomes of native and Wasm differ');
    }
  }
  if (problems.length) {
    failed += 1;
    console.log(`FAIL ${set}/${name}`);
    for (const problem of verbose ? problems : problems.slice(0, 4)) console.log(`     ${problem}`);
  } else {
    passed += 1;
    console.log(`ok   ${set}/${name}`);
  }
}
const total = Object.values(levels).reduce((a, b) => a + b, 0);
const at = (...names) => names.reduce((sum, name) => sum + levels[name], 0);
console.log(`${total} outcomes: L1 ${at('L1', 'L2', 'L3', 'L4')}, L2 ${at('L2', 'L3', 'L4')}, L3 ${at('L3', 'L4')}, L4 ${at('L4')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
