/** Serves a built page like any static host: right types, the page's own policy also as a header. */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.json': 'application/json' };

export function policyOf(folder) {
  const found = /Content-Security-Policy" content="([^"]+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'));
  return found[1];
}

/** `options.wasmType`: what to call Wasm files; `options.header`: send the policy with every file. */
export function serve(folder, options = {}) {
  const policy = policyOf(folder);
  const server = createServer((request, response) => {
    let path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (path.endsWith('/')) path += 'index.html';
    const file = join(folder, path);
    try {
      if (!file.startsWith(folder) || !statSync(file).isFile()) throw new Error('no file');
    } catch {
      response.writeHead(404).end();
      return;
    }
    const type = extname(file) === '.wasm' && options.wasmType ? options.wasmType : TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, {
      'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache',
      ...(options.header ? { 'content-security-policy': policy } : {}),
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }));
  });
}
