import type { LessonReply } from '../core/protocol.ts';
import type { LessonState } from '../state/model.ts';
import type { Lesson } from './types.ts';

export interface HintView { goal: string; goalText: string; open: string[]; left: number }

/** The hint for the first goal that is not reached and has one. Null: nothing to hint at. */
export function hintFor(lesson: Lesson, state: LessonState): HintView | null {
  const reply: LessonReply | null = state.reply;
  if (!reply || reply.passed) return null;
  for (const atom of reply.atoms) {
    if (atom.passed) continue;
    const hint = lesson.hints.find((h) => h.goal === atom.id);
    if (!hint || hint.steps.length === 0) continue;
    const open = state.hint?.goal === atom.id ? Math.min(state.hint.steps, hint.steps.length) : 0;
    return { goal: atom.id, goalText: atom.text, open: hint.steps.slice(0, open), left: hint.steps.length - open };
  }
  return null;
}

/** Ids of the lessons before and after this one. */
export function neighbours(ids: readonly string[], id: string): { before: string | null; after: string | null } {
  const at = ids.indexOf(id);
  return { before: at > 0 ? ids[at - 1]! : null, after: at >= 0 && at + 1 < ids.length ? ids[at + 1]! : null };
}
