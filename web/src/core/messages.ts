import type { Reply, Request } from './protocol.ts';
import type { LoadProblem } from './engine.ts';

/** Between the page and the worker. */
export type ToWorker =
  /** The first message; `compiled` spares the worker from fetching the core once more. */
  | { type: 'start'; compiled: WebAssembly.Module | null }
  | { type: 'ask'; id: number; request: Request };
export type Ask = Extract<ToWorker, { type: 'ask' }>;
export type FromWorker =
  | { type: 'ready'; version: string; compiled?: WebAssembly.Module | null }
  | { type: 'load-failed'; problem: LoadProblem; message: string }
  | { type: 'reply'; id: number; reply: Reply }
  /** The core broke on this request; it is being started afresh, and takes further ones. */
  | { type: 'crashed'; id: number; message: string };
