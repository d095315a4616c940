/** Puts the page together: what was kept, what the link says, the core, the elements. */
import './styles/index.css';
import loadCourse from 'virtual:lessons';
import { CoreClient } from './core/client.ts';
import { pageHost, workerHost } from './core/host.ts';
import { examples } from './examples/index.ts';
import { openHash, problemText } from './share/link.ts';
import { Controller } from './state/controller.ts';
import { initialState, type Origin, type State } from './state/model.ts';
import { Keeper } from './state/storage.ts';
import { Store } from './state/store.ts';
import { mount } from './ui/app.ts';

/** The text that the learner can have again at any time, from the menu. A lesson is kept, to come back to. */
const original = (state: State): string | null =>
  state.lesson ? null : (examples.find((e) => e.code === state.code)?.code ?? null);

async function start(): Promise<void> {
  const first = examples[0]!;
  let store: Store | null = null;
  const keeper = new Keeper(() => localStorage, () => store?.dispatch({ type: 'storage-denied' }));
  const kept = keeper.load();
  const opened = await openHash(location.hash);

  let code = first.code;
  let origin: Origin = { kind: 'example', id: first.id };
  if (opened.kind === 'shared') {
    ({ code } = opened.shared);
    origin = { kind: 'link' };
  } else if (kept.draft) {
    ({ code } = kept.draft);
    origin = { kind: 'draft' };
  }
  const state = initialState(code, origin);
  state.theme = kept.theme;
  state.progress = kept.progress;
  state.previous = kept.previous;
  if (opened.kind === 'shared') {
    const { world, request = 0 } = opened.shared;
    if (world !== undefined) {
      state.choice = { request, world };
      state.pinned = true;
    }
    if (kept.draft && kept.draft.code !== code) {
      state.previous = kept.draft.code;
      keeper.savePrevious(kept.draft.code);
      state.notice = { tone: 'info', text: 'Opened from a link. Your own text is kept.', action: { label: 'Back to my text', do: 'restore-previous' } };
    }
  } else if (opened.kind === 'problem') {
    const own = kept.draft ? ' Your own text is still here.' : '';
    state.notice = { tone: 'problem', text: problemText[opened.problem] + own };
  } else if (kept.draft) {
    state.notice = { tone: 'info', text: 'This is your text from last time.', action: { label: 'Start with the first example', do: 'first-example' } };
  }
  const lesson = opened.kind === 'shared' ? opened.shared.lesson : kept.draft?.lesson;

  store = new Store(state);
  const { dispatch } = store;
  const core = new CoreClient({ hosts: [workerHost, pageHost], limit: 8_000 });
  const controller = new Controller(store, core, keeper, original);
  mount(store, controller);

  window.addEventListener('pagehide', () => controller.keepDraft());
  window.addEventListener('hashchange', async () => {
    const next = await openHash(location.hash);
    if (next.kind === 'problem') return dispatch({ type: 'notice', notice: { tone: 'problem', text: `${problemText[next.problem]} Your text is still here.` } });
    if (next.kind !== 'shared' || next.shared.code === store.state.code) return;
    const { world, request = 0 } = next.shared;
    dispatch({
      type: 'replace', code: next.shared.code, origin: { kind: 'link' }, keepPrevious: true,
      choice: world === undefined ? null : { world, request },
    });
    dispatch({ type: 'notice', notice: { tone: 'info', text: 'Opened from a link. Your own text is kept.', action: { label: 'Back to my text', do: 'restore-previous' } } });
  });

  // A lesson changes what is asked of the core, so its text has to be here first.
  const course = loadCourse();
  const take = async () => {
    const loaded = await course;
    if (lesson !== undefined) {
      if (loaded.lessons.some((l) => l.id === lesson)) dispatch({ type: 'open-lesson', id: lesson });
      else dispatch({ type: 'notice', notice: { tone: 'problem', text: `There is no lesson “${lesson}” on this page any more. The code is here all the same.` } });
    }
    dispatch({ type: 'course', course: loaded });
  };
  if (lesson === undefined) {
    controller.start();
    await take();
  } else {
    await take();
    controller.start();
  }
}

void start();
