/** What the page does when something is missing, refused or broken. */
import { readdirSync } from 'node:fs';
import { codeOf, equal, folder, ok, openPage, quiet, settled, test, verdict } from './harness.mjs';
import { serve } from './server.mjs';

const hasWasm = readdirSync(`${folder}/assets`).some((name) => name.endsWith('.wasm'));
const write = async (page, text) => {
  await page.locator('wh-code .cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  if (text) await page.keyboard.insertText(text);
};
const worker = (body) => (page) => page.route('**/worker-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));

test('states: nothing pasted yet', async (world) => {
  const { page, close } = await openPage(world);
  await write(page, '');
  await page.getByRole('heading', { name: /paste/i }).waitFor();
  equal(await page.locator('button.cell').count(), 0, 'cells');
  await close();
});

test('states: code that does not parse is told, and read all the same', async (world) => {
  const { page, close } = await openPage(world);
  const code = (await codeOf(page)).replace('verify=True', 'verify=False').replace('async def process_payment():', 'async def process_payment()');
  await write(page, code);
  await page.locator('.diagnostics .d-error').first().waitFor();
  ok((await page.locator('.finding').count()) > 0, 'no finding is left');
  await close();
});

test('states: typing over a selection violates no policy and is one step of undo', async (world) => {
  const { page, close } = await openPage(world);
  const before = await codeOf(page);
  await page.locator('wh-code .cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.type('x');
  ok((await codeOf(page)).startsWith('x\n'), 'the selection was not typed over');
  await page.keyboard.press('Control+z');
  equal(await codeOf(page), before, 'the text after undo');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('app');
  equal(await codeOf(page), 'app', 'the text');
  await close();
});

test('states: no autoplay', async (world) => {
  const { page, close } = await openPage(world);
  const before = await page.locator('.count').innerText();
  await page.waitForTimeout(2000);
  equal(await page.locator('.count').innerText(), before, 'the step');
  await close();
});

test('states: a core that never answers is stopped, and the text stays', async (world) => {
  const { page, close } = await openPage(world, { wait: false, prepare: worker("postMessage({ type: 'ready', version: 'x' });") });
  await page.getByRole('heading', { name: /took too long/ }).waitFor({ timeout: 15_000 });
  await page.waitForSelector('wh-code[data-ready]');
  ok((await codeOf(page)).includes('process_payment'), 'the text is lost');
  await close();
});

test('states: a run that takes long is told, and can be stopped', async (world) => {
  const { page, close } = await openPage(world, { wait: false, prepare: worker("postMessage({ type: 'ready', version: 'x' });") });
  await page.getByRole('heading', { name: /Still playing/ }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('heading', { name: 'Stopped' }).waitFor();
  ok((await codeOf(page)).includes('process_payment'), 'the text is lost');
  await close();
});

test('states: a run that was stopped for good is started afresh without the network', async (world) => {
  const { page, context, requests, close } = await openPage(world, { prepare: (p) => p.addInitScript(() => {
    // The first worker goes deaf once it is told to.
    const Real = Worker;
    let first = true;
    globalThis.Worker = class extends Real {
      constructor(...given) { super(...given); this.deaf = first; first = false; }
      postMessage(message) { if (!(this.deaf && globalThis.deaf)) super.postMessage(message); }
    };
  }) });
  await page.waitForLoadState('networkidle');
  const loaded = requests.length;
  await context.setOffline(true);
  await page.evaluate(() => { globalThis.deaf = true; });
  await page.locator('wh-code .cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# more');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('heading', { name: 'Stopped' }).waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await quiet(page);
  equal(await verdict(page, 'poisoned-selfsigned'), 'blocked', 'the new core');
  equal(requests.slice(loaded), [], 'requests');
  await close();
});

test('states: a core that breaks is started afresh, and the text stays', async (world) => {
  const { page, close } = await openPage(world, {
    wait: false, prepare: worker("postMessage({ type: 'ready', version: 'x' }); onmessage = (e) => postMessage({ type: 'crashed', id: e.data.id, message: 'unreachable' });"),
  });
  await page.getByRole('heading', { name: /stopped on this code/ }).waitFor();
  await page.unroute('**/worker-*.js');
  await page.waitForSelector('wh-code[data-ready]');
  ok((await codeOf(page)).includes('process_payment'), 'the text is lost');
  await close();
});

test('states: without workers the core runs on the page', async (world) => {
  const { page, close } = await openPage(world, { prepare: (p) => p.addInitScript(() => { globalThis.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }; }) });
  equal(await verdict(page, 'poisoned-selfsigned'), 'blocked', 'a self-signed certificate');
  ok((await page.locator('.foot').innerText()).includes('without a worker'), 'the page does not say where the core runs');
  await close();
});

test('states: without WebAssembly the page says so and keeps the text', async (world) => {
  const { page, close } = await openPage(world, { wait: false, prepare: async (p) => {
    await p.addInitScript(() => { globalThis.Worker = undefined; delete globalThis.WebAssembly; });
  } });
  await page.getByRole('heading', { name: /cannot run the simulation/ }).waitFor();
  await page.waitForSelector('wh-code[data-ready]');
  ok((await codeOf(page)).includes('process_payment'), 'the text is lost');
  await close();
});

if (hasWasm) {
  test('states: a host that calls Wasm something else does no harm', async (world) => {
    const server = await serve(folder, { wasmType: 'application/octet-stream' });
    const { page, close } = await openPage(world, { url: server.url });
    equal(await verdict(page, 'poisoned-selfsigned'), 'blocked', 'a self-signed certificate');
    await close();
    server.close();
  });

  test('states: a core that is not there is told', async (world) => {
    const { page, faults, close } = await openPage(world, { wait: false, prepare: (p) => p.context().route('**/*.wasm', (route) => route.fulfill({ status: 404, body: '' })) });
    await page.getByRole('heading', { name: /could not be loaded/ }).waitFor();
    faults.length = 0;  // Chromium reports the missing file itself
    await close();
  });
}

test('states: the policy holds as a header too, for the worker as well', async (world) => {
  const server = await serve(folder, { header: true });
  const { page, close } = await openPage(world, { url: server.url });
  equal(await verdict(page, 'honest'), 'safe', 'nobody attacks');
  await close();
  server.close();
});

test('states: denied storage is no obstacle', async (world) => {
  const { page, close } = await openPage(world, { prepare: (p) => p.addInitScript(() => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })) });
  await write(page, 'import httpx\n');
  await quiet(page);
  await page.getByText('denies storage').waitFor();
  await page.getByRole('button', { name: /^Theme/ }).click();
  await close();
});

test('states: under a path of its own the page works too', async (world) => {
  const { createServer } = await import('node:http');
  const proxy = createServer((request, response) => {
    void fetch(new URL(request.url.replace('/deep/er/', ''), world.server.url)).then(async (answer) => {
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { page, close } = await openPage(world, { url: `http://127.0.0.1:${proxy.address().port}/deep/er/` });
  await settled(page);
  await close();
  proxy.closeAllConnections();
  proxy.close();
});
