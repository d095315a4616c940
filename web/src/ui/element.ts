/** Elements render into the page itself, so one style sheet and one tree of ids serve them all. */
import { LitElement } from 'lit';
import type { Action } from '../state/reducer.ts';

export type Act = (action: Action) => void;

/** What the elements may ask for beyond changing the state. */
export interface Services {
  act: Act;
  again(): void;
  stop(): void;
  share(): void;
  loadExample(id: string): void;
  openLesson(id: string): void;
  /** The text that this one began as; null if it began as nothing of ours. */
  reset: (() => void) | null;
  goTo(range: import('../core/protocol.ts').Range): void;
  applyFix(fix: import('../core/protocol.ts').Fix): void;
  noticeAction(): void;
}

export abstract class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
