import type { Reply, Request } from './protocol.ts';
import type { LoadProblem } from './engine.ts';

/** Between the page and the worker. */
export type ToWorker = { id: number; request: Request };
export type FromWorker =
  | { type: 'ready'; version: string }
  | { type: 'load-failed'; problem: LoadProblem; message: string }
  | { type: 'reply'; id: number; reply: Reply }
  | { type: 'crashed'; id: number; message: string };
