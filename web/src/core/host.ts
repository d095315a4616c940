/** Where the core runs: in a worker if that is allowed, else here. Both look the same to the client. */
import workerUrl from './worker.ts?worker&url';
import type { Ask, FromWorker, ToWorker } from './messages.ts';

export interface CoreHost {
  post(message: Ask): void;
  onmessage: (message: FromWorker) => void;
  /** The host could not be started at all, or died. */
  onerror: (message: string) => void;
  stop(): void;
  kind: 'worker' | 'page';
}

interface ScriptUrlPolicy { createScriptURL(url: string): string }
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | null = null;

/** The one script address that this page ever makes up, named to Trusted Types by a policy of its own. */
function trusted(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return url;
  policy ??= types.createPolicy('wronghost', {
    createScriptURL(asked) {
      if (asked !== url) throw new TypeError('not the address of the core');
      return asked;
    },
  });
  return policy.createScriptURL(url);
}

/** What the first worker compiled, and a second worker that waits for a run that has to be stopped: no network then. */
let compiled: WebAssembly.Module | null = null;
let spare: Worker | null | undefined;

function makeWorker(): Worker {
  return new Worker(trusted(new URL(workerUrl, import.meta.url).href), { type: 'module', name: 'core' });
}

export function workerHost(): CoreHost {
  const worker = spare ?? makeWorker();
  if (spare) spare = null;
  const host: CoreHost = {
    kind: 'worker',
    post: (message) => worker.postMessage(message),
    onmessage: () => {},
    onerror: () => {},
    stop: () => worker.terminate(),
  };
  worker.onmessage = (event: MessageEvent<FromWorker>) => {
    const message = event.data;
    if (message.type === 'ready') {
      compiled = message.compiled ?? null;
      // One for the page's life: what is loaded is loaded at the beginning.
      if (spare === undefined) {
        spare = makeWorker();
        spare.onerror = () => (spare = null);
      }
    }
    host.onmessage(message);
  };
  worker.onerror = (event) => host.onerror(event.message || 'The worker could not be started.');
  worker.postMessage({ type: 'start', compiled } satisfies ToWorker);
  return host;
}

/** Without a worker: same messages, on the page's thread. A run that never ends cannot be stopped here. */
export function pageHost(): CoreHost {
  let stopped = false;
  const serving = import('./serve.ts').then(({ serveEngine }) => serveEngine(compiled, (message) => !stopped && host.onmessage(message)));
  const host: CoreHost = {
    kind: 'page',
    onmessage: () => {},
    onerror: () => {},
    stop: () => {
      stopped = true;
    },
    post: (message) => void serving.then((serve) => (stopped ? undefined : serve(message))),
  };
  serving.catch((error: unknown) => !stopped && host.onerror(error instanceof Error ? error.message : String(error)));
  return host;
}
