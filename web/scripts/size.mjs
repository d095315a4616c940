/** Weighs a built page: every file as brotli and gzip, against what the first visit may cost. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
// The main-thread fallback is fetched only where workers are refused.
const ONLY_SOMETIMES = /\/(engine|serve)-[^/]*\.js$/;
const LIMITS = [
  ['whole page', () => true, 440_000, 545_000],
  ['without Wasm', (f) => !f.name.endsWith('.wasm'), 185_000, 225_000],
  ['Wasm', (f) => f.name.endsWith('.wasm'), 250_000, 320_000],
];

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return { name: `/${relative(folder, path)}`, raw: bytes.length, br: brotliCompressSync(bytes, { params }).length, gz: gzipSync(bytes, { level: 9 }).length };
  })
  .sort((a, b) => b.br - a.br);

const row = (name, { raw, br, gz }, note = '') =>
  console.log(`${name.padEnd(38)} ${String(raw).padStart(9)} ${String(br).padStart(8)} ${String(gz).padStart(8)}  ${note}`);
console.log(`${''.padEnd(38)} ${'raw'.padStart(9)} ${'br'.padStart(8)} ${'gz'.padStart(8)}`);
for (const file of files) row(file.name, file, ONLY_SOMETIMES.test(file.name) ? 'only without a worker' : '');

let failed = 0;
const first = files.filter((file) => !ONLY_SOMETIMES.test(file.name));
console.log();
for (const [name, matches, br, gz] of LIMITS) {
  const sum = first.filter(matches).reduce((all, file) => ({ raw: all.raw + file.raw, br: all.br + file.br, gz: all.gz + file.gz }), { raw: 0, br: 0, gz: 0 });
  const over = sum.br > br || sum.gz > gz;
  if (over) failed += 1;
  row(name, sum, `${over ? 'OVER' : 'within'} ${br} br, ${gz} gz`);
}
console.log(`${LIMITS.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
