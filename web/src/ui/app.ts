/** The page: header, three panes, tabs on narrow screens. Renders the state, passes wishes on. */
import { html, render, type TemplateResult } from 'lit';
import type { Fix, Range } from '../core/protocol.ts';
import { examples } from '../examples/index.ts';
import { makeHash } from '../share/link.ts';
import type { Controller } from '../state/controller.ts';
import { applyEdits } from '../state/edits.ts';
import type { State, Tab, Theme } from '../state/model.ts';
import { announce } from '../state/select.ts';
import type { Store } from '../state/store.ts';
import { attackPane } from './attack.ts';
import type { CodeElement } from './code.ts';
import './code.ts';
import type { Services } from './element.ts';
import { findingsPanel } from './findings.ts';
import { icon } from './icons.ts';
import { readingPane } from './lesson.ts';
import './menu.ts';
import type { MenuItem } from './menu.ts';
import './share.ts';

const THEMES: Theme[] = ['system', 'light', 'dark'];
const TABS: { id: Tab; label: string; glyph: string }[] = [
  { id: 'code', label: 'Code', glyph: 'code' },
  { id: 'attack', label: 'Attack', glyph: 'mask' },
  { id: 'read', label: 'Read', glyph: 'read' },
];
const LEVELS: Record<string, string> = { intro: 'Introduction', practitioner: 'Practice', expert: 'Expert' };

