/**
 * What happens around the state: asks the core when the text or the choice changes, keeps the draft,
 * moves the player on. Reads the state and dispatches actions; never touches the page.
 */
import type { AnalyseReply, Failure, LessonReply, PlayReply, Request, Scenario } from '../core/protocol.ts';
import type { Answer, CoreClient } from '../core/client.ts';
import type { Lesson } from '../lessons/types.ts';
import type { State, Trouble } from './model.ts';
import type { Store } from './store.ts';
import type { Keeper } from './storage.ts';

export const FILE = 'main.py';
/** Longer texts are no snippets; the core would take seconds for them. */
export const LONGEST = 200_000;
const TYPING_PAUSE = 90;
const DRAFT_PAUSE = 400;
const STEP_PAUSE = 1300;

type Timer = ReturnType<typeof setTimeout> | undefined;

export class Controller {
  private readonly store: Store;
  private readonly core: CoreClient;
  private readonly keeper: Keeper;
  private readonly original: (state: State) => string | null;
  private analyseTimer: Timer;
  private draftTimer: Timer;
  private playTimer: Timer;
  private asked = '';

  /** `original`: the text that stands for no draft at all, because it can be had again. */
  constructor(store: Store, core: CoreClient, keeper: Keeper, original: (state: State) => string | null) {
    this.store = store;
    this.core = core;
    this.keeper = keeper;
    this.original = original;
    core.onready = (version, where) => store.dispatch({ type: 'core-ready', version, where });
    core.onunavailable = (problem, message) =>
      store.dispatch({ type: 'core-gone', trouble: { kind: 'unavailable', problem, message } });
    core.onslow = (slow) => store.dispatch({ type: 'slow', slow });
    store.listen((state, before) => this.follow(state, before));
  }

  start(): void {
    void this.analyse();
  }

  /** Asks once more, after a failure. */
  again(): void {
    this.asked = '';
    this.core.revive();
    void this.analyse();
  }

  stop(): void {
    this.core.stop();
  }

  private follow(state: State, before: State): void {
    if (state.revision !== before.revision) {
      clearTimeout(this.analyseTimer);
      this.core.drop('play');
      const replaced = state.replaced !== before.replaced;
      this.analyseTimer = setTimeout(() => void this.analyse(), replaced ? 0 : TYPING_PAUSE);
      clearTimeout(this.draftTimer);
      this.draftTimer = setTimeout(() => this.keepDraft(), DRAFT_PAUSE);
    } else if ((state.course !== before.course && state.lesson) || state.lesson?.id !== before.lesson?.id) {
      void this.analyse();
    }
    const moved = state.choice !== before.choice || state.analysis !== before.analysis;
    if (moved && state.choice && state.analysedRevision === state.revision) void this.play();
    if (state.playing && (!before.playing || state.step !== before.step)) this.schedule();
    if (!state.playing) clearTimeout(this.playTimer);
    if (state.previous !== before.previous) this.keeper.savePrevious(state.previous);
    if (state.theme !== before.theme) this.keeper.saveTheme(state.theme);
    if (state.progress !== before.progress) this.keeper.saveProgress(state.progress);
  }

  private schedule(): void {
    clearTimeout(this.playTimer);
    this.playTimer = setTimeout(() => {
      const { playing, step } = this.store.state;
      if (playing) this.store.dispatch({ type: 'step', to: step + 1 });
    }, STEP_PAUSE);
  }

  keepDraft(): void {
    const { state } = this.store;
    const untouched = this.original(state) === state.code;
    this.keeper.saveDraft(untouched ? null : { code: state.code, ...(state.lesson ? { lesson: state.lesson.id } : {}) });
  }

  private lesson(): Lesson | null {
    const { lesson, course } = this.store.state;
    return course?.lessons.find((l) => l.id === lesson?.id) ?? null;
  }

  private async analyse(): Promise<void> {
    const { revision, code } = this.store.state;
    if (code.length > LONGEST) {
      this.core.drop('analyse');
      return this.store.dispatch({ type: 'analysis-failed', revision, trouble: { kind: 'too-long', length: code.length } });
    }
    const files = [{ name: FILE, text: code }];
    const lesson = this.lesson();
    const request: Request = lesson
      ? { api: 1, do: 'lesson', lesson: lesson.definition, files }
      : { api: 1, do: 'analyse', files };
    const answer = await this.core.ask('analyse', request);
    const reply = this.accepted<AnalyseReply | LessonReply>(answer, (trouble) =>
      this.store.dispatch({ type: 'analysis-failed', revision, trouble }));
    if (!reply) return;
    if ('analysis' in reply) {
      this.store.dispatch({ type: 'analysed', revision, analysis: reply.analysis, lesson: reply });
    } else {
      this.store.dispatch({ type: 'analysed', revision, analysis: reply });
    }
  }

  private async play(): Promise<void> {
    const { revision, code, choice } = this.store.state;
    if (!choice) return;
    const key = `${revision} ${choice.world} ${this.lesson()?.id ?? ''}`;
    // Another request of the same world: its trace is here already.
    if (this.asked === key && this.store.state.play?.world.name === choice.world) {
      const { play } = this.store.state;
      return this.store.dispatch({ type: 'played', revision, play });
    }
    this.asked = key;
    this.store.dispatch({ type: 'play-asked' });
    const scenario = this.lesson()?.definition.scenario as Scenario | undefined;
    const answer = await this.core.ask('play', {
      api: 1, do: 'play', files: [{ name: FILE, text: code }], world: choice.world, ...(scenario ? { scenario } : {}),
    });
    const reply = this.accepted<PlayReply>(answer, (trouble) => this.store.dispatch({ type: 'play-failed', trouble }));
    if (reply) this.store.dispatch({ type: 'played', revision, play: reply });
  }

  /** The reply, or null after the trouble has been told. */
  private accepted<T>(answer: Answer, tell: (trouble: Trouble) => void): T | null {
    switch (answer.kind) {
      case 'stale':
        return null;
      case 'reply': {
        const { reply } = answer;
        if (reply.ok) return reply as T;
        const { code, message } = (reply as Failure).error;
        tell({ kind: 'refused', code, message });
        return null;
      }
      case 'unavailable':
      case 'crashed':
      case 'timed-out':
      case 'stopped':
        this.asked = '';
        tell(answer);
        return null;
    }
  }
}
