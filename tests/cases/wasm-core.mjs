// The page's module under Node: the ES6 module is built for browsers, so it gets its bytes and a small shim.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export async function loadCore(folder) {
  globalThis.self ??= globalThis;
  globalThis.location ??= { href: pathToFileURL(join(folder, 'wronghost_core.js')).href };
  const { default: create } = await import(pathToFileURL(join(folder, 'wronghost_core.js')).href);
  const module = await create({ wasmBinary: readFileSync(join(folder, 'wronghost_core.wasm')) });
  return {
    handleText(text) {
      const size = module.lengthBytesUTF8(text) + 1;
      const pointer = module._malloc(size);
      module.stringToUTF8(text, pointer, size);
      const reply = module.UTF8ToString(module._wh_handle(pointer));
      module._free(pointer);
      return reply;
    },
    handle(request) { return JSON.parse(this.handleText(JSON.stringify(request))); },
  };
}
