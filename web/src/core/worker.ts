/// <reference lib="webworker" />
import { serveEngine } from './serve.ts';
import type { ToWorker } from './messages.ts';

const port = self as unknown as DedicatedWorkerGlobalScope;
let serve: ReturnType<typeof serveEngine> | null = null;

port.onmessage = (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.type === 'start') serve = serveEngine(message.compiled, (answer) => port.postMessage(answer));
  else serve?.(message);
};
