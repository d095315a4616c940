// The benchmark: parse, check, play, the whole matrix, for services of 30 to 1,000 lines; natively, in Wasm under
// Node and in Wasm in Chromium; beside Ruff's Wasm build (flake8-bandit rules) on the same text in the same run.
//   node tests/bench/run.mjs --native BINARY --wasm FOLDER [--ruff FOLDER] [--chromium PATH --playwright FOLDER] [--runs N]
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadCore } from '../cases/wasm-core.mjs';
import { measure, SIZES } from './measure.mjs';
import { service } from './service.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const runs = Number(option('runs') ?? 9);
const wasm = option('wasm');
const ruff = option('ruff');

async function native(binary) {
  const program = spawn(binary, ['answer'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  createInterface({ input: program.stdout }).on('line', (line) => waiting.shift()(line));
  const ask = async (request) => {
    const reply = new Promise((settle) => { waiting.push(settle); });
    program.stdin.write(`${JSON.stringify(request)}\n`);
    return JSON.parse(await reply);
  };
  const rows = await measure(ask, () => performance.now(), runs);
  program.stdin.end();
  return rows;
}

const SETTINGS = { 'line-length': 120, lint: { select: ['S'] } };

async function ruffUnderNode() {
  const { Workspace, PositionEncoding, initSync } = await import(pathToFileURL(join(ruff, 'ruff_wasm.js')).href);
  initSync({ module: readFileSync(join(ruff, 'ruff_wasm_bg.wasm')) });
  const workspace = new Workspace(SETTINGS, PositionEncoding?.Utf16);
  return SIZES.map((size) => {
    const text = service(size);
    const times = [];
    for (let i = 0; i < runs + 3; i += 1) {
      const begin = performance.now();
      workspace.check(text);
      if (i >= 3) times.push(performance.now() - begin);
    }
    return times.sort((a, b) => a - b)[runs >> 1];
  });
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>bench</title><script type="module">
import { measure, SIZES } from '/bench/measure.mjs';
import { service } from '/bench/service.mjs';
import create from '/core/wronghost_core.js';
window.run = async (runs) => {
  const began = performance.now();
  const module = await create();
  const started = performance.now() - began;
  const ask = (request) => {
    const text = JSON.stringify(request);
    const size = module.lengthBytesUTF8(text) + 1;
    const pointer = module._malloc(size);
    module.stringToUTF8(text, pointer, size);
    const reply = module.UTF8ToString(module._wh_handle(pointer));
    module._free(pointer);
    return JSON.parse(reply);
  };
  const text = service(1000);
  const first = performance.now();
  ask({ api: 1, do: 'check', files: [{ name: 'main.py', text }] });
  return { started, first: performance.now() - first, rows: await measure(ask, () => performance.now(), runs) };
};
window.runRuff = async (runs) => {
  const { default: init, Workspace, PositionEncoding } = await import('/ruff/ruff_wasm.js');
  await init();
  const workspace = new Workspace(${JSON.stringify(SETTINGS)}, PositionEncoding?.Utf16);
  const first = performance.now();
  workspace.check(service(1000));
  const begun = performance.now() - first;
  const rows = SIZES.map((size) => {
    const text = service(size);
    const times = [];
    for (let i = 0; i < runs + 3; i += 1) {
      const begin = performance.now();
      workspace.check(text);
      if (i >= 3) times.push(performance.now() - begin);
    }
    return times.sort((a, b) => a - b)[runs >> 1];
  });
  return { first: begun, rows };
};
window.ready = true;
</script>`;

async function inChromium() {
  const { chromium } = await import(pathToFileURL(join(option('playwright'), 'index.mjs')).href);
  const folders = { core: wasm, bench: here, ruff };
  const types = { js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };
  const server = createServer((request, response) => {
    const [, folder, name] = request.url.split('/');
    if (!name) return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    try {
      const body = readFileSync(join(folders[folder], name));
      response.writeHead(200, { 'content-type': types[name.split('.').pop()] ?? 'text/plain' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((settle) => { server.listen(0, '127.0.0.1', settle); });
  const browser = await chromium.launch({ executablePath: option('chromium'), args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction('window.ready');
  const ours = await page.evaluate(`window.run(${runs})`);
  const theirs = ruff ? await page.evaluate(`window.runRuff(${runs})`) : null;
  await browser.close();
  server.close();
  return { ours, theirs };
}

const fixed = (value) => value.toFixed(value < 10 ? 2 : 1).padStart(9);
function print(title, rows, peer) {
  console.log(`\n${title} (median of ${runs}, ms)`);
  console.log('   lines endpoints findings    parse    check     play   matrix  analyse' + (peer ? '   Ruff S  check / Ruff' : ''));
  rows.forEach((row, i) => {
    const left = `${String(row.lines).padStart(8)}${String(row.endpoints).padStart(10)}${String(row.findings).padStart(9)}`;
    const times = ['parse', 'check', 'play', 'matrix', 'analyse'].map((name) => fixed(row[name])).join('');
    console.log(left + times + (peer ? `${fixed(peer[i])}${(row.check / peer[i]).toFixed(2).padStart(14)}` : ''));
  });
}

if (option('native')) print('native', await native(option('native')));
if (wasm) {
  const core = await loadCore(wasm);
  const rows = await measure((request) => core.handle(request), () => performance.now(), runs);
  print('Wasm, Node', rows, ruff ? await ruffUnderNode() : null);
}
if (option('chromium')) {
  const { ours, theirs } = await inChromium();
  print('Wasm, Chromium', ours.rows, theirs?.rows);
  console.log(`   started in ${ours.started.toFixed(1)} ms; first check of ${ours.rows.at(-1).lines} lines ${ours.first.toFixed(1)} ms` + (theirs ? `, Ruff's ${theirs.first.toFixed(1)} ms` : ''));
}
