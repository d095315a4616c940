/**
 * The core itself: compiles the Wasm file, and turns one request into one reply. Runs in the worker,
 * or on the page's own thread where workers are refused; the same code either way.
 */
import createWrongHost, { type EmscriptenModule } from '#core/glue';
import wasmUrl from '#core/wasm-url';
import type { Reply, Request } from './protocol.ts';

export type LoadProblem = 'no-webassembly' | 'not-loaded' | 'refused';

export class LoadError extends Error {
  readonly problem: LoadProblem;
  constructor(problem: LoadProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

export interface Engine {
  version: string;
  handle(request: Request): Reply;
}

/** Streaming needs the right content type and is refused by some hosts; the bytes alone always do. */
async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new LoadError('not-loaded', `The core could not be loaded (HTTP ${response.status}).`);
  const spare = response.clone();
  try {
    return await WebAssembly.compileStreaming(response);
  } catch {
    return await WebAssembly.compile(await spare.arrayBuffer());
  }
}

async function instance(): Promise<EmscriptenModule> {
  if (!wasmUrl) return createWrongHost();
  const compiled = await compile(new URL(wasmUrl, import.meta.url).href);
  return new Promise((resolve, reject) => {
    createWrongHost({
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(compiled, imports).then((made) => done(made, compiled), reject);
        return {};
      },
      locateFile: (name) => name,
      print: () => {},
      printErr: () => {},
    }).then(resolve, reject);
  });
}

export async function loadEngine(): Promise<Engine> {
  if (typeof WebAssembly !== 'object') {
    throw new LoadError('no-webassembly', 'This browser does not run WebAssembly.');
  }
  let module: EmscriptenModule;
  try {
    module = await instance();
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const problem = error instanceof WebAssembly.CompileError ? 'refused' : 'not-loaded';
    throw new LoadError(problem, `The core could not be started: ${why}`);
  }
  return {
    version: module._wh_version ? module.UTF8ToString(module._wh_version()) : '',
    handle(request) {
      const text = JSON.stringify(request);
      const size = module.lengthBytesUTF8(text) + 1;
      const pointer = module._malloc(size);
      if (pointer === 0) throw new Error('The core is out of memory.');
      module.stringToUTF8(text, pointer, size);
      const reply = module._wh_handle(pointer);
      module._free(pointer);
      return JSON.parse(module.UTF8ToString(reply)) as Reply;
    },
  };
}
