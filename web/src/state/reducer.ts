/** The only place where the state changes. Pure: no DOM, no clock, no storage. */
import type { AnalyseReply, LessonReply, PlayReply, Range } from '../core/protocol.ts';
import type { Course } from '../lessons/types.ts';
import { beforehand } from '../trace/phases.ts';
import type { Choice, Notice, Origin, State, Tab, Theme, Trouble } from './model.ts';
import { findCell, shownEvents, tellingCell } from './select.ts';

export type Action =
  | { type: 'core-ready'; version: string; where: 'worker' | 'page' }
  | { type: 'core-gone'; trouble: Trouble }
  /** `byPage`: not typed by the learner, so the editor has to take it over (a fix, a reset). */
  | { type: 'typed'; code: string; byPage?: boolean }
  | { type: 'replace'; code: string; origin: Origin; choice?: Choice | null; keepPrevious?: boolean }
  | { type: 'analysed'; revision: number; analysis: AnalyseReply; lesson?: LessonReply }
  | { type: 'analysis-failed'; revision: number; trouble: Trouble }
  | { type: 'slow'; slow: boolean }
  | { type: 'choose'; choice: Choice }
  | { type: 'play-asked' }
  | { type: 'played'; revision: number; play: PlayReply }
  | { type: 'play-failed'; trouble: Trouble }
  | { type: 'step'; to: number }
  | { type: 'playing'; on: boolean }
  | { type: 'beforehand'; shown: boolean }
  | { type: 'mark'; range: Range | null }
  | { type: 'cursor'; line: number; at: number }
  | { type: 'course'; course: Course }
  | { type: 'open-lesson'; id: string }
  | { type: 'close-lesson' }
  | { type: 'hint'; goal: string; steps: number }
  | { type: 'solution'; shown: boolean }
  | { type: 'progress'; progress: Record<string, 'passed' | 'viewed'> }
  | { type: 'reading'; on: boolean }
  | { type: 'tab'; tab: Tab }
  | { type: 'theme'; theme: Theme }
  | { type: 'notice'; notice: Notice | null }
  | { type: 'storage-denied' }
  | { type: 'sharing'; sharing: State['sharing'] };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'core-ready':
      return { ...state, core: { status: 'ready', version: action.version, where: action.where } };
    case 'core-gone':
      return { ...state, core: { ...state.core, status: 'gone' }, trouble: action.trouble, playing: false };
    case 'typed':
      if (action.code === state.code) return state;
      return {
        ...state, code: action.code, revision: state.revision + 1, replaced: state.replaced + (action.byPage ? 1 : 0),
        marked: null, playing: false,
      };
    case 'replace':
      return {
        ...state,
        code: action.code,
        origin: action.origin,
        revision: state.revision + 1,
        replaced: state.replaced + 1,
        previous: action.keepPrevious ? state.code : state.previous,
        choice: action.choice ?? null,
        pinned: Boolean(action.choice),
        lesson: action.origin.kind === 'lesson' ? state.lesson : null,
        reading: state.lesson && action.origin.kind !== 'lesson' ? false : state.reading,
        tab: state.tab === 'read' && action.origin.kind !== 'lesson' ? 'attack' : state.tab,
        marked: null,
        playing: false,
        sharing: null,
      };
    case 'analysed': {
      if (action.revision !== state.revision) return state;
      const { analysis } = action;
      const keep = state.pinned && findCell(analysis, state.choice) ? state.choice : null;
      const choice = keep ?? tellingCell(analysis);
      const lesson = state.lesson && action.lesson ? withReply(state.lesson, action.lesson) : state.lesson;
      const passed = lesson?.reply?.passed === true && !(lesson.id in state.progress);
      return {
        ...state,
        analysis,
        analysedRevision: action.revision,
        trouble: null,
        choice,
        pinned: keep !== null,
        lesson,
        progress: passed ? { ...state.progress, [lesson.id]: 'passed' } : state.progress,
      };
    }
    case 'analysis-failed':
      return action.revision === state.revision ? { ...state, trouble: action.trouble, playPending: false } : state;
    case 'slow':
      return { ...state, slow: action.slow };
    case 'choose':
      return { ...state, choice: action.choice, pinned: true, playing: false };
    case 'play-asked':
      return { ...state, playPending: true, playTrouble: null };
    case 'played': {
      const same = state.play?.sha256 === action.play.sha256 && state.play.world.name === action.play.world.name;
      const next: State = {
        ...state, play: action.play, playedRevision: action.revision, playPending: false, playTrouble: null,
      };
      const steps = shownEvents(next.play, next.choice).events.length;
      const untouched = same && state.step < steps && state.step >= 0;
      return { ...next, step: untouched ? state.step : steps - 1, playing: untouched && state.playing };
    }
    case 'play-failed':
      return { ...state, playPending: false, playTrouble: action.trouble, playing: false };
    case 'step': {
      const events = shownEvents(state.play, state.choice).events;
      const step = Math.max(-1, Math.min(action.to, events.length - 1));
      return {
        ...state, step,
        beforehand: state.beforehand || (step >= 0 && step < beforehand(events)),
        marked: events[step]?.range ?? null,
        playing: state.playing && step < events.length - 1,
      };
    }
    case 'playing': {
      if (!action.on) return { ...state, playing: false };
      const { events } = shownEvents(state.play, state.choice);
      if (events.length === 0) return state;
      const start = state.beforehand ? 0 : beforehand(events);
      return { ...state, playing: true, step: state.step >= events.length - 1 ? start : state.step };
    }
    case 'beforehand': {
      const first = beforehand(shownEvents(state.play, state.choice).events);
      const hidden = !action.shown && state.step >= 0 && state.step < first;
      return { ...state, beforehand: action.shown, step: hidden ? first : state.step, playing: hidden ? false : state.playing };
    }
    case 'mark':
      return { ...state, marked: action.range };
    case 'cursor':
      return action.at === state.cursor.at ? state : { ...state, cursor: { line: action.line, at: action.at } };
    case 'course':
      return { ...state, course: action.course };
    case 'open-lesson':
      return {
        ...state, lesson: { id: action.id, reply: null, hint: null, solutionShown: false }, reading: true,
      };
    case 'close-lesson':
      return { ...state, lesson: null, reading: false, tab: state.tab === 'read' ? 'attack' : state.tab };
    case 'hint':
      return state.lesson ? { ...state, lesson: { ...state.lesson, hint: { goal: action.goal, steps: action.steps } } } : state;
    case 'solution': {
      if (!state.lesson) return state;
      const { id } = state.lesson;
      const progress = action.shown && !(id in state.progress) ? { ...state.progress, [id]: 'viewed' as const } : state.progress;
      return { ...state, lesson: { ...state.lesson, solutionShown: action.shown }, progress };
    }
    case 'progress':
      return { ...state, progress: action.progress };
    case 'reading':
      return { ...state, reading: action.on };
    case 'tab':
      return { ...state, tab: action.tab };
    case 'theme':
      return { ...state, theme: action.theme };
    case 'notice':
      return { ...state, notice: action.notice };
    case 'storage-denied':
      return { ...state, storageDenied: true };
    case 'sharing':
      return { ...state, sharing: action.sharing };
  }
}

/** An open hint stays only while its goal is still the one to reach. */
function withReply(lesson: NonNullable<State['lesson']>, reply: LessonReply): NonNullable<State['lesson']> {
  const reached = lesson.hint && reply.atoms.some((a) => a.id === lesson.hint!.goal && a.passed);
  return { ...lesson, reply, hint: reached ? null : lesson.hint };
}
