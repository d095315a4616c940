// The table attack x defence (core/world/attacks-and-defences.md) is what runs show today.
//   node tests/attacks/table.mjs --native BINARY [--write]
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'core', 'world', 'attacks-and-defences.md');
const native = process.argv[process.argv.indexOf('--native') + 1];
const made = execFileSync(native, ['attacks', '--format', 'markdown'], { encoding: 'utf8', maxBuffer: 1 << 24 });
if (process.argv.includes('--write')) writeFileSync(path, made);

let passed = 0;
let failed = 0;
const test = (name, holds) => {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}`);
};
test('the table is up to date (--write makes it anew)', readFileSync(path, 'utf8') === made);
const rows = made.split('\n').filter((line) => /^\| [a-z0-9-]+ \|/.test(line)).map((line) => line.split('|').map((cell) => cell.trim()).slice(1, -1))
  .filter(([name]) => name !== 'attack' && name !== 'defence' && /[a-z]/.test(name));
const attacks = rows.filter((row) => row.length === 5);
const contests = rows.filter((row) => row.length > 5);
test('every attack wins where its weakness is', attacks.length > 20 && attacks.every((row) => row[4].startsWith('wins')));
test('every attack is stopped by something', contests.length === attacks.length && contests.every((row) => row.slice(1).some((cell) => cell === 'stopped')));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
