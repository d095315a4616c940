/** Where the core runs: in a worker if that is allowed, else here. Both look the same to the client. */
import workerUrl from './worker.ts?worker&url';
import type { FromWorker, ToWorker } from './messages.ts';

export interface CoreHost {
  post(message: ToWorker): void;
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

export function workerHost(): CoreHost {
  const worker = new Worker(trusted(new URL(workerUrl, import.meta.url).href), { type: 'module', name: 'core' });
  const host: CoreHost = {
    kind: 'worker',
    post: (message) => worker.postMessage(message),
    onmessage: () => {},
    onerror: () => {},
    stop: () => worker.terminate(),
  };
  worker.onmessage = (event: MessageEvent<FromWorker>) => host.onmessage(event.data);
  worker.onerror = (event) => host.onerror(event.message || 'The worker could not be started.');
  return host;
}

/** Without a worker: same messages, on the page's thread. A run that never ends cannot be stopped here. */
export function pageHost(): CoreHost {
  let stopped = false;
  const loading = import('./engine.ts').then((module) => module.loadEngine());
  const host: CoreHost = {
    kind: 'page',
    onmessage: () => {},
    onerror: () => {},
    stop: () => {
      stopped = true;
    },
    post({ id, request }) {
      void loading.then((engine) => {
        if (stopped) return;
        try {
          host.onmessage({ type: 'reply', id, reply: engine.handle(request) });
        } catch (error) {
          host.onmessage({ type: 'crashed', id, message: error instanceof Error ? error.message : String(error) });
        }
      });
    },
  };
  loading.then(
    (engine) => !stopped && host.onmessage({ type: 'ready', version: engine.version }),
    (error: unknown) => {
      if (stopped) return;
      const problem = (error as { problem?: 'no-webassembly' | 'not-loaded' | 'refused' }).problem ?? 'not-loaded';
      host.onmessage({ type: 'load-failed', problem, message: error instanceof Error ? error.message : String(error) });
    },
  );
  return host;
}
