/** What the bundler resolves for us; see vite.config.ts. */
declare module '#core/glue' {
  export interface EmscriptenModule {
    _malloc(size: number): number;
    _free(pointer: number): void;
    _wh_handle(request: number): number;
    _wh_version?(): number;
    stringToUTF8(text: string, pointer: number, capacity: number): void;
    lengthBytesUTF8(text: string): number;
    UTF8ToString(pointer: number): string;
  }
  export interface EmscriptenOptions {
    instantiateWasm?(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object;
    locateFile?(name: string): string;
    onAbort?(reason: unknown): void;
    print?(line: string): void;
    printErr?(line: string): void;
  }
  const createWrongHost: (options?: EmscriptenOptions) => Promise<EmscriptenModule>;
  export default createWrongHost;
}
declare module '#core/wasm-url' {
  /** Empty: the module brings its own code (the stand-in for development). */
  const url: string;
  export default url;
}
declare module 'virtual:lessons' {
  const load: () => Promise<import('../lessons/types.ts').Course>;
  export default load;
}
declare module 'virtual:texts' {
  export const intro: string;
}
