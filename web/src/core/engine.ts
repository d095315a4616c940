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
  /** For the next instance: nothing has to be fetched again. Null for the stand-in. */
  compiled: WebAssembly.Module | null;
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

function instance(compiled: WebAssembly.Module | null): Promise<EmscriptenModule> {
  if (!compiled) return createWrongHost();
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

function versionOf(module: EmscriptenModule): string {
  if (!module._wh_version) return '';
  const text = module.UTF8ToString(module._wh_version());
  try {
    const reply = JSON.parse(text) as { core?: unknown };
    return typeof reply.core === 'string' ? reply.core : '';
  } catch {
    return text;
  }
}

/** `known`: what an earlier engine compiled. */
export async function loadEngine(known: WebAssembly.Module | null = null): Promise<Engine> {
  if (typeof WebAssembly !== 'object') {
    throw new LoadError('no-webassembly', 'This browser does not run WebAssembly.');
  }
  let module: EmscriptenModule;
  let compiled = known;
  try {
    if (!compiled && wasmUrl) compiled = await compile(new URL(wasmUrl, import.meta.url).href);
    module = await instance(compiled);
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const problem = error instanceof WebAssembly.CompileError ? 'refused' : 'not-loaded';
    throw new LoadError(problem, `The core could not be started: ${why}`);
  }
  return {
    version: versionOf(module),
    compiled,
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
