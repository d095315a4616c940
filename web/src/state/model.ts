/** What the page knows. Changed by the reducer only; everything on the screen is derived from it. */
import type { AnalyseReply, LessonReply, PlayReply, Range } from '../core/protocol.ts';
import type { LoadProblem } from '../core/engine.ts';
import type { Course } from '../lessons/types.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Tab = 'code' | 'attack' | 'read';
export type Origin =
  | { kind: 'example'; id: string }
  | { kind: 'lesson'; id: string }
  | { kind: 'link' }
  | { kind: 'draft' };

/** A cell of the matrix. */
export interface Choice { request: number; world: string }

export type Trouble =
  | { kind: 'unavailable'; problem: LoadProblem; message: string }
  | { kind: 'timed-out' }
  | { kind: 'stopped' }
  | { kind: 'too-long'; length: number }
  | { kind: 'crashed'; message: string }
  | { kind: 'refused'; code: string; message: string };

export interface Notice {
  tone: 'info' | 'problem';
  text: string;
  /** Offered beside it; what it does stands in the reducer or the controller. */
  action?: { label: string; do: 'restore-previous' | 'first-example' };
}

export interface LessonState {
  id: string;
  reply: LessonReply | null;
  /** How many steps of the hint are open, and for which goal. */
  hint: { goal: string; steps: number } | null;
  solutionShown: boolean;
}

export interface State {
  core: { status: 'loading' | 'ready' | 'gone'; version: string; where: 'worker' | 'page' | '' };
  code: string;
  /** Counts changes of the code; replies carry the number that they were made for. */
  revision: number;
  /** Counts replacements of the whole text, which the editor must take over. */
  replaced: number;
  origin: Origin;
  analysis: AnalyseReply | null;
  analysedRevision: number;
  trouble: Trouble | null;
  /** The core has been at it for a while. */
  slow: boolean;
  choice: Choice | null;
  /** The learner chose the cell himself: it stays chosen while he edits. */
  pinned: boolean;
  play: PlayReply | null;
  playedRevision: number;
  /** The world and revision of `play` are behind what is chosen. */
  playPending: boolean;
  playTrouble: Trouble | null;
  /** Position in the steps shown; -1 before the first. */
  step: number;
  playing: boolean;
  /** Whether the steps before the app does anything (the attack on the resolver) are shown. */
  beforehand: boolean;
  /** Code to mark, because the current step or a finding is about it. */
  marked: Range | null;
  cursor: { line: number; at: number };
  course: Course | null;
  lesson: LessonState | null;
  progress: Record<string, 'passed' | 'viewed'>;
  reading: boolean;
  tab: Tab;
  theme: Theme;
  notice: Notice | null;
  /** Text that was in the editor before it was replaced by something that the learner did not type. */
  previous: string | null;
  storageDenied: boolean;
  sharing: { link: string; tooLong: boolean } | null;
}

export function initialState(code: string, origin: Origin): State {
  return {
    core: { status: 'loading', version: '', where: '' },
    code, revision: 1, replaced: 1, origin,
    analysis: null, analysedRevision: 0, trouble: null, slow: false,
    choice: null, pinned: false,
    play: null, playedRevision: 0, playPending: false, playTrouble: null,
    step: -1, playing: false, beforehand: false, marked: null, cursor: { line: 0, at: -1 }, course: null,
    lesson: null, progress: {}, reading: false,
    tab: 'attack', theme: 'system', notice: null, previous: null, storageDenied: false, sharing: null,
  };
}
