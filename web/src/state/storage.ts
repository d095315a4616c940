/** What is kept in this browser. Storage may be denied or full: then nothing is kept, and nothing breaks. */
import type { Theme } from './model.ts';

const PREFIX = 'wronghost.';
const LONGEST_DRAFT = 2_000_000;

export interface Draft { code: string; lesson?: string }
export interface Kept { draft: Draft | null; previous: string | null; theme: Theme; progress: Record<string, 'passed' | 'viewed'> }

export class Keeper {
  private readonly storage: () => Storage;
  private readonly ondenied: () => void;

  constructor(storage: () => Storage, ondenied: () => void = () => {}) {
    this.storage = storage;
    this.ondenied = ondenied;
  }

  private read(key: string): unknown {
    try {
      const text = this.storage().getItem(PREFIX + key);
      return text === null ? null : (JSON.parse(text) as unknown);
    } catch {
      return null;
    }
  }

  private write(key: string, value: unknown): void {
    try {
      if (value === null) this.storage().removeItem(PREFIX + key);
      else this.storage().setItem(PREFIX + key, JSON.stringify(value));
    } catch {
      this.ondenied();
    }
  }

  load(): Kept {
    const draft = this.read('draft') as Partial<Draft> | null;
    const previous = this.read('previous');
    const theme = this.read('theme');
    const progress: Kept['progress'] = {};
    for (const [id, value] of Object.entries((this.read('progress') as object | null) ?? {})) {
      if (value === 'passed' || value === 'viewed') progress[id] = value;
    }
    return {
      draft: draft && typeof draft.code === 'string'
        ? { code: draft.code, ...(typeof draft.lesson === 'string' ? { lesson: draft.lesson } : {}) }
        : null,
      previous: typeof previous === 'string' ? previous : null,
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      progress,
    };
  }

  saveDraft(draft: Draft | null): void {
    if (draft && draft.code.length > LONGEST_DRAFT) return this.ondenied();
    this.write('draft', draft);
  }
  /** Text of the learner's own that something else took the place of. */
  savePrevious(code: string | null): void {
    if (code === null || code.length <= LONGEST_DRAFT) this.write('previous', code);
  }
  saveTheme(theme: Theme): void {
    this.write('theme', theme === 'system' ? null : theme);
  }
  saveProgress(progress: Kept['progress']): void {
    this.write('progress', progress);
  }
}
