/// <reference lib="webworker" />
import { LoadError, loadEngine } from './engine.ts';
import type { FromWorker, ToWorker } from './messages.ts';

const port = self as unknown as DedicatedWorkerGlobalScope;
const post = (message: FromWorker) => port.postMessage(message);
const loading = loadEngine();

loading.then(
  (engine) => post({ type: 'ready', version: engine.version }),
  (error: unknown) =>
    post({
      type: 'load-failed',
      problem: error instanceof LoadError ? error.problem : 'not-loaded',
      message: error instanceof Error ? error.message : String(error),
    }),
);

port.onmessage = async (event: MessageEvent<ToWorker>) => {
  const { id, request } = event.data;
  try {
    const engine = await loading;
    post({ type: 'reply', id, reply: engine.handle(request) });
  } catch (error) {
    post({ type: 'crashed', id, message: error instanceof Error ? error.message : String(error) });
  }
};
