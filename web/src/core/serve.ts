/** One engine behind messages: in the worker, or on the page's own thread. */
import { LoadError, loadEngine, type Engine } from './engine.ts';
import type { Ask, FromWorker } from './messages.ts';

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function serveEngine(compiled: WebAssembly.Module | null, post: (message: FromWorker) => void): (ask: Ask) => Promise<void> {
  let loading: Promise<Engine> = loadEngine(compiled);
  loading.then(
    (engine) => post({ type: 'ready', version: engine.version, compiled: engine.compiled }),
    (error: unknown) => post({ type: 'load-failed', problem: error instanceof LoadError ? error.problem : 'not-loaded', message: words(error) }),
  );
  return async ({ id, request }) => {
    let engine: Engine | null = null;
    try {
      engine = await loading;
      post({ type: 'reply', id, reply: engine.handle(request) });
    } catch (error) {
      post({ type: 'crashed', id, message: words(error) });
      // What broke may not be asked again; a new instance of the same code may.
      if (engine) {
        loading = loadEngine(engine.compiled);
        loading.catch(() => {});
      }
    }
  };
}