export function mount(store: Store, controller: Controller): void {
  const root = document.querySelector<HTMLElement>('#app')!;
  const live = document.querySelector<HTMLElement>('#live')!;
  const { dispatch } = store;

  const code = () => document.querySelector<CodeElement>('wh-code')!;
  const services: Services = {
    act: dispatch,
    again: () => controller.again(),
    stop: () => controller.stop(),
    reset: null,
    goTo(range: Range) {
      dispatch({ type: 'tab', tab: 'code' });
      requestAnimationFrame(() => code().goTo(range));
    },
    applyFix(fix: Fix) {
      const { state } = store;
      if (state.analysedRevision !== state.revision) return;
      dispatch({ type: 'typed', code: applyEdits(state.code, fix.edits), byPage: true });
    },
    loadExample(id) {
      if (id === 'previous') return restore();
      const example = examples.find((e) => e.id === id);
      if (!example) return;
      dispatch({ type: 'replace', code: example.code, origin: { kind: 'example', id }, keepPrevious: isOwn(store.state) });
      keptNotice(store.state);
    },
    openLesson(id) {
      const lesson = store.state.course?.lessons.find((l) => l.id === id);
      if (!lesson) return;
      const keepPrevious = isOwn(store.state);
      dispatch({ type: 'open-lesson', id });
      dispatch({ type: 'replace', code: lesson.starter, origin: { kind: 'lesson', id }, keepPrevious });
      dispatch({ type: 'tab', tab: 'read' });
      document.querySelector('#read')?.scrollTo({ top: 0 });
      if (keepPrevious) keptNotice(store.state);
      else dispatch({ type: 'notice', notice: null });
    },
    noticeAction() {
      const { notice } = store.state;
      if (notice?.action?.do === 'first-example') {
        dispatch({ type: 'replace', code: examples[0]!.code, origin: { kind: 'example', id: examples[0]!.id }, keepPrevious: true });
        return keptNotice(store.state);
      }
      restore();
    },
    async share() {
      const { code: text, choice, lesson } = store.state;
      const hash = await makeHash({
        code: text, ...(choice ?? {}), ...(lesson ? { lesson: lesson.id } : {}),
      });
      history.replaceState(null, '', hash);
      dispatch({ type: 'sharing', sharing: { link: location.href, tooLong: location.href.length > 8000 } });
    },
  };

  function restore(): void {
    const { previous } = store.state;
    if (previous === null) return;
    dispatch({ type: 'replace', code: previous, origin: { kind: 'draft' }, keepPrevious: isOwn(store.state) });
    dispatch({ type: 'notice', notice: null });
  }

  /** Somebody wrote this: it can not be had again from a menu. */
  function isOwn(state: State): boolean {
    const lesson = state.course?.lessons.some((l) => l.starter === state.code || l.solution === state.code);
    return state.code.trim() !== '' && !lesson && !examples.some((e) => e.code === state.code);
  }

  function keptNotice(state: State): void {
    const notice = state.previous === null ? null : { tone: 'info' as const, text: 'Your own text is kept.', action: { label: 'Back to my text', do: 'restore-previous' as const } };
    dispatch({ type: 'notice', notice });
  }

  function resetOf(state: State): (() => void) | null {
    const { origin, lesson } = state;
    const text = lesson ? state.course?.lessons.find((l) => l.id === lesson.id)?.starter
      : origin.kind === 'example' ? examples.find((e) => e.id === origin.id)?.code : undefined;
    if (text === undefined || text === state.code) return null;
    return () => dispatch({ type: 'typed', code: text, byPage: true });
  }

  function header(state: State): TemplateResult {
    const theme = THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length]!;
    const exampleItems: MenuItem[] = examples.map((e) => ({ id: e.id, title: e.title, about: e.about, current: e.code === state.code, mark: e.code === state.code ? icon('check', 13) : '' }));
    if (state.previous !== null) exampleItems.push({ id: 'previous', title: 'Your own text', about: 'As it was before it was replaced', group: 'Kept' });
    const lessons = state.course?.lessons ?? [];
    const lessonItems: MenuItem[] = [
      { id: '', title: 'How to read this page', current: state.reading && !state.lesson },
      ...lessons.map((l) => ({
        id: l.id, title: l.title, about: `${l.minutes} min${state.progress[l.id] === 'passed' ? ', passed' : state.progress[l.id] === 'viewed' ? ', solution seen' : ''}`,
        group: LEVELS[l.level] ?? l.level, current: state.lesson?.id === l.id, mark: state.progress[l.id] === 'passed' ? icon('check', 13) : '',
      })),
    ];
    return html`
      <h1 class="brand"><svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><path class="logo-back" d="M4 5h17a3 3 0 0 1 3 3v5H7a3 3 0 0 1-3-3z"/><path class="logo-front" d="M8 16h17a3 3 0 0 1 3 3v8H11a3 3 0 0 1-3-3z"/><path class="logo-eye" d="M13 20.500c2.500-.9 7.500-.9 10 0 .2 2.200-.9 3.700-2.400 3.700-1.200 0-1.700-1-2.600-1s-1.400 1-2.600 1c-1.500 0-2.600-1.500-2.400-3.700z"/></svg>
        WrongHost</h1>
      <p class="tagline">Paste FastAPI code. It is played against a poisoned DNS, here in this page: would it notice the wrong host?</p>
      <div class="bar" role="group" aria-label="Page">
        <wh-menu .label=${'Examples'} .glyph=${'code'} .items=${exampleItems} .onpick=${(id: string) => services.loadExample(id)}></wh-menu>
        <wh-menu .label=${'Lessons'} .glyph=${'read'} .items=${lessonItems} .onpick=${(id: string) => {
          if (id) return services.openLesson(id);
          read();
        }}></wh-menu>
        <button class="bar-button help" @click=${() => read()}>${icon('help')}<span class="wide">How to read this</span></button>
        <button class="bar-button" aria-label="Share" @click=${() => services.share()}>${icon('share')}<span class="wide">Share</span></button>
        <button class="bar-button" aria-label="Theme: ${state.theme}" title="Theme: ${state.theme}" @click=${() => dispatch({ type: 'theme', theme })}>${icon(state.theme)}</button>
      </div>`;
  }

  function read(): void {
    if (store.state.lesson) dispatch({ type: 'close-lesson' });
    dispatch({ type: 'reading', on: true });
    dispatch({ type: 'tab', tab: 'read' });
  }

  function noticeBar(state: State): TemplateResult | string {
    const { notice } = state;
    if (!notice) return '';
    return html`<div class="notice n-${notice.tone}" role=${notice.tone === 'problem' ? 'alert' : 'status'}>
      <span>${notice.text}</span>
      ${notice.action ? html`<button class="button" @click=${() => services.noticeAction()}>${notice.action.label}</button>` : ''}
      <button class="round small" aria-label="Dismiss" @click=${() => dispatch({ type: 'notice', notice: null })}>${icon('close', 12)}</button>
    </div>`;
  }

  function page(state: State): TemplateResult {
    services.reset = resetOf(state);
    const reading = state.reading || state.lesson !== null;
    const count = state.analysis?.findings.length ?? 0;
    return html`
      <header class="top">${header(state)}</header>
      ${noticeBar(state)}
      <main class="panes ${reading ? 'is-reading' : ''}" data-tab=${state.tab}>
        <section class="pane read" id="read" aria-label=${state.lesson ? 'Lesson' : 'Introduction'} tabindex="-1">${readingPane(state, services)}</section>
        <section class="pane code" id="code" aria-label="Code" tabindex="-1">
          <div class="card editor-card">
            <div class="editor-bar"><span class="file">main.py</span>
              ${state.storageDenied ? html`<span class="quiet">not kept: this browser denies storage</span>` : ''}
              <button class="link" ?hidden=${services.reset === null || state.lesson !== null} @click=${() => services.reset?.()}>Reset</button></div>
            <wh-code .state=${state} .act=${dispatch} .onfix=${(fix: Fix) => services.applyFix(fix)}></wh-code>
          </div>
          ${findingsPanel(state, services)}
        </section>
        <section class="pane attack" id="attack" aria-label="Attack" tabindex="-1">${attackPane(state, services)}
          <footer class="foot">Nothing you paste leaves this page. ${state.core.version ? html`Core ${state.core.version}` : ''}${state.core.where === 'page' ? ', without a worker' : ''}</footer></section>
      </main>
      <nav class="tabs" aria-label="Panes">${TABS.map((tab) => html`
        <button aria-current=${state.tab === tab.id ? 'true' : 'false'} @click=${() => dispatch({ type: 'tab', tab: tab.id })}>${icon(tab.glyph, 19)}<span>${tab.label}</span>
          ${tab.id === 'code' && count ? html`<span class="badge hot" aria-label="${count} findings">${count}</span>` : ''}</button>`)}</nav>
      <wh-share .state=${state} .onclosed=${() => store.state.sharing && dispatch({ type: 'sharing', sharing: null })}></wh-share>`;
  }

  let asked = false;
  const draw = () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      const { state } = store;
      if (state.theme === 'system') delete document.documentElement.dataset['theme'];
      else document.documentElement.dataset['theme'] = state.theme;
      render(page(state), root);
    });
  };

  // One polite voice: what changed, after a pause, and nothing while the learner still types.
  let said = store.state;
  let speak: ReturnType<typeof setTimeout> | undefined;
  store.listen((state, before) => {
    draw();
    if (state.analysis !== before.analysis) {
      clearTimeout(speak);
      speak = setTimeout(() => {
        const words = announce(said.analysis ? said : null, store.state);
        said = store.state;
        if (words) live.textContent = words;
      }, 700);
    }
  });
  root.replaceChildren();
  render(page(store.state), root);
}
