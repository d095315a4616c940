/**
 * Asks the core. The latest request of a lane wins: while one is under way, only the newest of those
 * that follow is kept, and the answer to an older one is dropped. A request that takes too long costs a
 * restart of the core; one that breaks it costs its answer. The page and its text are not touched.
 */
import type { FromWorker } from './messages.ts';
import type { CoreHost } from './host.ts';
import type { LoadProblem } from './engine.ts';
import type { Reply, Request } from './protocol.ts';

export type Lane = 'analyse' | 'play';
export type Answer =
  | { kind: 'reply'; reply: Reply; milliseconds: number }
  /** Overtaken by a newer request of its lane. */
  | { kind: 'stale' }
  | { kind: 'timed-out' }
  /** The learner did not want to wait. */
  | { kind: 'stopped' }
  | { kind: 'crashed'; message: string }
  | { kind: 'unavailable'; problem: LoadProblem; message: string };

interface Waiting { lane: Lane; request: Request; settle: (answer: Answer) => void; overtaken: boolean; since: number }

export interface ClientOptions {
  /** Hosts in order of preference; each call starts a new one. */
  hosts: (() => CoreHost)[];
  /** Milliseconds that one request may take once the core is loaded. */
  limit: number;
  /** Milliseconds after which it is told that the core is still at it. */
  slowAfter?: number;
  /** Milliseconds that loading may take before the next kind of host is tried. */
  loadLimit?: number;
  now?: () => number;
}

export class CoreClient {
  onready: (version: string, kind: CoreHost['kind']) => void = () => {};
  onunavailable: (problem: LoadProblem, message: string) => void = () => {};
  /** True when a request takes long; false when it is over. */
  onslow: (slow: boolean) => void = () => {};

  private readonly options: ClientOptions;
  private host: CoreHost | null = null;
  private hostIndex = 0;
  private ready = false;
  private broken: { problem: LoadProblem; message: string } | null = null;
  private nextId = 1;
  private running: { id: number; waiting: Waiting } | null = null;
  private readonly queue = new Map<Lane, Waiting>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private slowTimer: ReturnType<typeof setTimeout> | undefined;
  private slow = false;

  constructor(options: ClientOptions) {
    this.options = options;
    this.start();
  }

  ask(lane: Lane, request: Request): Promise<Answer> {
    return new Promise((settle) => {
      if (this.broken) return settle({ kind: 'unavailable', ...this.broken });
      this.queue.get(lane)?.settle({ kind: 'stale' });
      if (this.running?.waiting.lane === lane) this.running.waiting.overtaken = true;
      this.queue.set(lane, { lane, request, settle, overtaken: false, since: 0 });
      this.pump();
    });
  }

  /** After it was said that there is no core: tries once more from the beginning. */
  revive(): void {
    if (!this.broken) return;
    this.broken = null;
    this.hostIndex = 0;
    this.start();
  }

  /** Gives up what the core is at. */
  stop(): void {
    if (this.running) this.restart({ kind: 'stopped' });
  }

  /** Nobody waits for this lane any more. */
  drop(lane: Lane): void {
    this.queue.get(lane)?.settle({ kind: 'stale' });
    this.queue.delete(lane);
    if (this.running?.waiting.lane === lane) this.running.waiting.overtaken = true;
  }

  private now(): number {
    return (this.options.now ?? (() => performance.now()))();
  }

  private start(): void {
    this.ready = false;
    let host: CoreHost;
    try {
      host = this.options.hosts[this.hostIndex]!();
    } catch (error) {
      return this.nextHost(error instanceof Error ? error.message : String(error));
    }
    this.host = host;
    host.onmessage = (message) => this.host === host && this.receive(message);
    host.onerror = (message) => this.host === host && this.hostFailed(message);
    this.arm(this.options.loadLimit ?? 20_000, () => this.hostFailed('The core did not start in time.'));
  }

  private hostFailed(message: string): void {
    if (this.ready) return this.restart({ kind: 'crashed', message });
    this.nextHost(message);
  }

  private nextHost(message: string): void {
    this.stopHost();
    if (this.hostIndex + 1 < this.options.hosts.length) {
      this.hostIndex += 1;
      this.start();
    } else {
      this.unavailable('not-loaded', message);
    }
  }

  private watch(on: boolean): void {
    clearTimeout(this.slowTimer);
    if (on) this.slowTimer = setTimeout(() => this.onslow((this.slow = true)), this.options.slowAfter ?? 600);
    else if (this.slow) this.onslow((this.slow = false));
  }

  private stopHost(): void {
    this.watch(false);
    clearTimeout(this.timer);
    this.host?.stop();
    this.host = null;
    this.ready = false;
  }

  private unavailable(problem: LoadProblem, message: string): void {
    this.stopHost();
    this.broken = { problem, message };
    for (const waiting of [...this.queue.values()]) waiting.settle({ kind: 'unavailable', problem, message });
    this.queue.clear();
    this.running?.waiting.settle({ kind: 'unavailable', problem, message });
    this.running = null;
    this.onunavailable(problem, message);
  }

  private restart(answer: Answer): void {
    const running = this.running;
    this.running = null;
    this.stopHost();
    this.start();
    running?.waiting.settle(running.waiting.overtaken ? { kind: 'stale' } : answer);
  }

  private arm(milliseconds: number, late: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(late, milliseconds);
  }

  private pump(): void {
    if (!this.ready || this.running || !this.host) return;
    const waiting = this.queue.get('analyse') ?? this.queue.get('play');
    if (!waiting) return;
    this.queue.delete(waiting.lane);
    waiting.since = this.now();
    const id = this.nextId++;
    this.running = { id, waiting };
    this.arm(this.options.limit, () => this.restart({ kind: 'timed-out' }));
    this.watch(true);
    this.host.post({ type: 'ask', id, request: waiting.request });
  }

  private receive(message: FromWorker): void {
    if (message.type === 'ready') {
      clearTimeout(this.timer);
      this.ready = true;
      this.onready(message.version, this.host!.kind);
      return this.pump();
    }
    if (message.type === 'load-failed') {
      // Another kind of host would fail in the same way, unless the policy of a worker differs.
      if (message.problem === 'no-webassembly' || this.hostIndex + 1 >= this.options.hosts.length) {
        return this.unavailable(message.problem, message.message);
      }
      return this.nextHost(message.message);
    }
    const running = this.running;
    if (!running || running.id !== message.id) return;
    clearTimeout(this.timer);
    this.watch(false);
    this.running = null;
    const milliseconds = this.now() - running.waiting.since;
    const answer: Answer = message.type === 'crashed'
      ? { kind: 'crashed', message: message.message }
      : { kind: 'reply', reply: message.reply, milliseconds };
    running.waiting.settle(running.waiting.overtaken ? { kind: 'stale' } : answer);
    this.pump();
  }
}
