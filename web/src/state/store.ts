import type { State } from './model.ts';
import { reduce, type Action } from './reducer.ts';

export type Dispatch = (action: Action) => void;
type Listener = (state: State, before: State, action: Action) => void;

/** Holds the state; tells listeners about each change, in the order in which they came. */
export class Store {
  private current: State;
  private readonly listeners: Listener[] = [];
  private readonly waiting: Action[] = [];
  private busy = false;

  constructor(state: State) {
    this.current = state;
  }

  get state(): State {
    return this.current;
  }

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  readonly dispatch: Dispatch = (action) => {
    this.waiting.push(action);
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
        const before = this.current;
        this.current = reduce(before, next);
        if (this.current === before) continue;
        for (const listener of this.listeners) listener(this.current, before, next);
      }
    } finally {
      this.busy = false;
    }
  };
}
