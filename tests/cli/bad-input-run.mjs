// Bad input: for check, scan and play, each case of bad-input.mjs ends with a clear word and its line, and
// neither crashes nor hangs.
//   node tests/cli/bad-input-run.mjs --native BINARY [--only TEXT] [--all] [--show] [--jobs N]
// --show prints what was said and how long it took; time is never judged, beyond a generous limit that kills.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASES } from './bad-input.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const native = option('--native');
const only = option('--only', '');
const show = process.argv.includes('--show');
const jobs = Number(option('--jobs', availableParallelism()));
const KILL_AFTER_MS = 300000;
const OUTPUT_MAX = 64 << 20;
// A scan plays nine worlds: every fourth case is scanned, with --all each of them.
const all = process.argv.includes('--all');
const commands = (number) => [['check'], ['play', '--world', 'honest'], ...(all || number % 4 === 0 ? [['scan']] : [])];

function run(args) {
  return new Promise((done) => {
    // With --show, bash tells the processor time, which says more than the clock of a busy machine.
    const child = show
      ? spawn('bash', ['-c', 'TIMEFORMAT="user %U"; time "$0" "$@"', native, ...args], { timeout: KILL_AFTER_MS, killSignal: 'SIGKILL' })
      : spawn(native, args, { timeout: KILL_AFTER_MS, killSignal: 'SIGKILL' });
    let text = '';
    const take = (part) => { if (text.length < OUTPUT_MAX) text += part; };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('close', (status, signal) => done({ status, signal, text, user: /user ([\d.]+)\s*$/.exec(text)?.[1] ?? '?' }));
  });
}

const folder = mkdtempSync(join(tmpdir(), 'wronghost-bad-'));
let passed = 0;
let failed = 0;

async function one([name, text, pattern], number) {
  // The file is called snippet.py as a paste is, so that an import of itself finds it.
  const path = join(mkdtempSync(join(folder, `${number}-`)), 'snippet.py');
  writeFileSync(path, text);
  for (const [command, ...rest] of commands(number)) {
    const got = await run([command, path, ...rest]);
    let problem = '';
    if (got.signal || ![0, 1, 2].includes(got.status)) problem = `ended by ${got.signal ?? got.status}`;
    else if (!pattern.test(got.text)) problem = `${pattern} not in`;
    if (problem) {
      failed += 1;
      console.log(`FAIL ${command}: ${name}: ${problem}: ${got.text.slice(0, 700)}`);
    } else {
      passed += 1;
      if (!show) console.log(`ok   ${command}: ${name}`);
    }
    if (show) console.log(`${got.user.padStart(8)} s ${command} ${name} (${got.status}, ${got.text.length} bytes)\n${got.text.slice(0, 400).replace(/^/gm, '          ')}`);
  }
}

const waiting = CASES.filter(([name]) => name.includes(only)).map((each, number) => () => one(each, number));
await Promise.all(Array.from({ length: jobs }, async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await next();
}));
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
